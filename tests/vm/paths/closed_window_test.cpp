// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// A bridge above a board whose windows do not contain the board's BAR: no read succeeds,
// and the error names the bridge and a cure.

#include <gtest/gtest.h>

#include "boards.hpp"
#include "loss.hpp"

namespace {

using namespace paths;

std::vector<Loss> losses()
{
	std::vector<Loss> all;
	for (const std::string &bridge : chain) {
		all.push_back(closed("the_io_window", bridge, ports, close_io_window,
				     PCIPEEK_REACH_IO_WINDOW));
		all.push_back(closed("the_memory_window", bridge, memory, close_memory_window,
				     PCIPEEK_REACH_MEMORY_WINDOW));
		all.push_back(closed("the_prefetchable_window", bridge, prefetchable,
				     close_prefetchable_window, PCIPEEK_REACH_PREF_WINDOW));
	}
	for (const std::string &bridge : expanded)
		all.push_back(closed("a_narrow_window", bridge, expanded_memory,
				     narrow_memory_window, PCIPEEK_REACH_MEMORY_WINDOW));
	all.push_back(closed("a_narrow_window", port, nvme, narrow_memory_window,
			     PCIPEEK_REACH_MEMORY_WINDOW));
	return all;
}

class AClosedWindow : public testing::TestWithParam<Loss> {};

TEST_P(AClosedWindow, IsEIOForEveryReadAndTheCureThatTheErrorNamesHelps)
{
	expect_honesty(GetParam());
}

INSTANTIATE_TEST_SUITE_P(By, AClosedWindow, testing::ValuesIn(losses()), name_of);

} // namespace
