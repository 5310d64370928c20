/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_BAR_MOVER_HPP
#define PCIPEEK_TESTS_VM_BAR_MOVER_HPP

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <string>

#include "attachment.hpp"

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

	static std::string parameters()
	{
		return "/sys/module/bar_mover/parameters/";
	}
	/* The BAR has another address then; returns the errno. */
	static int move(const std::string &address, unsigned bar)
	{
		return write_file(parameters() + "move", address + ' ' + std::to_string(bar));
	}
	/* The BAR is nowhere for as long as pause() said, and then where it was. */
	static int hold(const std::string &address, unsigned bar)
	{
		return write_file(parameters() + "hold", address + ' ' + std::to_string(bar));
	}
	/* Of move() and hold(). */
	static void pause(std::chrono::milliseconds time)
	{
		EXPECT_EQ(0, write_file(parameters() + "pause_ms", std::to_string(time.count())));
	}
};

} // namespace vm

#endif
