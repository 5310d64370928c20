/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_BAR_MOVER_HPP
#define PCIPEEK_TESTS_VM_BAR_MOVER_HPP

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "window.hpp"

namespace vm {

/* The module of tests/vm/mover, for as long as this lives. */
class BarMover {
public:
	BarMover()
	{
		EXPECT_EQ(0, std::system("modprobe bar_mover"));
	}
	~BarMover()
	{
		EXPECT_EQ(0, std::system("modprobe -r bar_mover"));
	}
	BarMover(const BarMover &) = delete;
	BarMover &operator=(const BarMover &) = delete;

	/* The BAR has another address then; returns the errno. */
	static int move(const std::string &address, unsigned bar)
	{
		return write_file("/sys/module/bar_mover/parameters/move",
				  address + ' ' + std::to_string(bar));
	}
};

} // namespace vm

#endif
