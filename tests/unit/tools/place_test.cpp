// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "errors.hpp"
#include "regions/place.hpp"

#include <pcipeek/error.hpp>
#include <pcipeek/testing.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <utility>

namespace pcipeek::tools {
namespace {

/* Interface Corp's boards: memory BARs of 64, 64 and 32 bytes; I/O BARs of 32 and 4. */
class APlace : public ::testing::Test {
protected:
	static Place find(const Device &on, const std::string &text)
	{
		return find_place(Use::read, on, parse_location(text));
	}

	Place find(const std::string &text)
	{
		return find(device, text);
	}

	std::string refusal_of(const std::string &text)
	{
		try {
			find(text);
		} catch (const std::exception &error) {
			return error.what();
		}
		return "";
	}

	pcipeek::testing::FakeBoard memory_board{{.bars = {{0, {.size = 64}},
							   {1, {.size = 64}},
							   {2, {.size = 32, .addr = 0x90503000}}}}};
	pcipeek::testing::FakeBoard io_board{{.address = {.bus = 5, .device = 12},
					      .bars = {{0, {.type = BarType::io, .size = 32}}}}};
	Device device = memory_board.device();
};

TEST_F(APlace, MayEndWithTheLastByteOfItsBar)
{
	EXPECT_EQ(find("bar2+0x1c").bytes(), 4u);
	EXPECT_EQ(find("bar2+0x1f.b").bytes(), 1u);
	EXPECT_EQ(find("bar2.q,4").bytes_behind(), 0u);
	EXPECT_EQ(find("bar2..0x1f").bytes(), 32u);
}

TEST_F(APlace, KnowsHowMuchIsBehindIt)
{
	EXPECT_EQ(find("bar0+0x10,4").bytes_behind(), 0x20u);
}

TEST_F(APlace, OutsideItsBarIsABadAccess)
{
	const std::string space = "PCI addr space is 0x90503000-0x9050301f while tried to access ";

	EXPECT_EQ(refusal_of("bar2+0x1d"), space + "0x9050301d-0x90503020.");
	EXPECT_EQ(refusal_of("bar2+0x20.b"), space + "0x90503020-0x90503020.");
	EXPECT_EQ(refusal_of("bar2+0x18.q,2"), space + "0x90503018-0x90503027.");
	EXPECT_THROW(find("bar2+0x20.b"), BadAccessError);
}

TEST_F(APlace, IsRefusedHoweverLargeItsNumbersAre)
{
	EXPECT_THROW(find("bar2+0x8000000000000000"), BadAccessError);
	EXPECT_THROW(find("bar2+0xffffffffffffffff.b"), BadAccessError);
	EXPECT_THROW(find("bar2.q,0x2000000000000000"), BadAccessError);
	EXPECT_THROW(find("bar2.q,0xffffffffffffffff"), BadAccessError);
}

TEST_F(APlace, ThatIsMisalignedSaysSo)
{
	EXPECT_EQ(refusal_of("bar2+0x02"),
		  "cannot read 32 bits at bar2+0x2 of 0000:05:0d.0: the offset is not a "
		  "multiple of 4 bytes; use one that is, or a narrower width");
}

TEST_F(APlace, OutsideAndMisalignedIsOutside)
{
	EXPECT_THROW(find("bar2+0x1e"), BadAccessError);
}

TEST_F(APlace, InAnIoBarHasNo64BitAccesses)
{
	try {
		find(io_board.device(), "bar0.q");
		FAIL();
	} catch (const Error &error) {
		EXPECT_EQ(error.cause(), Cause::unsupported);
	}
}

TEST_F(APlace, ThatIsRefusedTellsItsBarIfItIsInOne)
{
	for (const auto &[text, bar] : {std::pair{"bar2+2", std::optional{2U}},
					std::pair{"config+2", std::optional<unsigned>{}}}) {
		try {
			find(text);
			ADD_FAILURE() << text;
		} catch (const Error &error) {
			EXPECT_EQ(error.cause(), Cause::misaligned);
			EXPECT_EQ(error.bar(), bar);
			EXPECT_EQ(error.offset(), 2u);
		}
	}
}

TEST_F(APlace, OfConfigurationSpaceHasNoBar)
{
	EXPECT_EQ(find("bar2").bar().index(), 2u);
	EXPECT_THROW(find("config").bar(), UsageError);
}

TEST_F(APlace, NeedsABarThatTheDeviceHas)
{
	EXPECT_THROW(find("bar3"), Error);
	EXPECT_THROW(find("bar6"), Error);
}

TEST_F(APlace, IsFoundWithoutTouchingTheDevice)
{
	find("bar0,16");
	refusal_of("bar0+0x3e");
	EXPECT_FALSE(device.is_open());
	EXPECT_TRUE(memory_board.accesses().empty());
}

} // namespace
} // namespace pcipeek::tools
