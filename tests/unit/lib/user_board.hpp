// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/pcipeek.hpp>
#include <pcipeek/testing.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pcipeek::test {

// A FakeBoard of <pcipeek/testing.hpp> and handles on it: what is tested is what a user
// can see of it.
class UserBoard : public ::testing::Test {
protected:
	static testing::FakeBoardOptions memory_board()
	{
		return {.vendor_id = 0x1147,
			.device_id = 0x0c8e,
			.subsystem_vendor_id = 0x1147,
			.subsystem_id = 0x2090,
			.revision_id = 1,
			.bars = {{0, {.size = 64}},
				 {1, {.type = BarType::io, .size = 16}},
				 {2,
				  {.size = std::uint64_t{1} << 34,
				   .prefetchable = true,
				   .bits = 64}}}};
	}

	std::vector<std::string> log() const
	{
		std::vector<std::string> list;
		for (const auto &access : board.accesses())
			list.push_back(to_string(access));
		return list;
	}

	testing::FakeBoard board{memory_board()};
	Device device = board.device();
	Bar bar0 = device.bar(0);
	Bar bar1 = device.bar(1);
};

} // namespace pcipeek::test
