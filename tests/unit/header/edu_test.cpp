// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/map_testing.hpp>

#include <gmock/gmock.h>

#include <array>

// lib/examples/edu.cpp, whose main() has this name here.
int edu_program(int argc, char **argv);

namespace pcipeek {
namespace {

using ::testing::ElementsAre;
using ::testing::IsSupersetOf;
using namespace std::chrono_literals;

constexpr std::uint64_t factorial = 0x08;
constexpr std::uint64_t status = 0x20;
constexpr std::uint64_t ctrl = 0x98;

// What no map says: edu computes for a while, and moves data.
class TheEduProgram : public ::testing::Test {
protected:
	TheEduProgram()
	{
		board->on_write(0, factorial, [this](const auto &access) {
			board->set<std::uint32_t>(0, status, 1);
			board->after(5ms, [this, number = access.value] { finish(number); });
		});
		board->on_write(0, ctrl, [this](const auto &) {
			board->after(100ms, [this] { board->set<std::uint64_t>(0, ctrl, 2); });
		});
	}

	void finish(std::uint64_t number)
	{
		std::uint32_t product = 1;
		for (std::uint32_t i = 2; i <= number; i++)
			product *= i;
		board->set<std::uint32_t>(0, factorial, product);
		board->set<std::uint32_t>(0, status, 0);
	}

	std::vector<std::string> writes() const
	{
		std::vector<std::string> lines;
		for (const auto &access : board->accesses())
			if (access.kind == testing::Access::Kind::write)
				lines.push_back(to_string(access));
		return lines;
	}

	std::unique_ptr<testing::FakeBoard> board = testing::board_from(Map::load(EDU_MAP));
	std::string name = "edu";
	std::string device = "1234:11e8";
	std::string address = "0x1000";
};

TEST_F(TheEduProgram, ComputesAFactorial)
{
	std::array<char *, 2> arguments{name.data(), device.data()};
	::testing::internal::CaptureStdout();

	EXPECT_EQ(edu_program(2, arguments.data()), 0);
	EXPECT_EQ(::testing::internal::GetCapturedStdout(), "10! is 3628800\n");
	EXPECT_THAT(writes(), ElementsAre("write bar0+0x8 32 = 0xa"));
}

TEST_F(TheEduProgram, CopiesToRam)
{
	std::array<char *, 3> arguments{name.data(), device.data(), address.data()};

	EXPECT_EQ(edu_program(3, arguments.data()), 0);
	EXPECT_THAT(writes(), ElementsAre("write bar0+0x8 32 = 0xa", "write bar0+0x80 64 = 0x40000",
					  "write bar0+0x88 64 = 0x1000",
					  "write bar0+0x90 64 = 0x10", "write bar0+0x98 64 = 0x3"));
}

TEST_F(TheEduProgram, SaysThatThereIsNoBoard)
{
	board->unplug();
	std::array<char *, 2> arguments{name.data(), device.data()};
	::testing::internal::CaptureStderr();

	EXPECT_EQ(edu_program(2, arguments.data()), 1);
	EXPECT_EQ(::testing::internal::GetCapturedStderr(),
		  "edu: cannot find 1234:11e8: there is no such device; 'pcipeek ls' lists the "
		  "devices\n");
}

} // namespace
} // namespace pcipeek
