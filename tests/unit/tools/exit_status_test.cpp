// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "errors.hpp"
#include "exit_status.hpp"
#include "output/report.hpp"

#include <pcipeek/map.hpp>

#include <gtest/gtest.h>

#include <cerrno>
#include <new>
#include <system_error>

namespace pcipeek::tools {
namespace {

struct Meaning {
	std::string claim;
	Cause cause;
	ExitStatus status;
};

std::ostream &operator<<(std::ostream &out, const Meaning &meaning)
{
	return out << meaning.claim;
}

std::string claim_of(const testing::TestParamInfo<Meaning> &info)
{
	return info.param.claim;
}

class ACause : public testing::TestWithParam<Meaning> {};

TEST_P(ACause, HasTheExitStatusOfTheManual)
{
	EXPECT_EQ(exit_status(GetParam().cause), GetParam().status);
}

INSTANTIATE_TEST_SUITE_P(
	Status, ACause,
	testing::Values(Meaning{"Other", Cause::other, ExitStatus::failure},
			Meaning{"NotGranted", Cause::not_granted, ExitStatus::not_permitted},
			Meaning{"NeedsRawio", Cause::needs_rawio, ExitStatus::not_permitted},
			Meaning{"NeedsRoot", Cause::needs_root, ExitStatus::not_permitted},
			Meaning{"Lockdown", Cause::lockdown, ExitStatus::not_permitted},
			Meaning{"NoRight", Cause::no_right, ExitStatus::not_permitted},
			Meaning{"NoNodeAccess", Cause::no_node_access, ExitStatus::not_permitted},
			Meaning{"NoModule", Cause::no_module, ExitStatus::failure},
			Meaning{"WrongModule", Cause::wrong_module, ExitStatus::failure},
			Meaning{"DriverBound", Cause::driver_bound, ExitStatus::in_use},
			Meaning{"Exclusive", Cause::exclusive, ExitStatus::in_use},
			Meaning{"AlreadyOpen", Cause::already_open, ExitStatus::failure},
			Meaning{"Gone", Cause::gone, ExitStatus::no_device},
			Meaning{"Reset", Cause::reset, ExitStatus::cannot_answer},
			Meaning{"DecodeOff", Cause::decode_off, ExitStatus::cannot_answer},
			Meaning{"AddressLost", Cause::address_lost, ExitStatus::cannot_answer},
			Meaning{"PathClosed", Cause::path_closed, ExitStatus::cannot_answer},
			Meaning{"Asleep", Cause::asleep, ExitStatus::cannot_answer},
			Meaning{"Offline", Cause::offline, ExitStatus::cannot_answer},
			Meaning{"NoSuchBar", Cause::no_such_bar, ExitStatus::no_such_place},
			Meaning{"OutOfRange", Cause::out_of_range, ExitStatus::no_such_place},
			Meaning{"Misaligned", Cause::misaligned, ExitStatus::no_such_place},
			Meaning{"Unsupported", Cause::unsupported, ExitStatus::failure},
			Meaning{"Invalid", Cause::invalid, ExitStatus::usage},
			Meaning{"TimedOut", Cause::timed_out, ExitStatus::timed_out},
			Meaning{"Interrupted", Cause::interrupted, ExitStatus::failure}),
	claim_of);

TEST(AnExitStatus, IsTheNumberInTheManual)
{
	EXPECT_EQ(static_cast<int>(ExitStatus::done), 0);
	EXPECT_EQ(static_cast<int>(ExitStatus::failure), 1);
	EXPECT_EQ(static_cast<int>(ExitStatus::usage), 2);
	EXPECT_EQ(static_cast<int>(ExitStatus::no_device), 3);
	EXPECT_EQ(static_cast<int>(ExitStatus::not_permitted), 4);
	EXPECT_EQ(static_cast<int>(ExitStatus::no_such_place), 5);
	EXPECT_EQ(static_cast<int>(ExitStatus::cannot_answer), 6);
	EXPECT_EQ(static_cast<int>(ExitStatus::timed_out), 7);
	EXPECT_EQ(static_cast<int>(ExitStatus::in_use), 8);
	EXPECT_EQ(static_cast<int>(ExitStatus::differs), 9);
}

TEST(AnExitStatus, ComesFromWhatWasThrown)
{
	EXPECT_EQ(exit_status(UsageError("")), ExitStatus::usage);
	EXPECT_EQ(exit_status(Difference("")), ExitStatus::differs);
	EXPECT_EQ(exit_status(MapError("")), ExitStatus::usage);
	EXPECT_EQ(exit_status(NameError("")), ExitStatus::no_such_place);
	EXPECT_EQ(exit_status(Error({.code = ENODEV, .cause = Cause::gone, .text = ""})),
		  ExitStatus::no_device);
	EXPECT_EQ(exit_status(BadAccessError(
			  {.code = ERANGE, .cause = Cause::out_of_range, .text = ""})),
		  ExitStatus::no_such_place);
	EXPECT_EQ(exit_status(std::system_error(ENOSPC, std::generic_category())),
		  ExitStatus::failure);
	EXPECT_EQ(exit_status(std::bad_alloc()), ExitStatus::failure);
}

TEST(AnErrorLine, NamesTheCommandAndTheVerb)
{
	EXPECT_EQ(error_line("read", UsageError("'bar', column 4: why")),
		  "pcipeek: read: 'bar', column 4: why\n");
	EXPECT_EQ(error_line("", UsageError("why")), "pcipeek: why\n");
}

TEST(AnErrorLine, KeepsTheSentenceOfTheLibrary)
{
	const Error error({.code = EIO, .text = "cannot open 0000:00:04.0: why; what to do"});

	EXPECT_EQ(error_line("read", error),
		  "pcipeek: cannot open 0000:00:04.0: why; what to do\n");
}

TEST(AnErrorLine, SaysWhereTheRangesOfABadAccessAre)
{
	const BadAccessError error({.code = ERANGE,
				    .cause = Cause::out_of_range,
				    .text = "PCI addr space is 0x90503000-0x9050301f while tried "
					    "to access 0x9050301d-0x90503020.",
				    .address = Address{0, 0x05, 0x0d, 0},
				    .bar = 2,
				    .offset = 0x1d});

	EXPECT_EQ(error_line("read", error),
		  "pcipeek: cannot read bar2+0x1d of 0000:05:0d.0: PCI addr space is "
		  "0x90503000-0x9050301f while tried to access 0x9050301d-0x90503020. "
		  "'pcipeek info 0000:05:0d.0' shows the sizes of its BARs\n");
}

TEST(AnErrorLine, SaysThatThereIsNotEnoughMemory)
{
	EXPECT_EQ(error_line("write", std::bad_alloc()), "pcipeek: write: out of memory\n");
	EXPECT_EQ(exit_status(std::bad_alloc()), ExitStatus::failure);
}

TEST(AnErrorLine, IsOneLineWhateverWasTyped)
{
	EXPECT_EQ(error_line("read", UsageError("'a\nb\033[31m'")), "pcipeek: read: 'a?b?[31m'\n");
}

} // namespace
} // namespace pcipeek::tools
