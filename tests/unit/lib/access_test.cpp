// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "fake_channel.hpp"

#include <pcipeek/pcipeek.hpp>

#include <gmock/gmock.h>

#include <cerrno>
#include <limits>

namespace pcipeek {
namespace {

using test::FakeBoard;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::uint64_t highest = std::numeric_limits<std::uint64_t>::max();

class AnAccess : public testing::Test {
protected:
	// The text of the BadAccessError, or what else happened.
	template <class Call>
	std::string bad_access(Call call)
	{
		try {
			call();
		} catch (const BadAccessError &error) {
			EXPECT_EQ(error.code(), std::errc::result_out_of_range);
			EXPECT_EQ(error.cause(), Cause::out_of_range);
			return error.what();
		}
		return "no BadAccessError";
	}

	FakeBoard memory{test::memory_board_identity()};
	FakeBoard ports{test::io_board_identity()};
	Bar bar2 = memory.device().bar(2);
	Bar io0 = ports.device().bar(0);
};

TEST_F(AnAccess, ReachesTheBoardOnceWithItsWidth)
{
	EXPECT_EQ(read<std::uint8_t>(bar2, 0x1f), 0x1f);
	EXPECT_EQ(read<std::uint16_t>(bar2, 0x1e), 0x1f1e);
	EXPECT_EQ(read<std::uint32_t>(bar2, 0x0c), 0x0f0e0d0cu);
	EXPECT_EQ(read<std::uint64_t>(bar2, 0x18), 0x1f1e1d1c1b1a1918u);
	EXPECT_THAT(memory.accesses(), ElementsAre("read bar2+0x1f 8", "read bar2+0x1e 16",
						   "read bar2+0xc 32", "read bar2+0x18 64"));
}

TEST_F(AnAccess, OfAWriteCarriesTheValueAndReadsNothing)
{
	write(bar2, 0x04, std::uint8_t{0x81});
	write(bar2, 0x06, std::uint16_t{0x8123});
	write<std::uint32_t>(bar2, 0x08, 0x81234567);
	write<std::uint64_t>(bar2, 0x10, 0x8123456789abcdef);
	EXPECT_THAT(memory.accesses(),
		    ElementsAre("write bar2+0x4 8 = 0x81", "write bar2+0x6 16 = 0x8123",
				"write bar2+0x8 32 = 0x81234567",
				"write bar2+0x10 64 = 0x8123456789abcdef"));
}

TEST_F(AnAccess, IsTheSameForIoPorts)
{
	EXPECT_EQ(read<std::uint8_t>(io0, 3), 3);
	write(io0, 4, std::uint16_t{0xbeef});
	EXPECT_THAT(ports.accesses(), ElementsAre("read bar0+0x3 8", "write bar0+0x4 16 = 0xbeef"));
}

TEST_F(AnAccess, OutsideTheBarHasTheTextOfPypci)
{
	EXPECT_EQ(bad_access([&] { read(bar2, 0x1d, 4); }),
		  "PCI addr space is 0x90503000-0x9050301f while tried to access "
		  "0x9050301d-0x90503020.");
	EXPECT_THAT(memory.accesses(), IsEmpty());
	EXPECT_EQ(memory.calls(), 0u);
}

TEST_F(AnAccess, OutsideTheBarIsRefusedForEveryKindOfCall)
{
	std::array<std::byte, 8> bytes{};
	std::array<std::uint16_t, 2> words{};
	const std::string expected = "PCI addr space is 0x90503000-0x9050301f while tried to "
				     "access 0x9050301e-0x90503021.";

	EXPECT_EQ(bad_access([&] { read<std::uint32_t>(bar2, 0x1e); }), expected);
	EXPECT_EQ(bad_access([&] { write(bar2, 0x1e, std::uint32_t{0}); }), expected);
	EXPECT_EQ(bad_access([&] { read(bar2, 0x1e, std::span{bytes}.first(4), Width::w16); }),
		  expected);
	EXPECT_EQ(bad_access([&] { write(bar2, 0x1e, std::span{bytes}.first(4)); }), expected);
	EXPECT_EQ(bad_access([&] { write(bar2, 0x1e, std::span{bytes}.first(4), Width::w8); }),
		  expected);
	EXPECT_EQ(bad_access([&] { read_block<std::uint16_t>(bar2, 0x1e, words); }), expected);
	EXPECT_EQ(bad_access([&] { write_block<std::uint16_t>(bar2, 0x1e, words); }), expected);
	EXPECT_EQ(memory.calls(), 0u);
}

TEST_F(AnAccess, NearTheEndOfAllNumbersDoesNotWrapAround)
{
	EXPECT_EQ(bad_access([&] { read<std::uint8_t>(bar2, highest); }),
		  "PCI addr space is 0x90503000-0x9050301f while tried to access "
		  "0x10000000090502fff-0x10000000090502fff.");
	EXPECT_EQ(bad_access([&] { read(bar2, highest, highest); }),
		  "PCI addr space is 0x90503000-0x9050301f while tried to access "
		  "0x10000000090502fff-0x20000000090502ffd.");
	EXPECT_EQ(bad_access([&] { read(bar2, 1, highest); }),
		  "PCI addr space is 0x90503000-0x9050301f while tried to access "
		  "0x90503001-0x10000000090502fff.");
	EXPECT_EQ(memory.calls(), 0u);
}

TEST_F(AnAccess, OfNoBytesTouchesNothingButMustBeInsideToo)
{
	EXPECT_THAT(read(bar2, 0x20, 0), IsEmpty());
	write(bar2, 0x00, std::span<const std::byte>{});
	EXPECT_EQ(bad_access([&] { read(bar2, 0x21, 0); }),
		  "PCI addr space is 0x90503000-0x9050301f while tried to access "
		  "0x90503021-0x90503020.");
	EXPECT_EQ(memory.calls(), 0u);
}

TEST_F(AnAccess, ThatIsMisalignedIsAnErrorButNoBadAccessError)
{
	try {
		read<std::uint32_t>(bar2, 0x0e);
		FAIL();
	} catch (const Error &error) {
		EXPECT_EQ(dynamic_cast<const BadAccessError *>(&error), nullptr);
		EXPECT_EQ(error.code(), std::errc::invalid_argument);
		EXPECT_EQ(error.cause(), Cause::misaligned);
		EXPECT_STREQ(error.what(), "cannot read 32 bits at bar2+0xe of 0000:05:0d.0: "
					   "the offset is not a multiple of 4 bytes");
	}
	EXPECT_EQ(memory.calls(), 0u);
}

TEST_F(AnAccess, OfAWriteThatDoesNotFitItsWidthIsRefused)
{
	try {
		write_value(bar2, 0, Width::w8, 0x100);
		FAIL();
	} catch (const Error &error) {
		EXPECT_EQ(error.code(), std::errc::invalid_argument);
		EXPECT_EQ(error.cause(), Cause::invalid);
	}
	EXPECT_EQ(memory.calls(), 0u);
	write_value(bar2, 0, Width::w8, 0xff);
	write_value(bar2, 0, Width::w64, highest);
}

TEST_F(AnAccess, WhoseWidthIoPortsDoNotHaveSaysSoFirst)
{
	try {
		read<std::uint64_t>(io0, 0x1f);
		FAIL();
	} catch (const Error &error) {
		EXPECT_EQ(error.code(), std::errc::operation_not_supported);
		EXPECT_EQ(error.cause(), Cause::unsupported);
	}
	EXPECT_EQ(ports.calls(), 0u);
}

TEST_F(AnAccess, ThatTheKernelFindsOutsideIsABadAccessErrorToo)
{
	memory.access_error = ERANGE;

	EXPECT_EQ(bad_access([&] { read<std::uint32_t>(bar2, 0x1c); }),
		  "PCI addr space is 0x90503000-0x9050301f while tried to access "
		  "0x9050301c-0x9050301f.");
}

} // namespace
} // namespace pcipeek
