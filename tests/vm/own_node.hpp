/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_OWN_NODE_HPP
#define PCIPEEK_TESTS_VM_OWN_NODE_HPP

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <string>

#include "eventually.hpp"

/* The node that a granted board has of its own. */
namespace vm {

inline std::string node_name(std::string address)
{
	std::replace(address.begin(), address.end(), ':', '-');
	return "pcipeek-" + address;
}

inline std::string node_of(const std::string &address)
{
	return "/dev/" + node_name(address);
}

/* After udev's rule, which would take it back. */
inline void open_to_everybody(const std::string &node)
{
	EXPECT_TRUE(eventually([&] {
		struct stat status {};
		return ::stat(node.c_str(), &status) == 0 && status.st_gid != 0;
	}));
	EXPECT_EQ(0, ::chmod(node.c_str(), 0666));
}

} // namespace vm

#endif
