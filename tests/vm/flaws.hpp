/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_FLAWS_HPP
#define PCIPEEK_TESTS_VM_FLAWS_HPP

#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "attachment.hpp"

namespace vm {

/* Flaws of functions without a driver, by pci_flaws of tests/vm/mover; for as long as this lives. */
class Flaws {
public:
	Flaws()
	{
		EXPECT_EQ(0, std::system("modprobe pci_flaws"));
	}
	~Flaws()
	{
		for (const auto &undo : undo_)
			undo();
		EXPECT_EQ(0, std::system("modprobe -r pci_flaws"));
	}
	Flaws(const Flaws &) = delete;
	Flaws &operator=(const Flaws &) = delete;

	/* The BAR has no address any more; its register keeps it. */
	void unassign(const std::string &address, unsigned bar)
	{
		add("unassign", address, bar, "assign", bar);
	}

	/* Its interrupt cannot be masked any more. */
	void make_unmaskable(const std::string &address)
	{
		add("unmaskable", address, 1, "unmaskable", 0);
	}

private:
	static int set(const std::string &name, const std::string &address, unsigned number)
	{
		return write_file("/sys/module/pci_flaws/parameters/" + name,
				  address + ' ' + std::to_string(number));
	}

	void add(const std::string &name, const std::string &address, unsigned number,
		 const std::string &opposite, unsigned back)
	{
		ASSERT_EQ(0, set(name, address, number)) << name << ' ' << address;
		undo_.emplace_back([=] { EXPECT_EQ(0, set(opposite, address, back)); });
	}

	std::vector<std::function<void()>> undo_;
};

} // namespace vm

#endif
