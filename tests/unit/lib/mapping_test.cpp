// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "fake_channel.hpp"
#include "refusal.hpp"

#include <pcipeek/pcipeek.hpp>

#include <gmock/gmock.h>

#include <cerrno>
#include <utility>

namespace pcipeek {
namespace {

using test::FakeBoard;
using test::refusal_of;
using testing::ElementsAre;
using testing::EndsWith;
using testing::IsEmpty;

// BAR 0: three pages and a bit; BAR 1: less than a page.
class AMapping : public testing::Test {
protected:
	static detail::Identity identity()
	{
		detail::Identity identity = test::memory_board_identity();
		identity.bars[0].region.size = 0x3020;
		return identity;
	}

	FakeBoard board{identity()};
	Device device = board.device();
	Bar bar0 = device.bar(0);
};

TEST_F(AMapping, IsOfAllWholePagesWhenNothingElseIsSaid)
{
	const Mapping mapping{bar0};
	EXPECT_EQ(mapping.size(), 0x3000u);
	EXPECT_THAT(board.mappings, ElementsAre("map bar0+0x0 0x3000"));
	EXPECT_THAT(board.openings(), ElementsAre("read-only granted"));
	EXPECT_EQ(device.state().rights, PCIPEEK_RIGHT_ALL_BARS | PCIPEEK_RIGHT_MMAP);
}

TEST_F(AMapping, ShowsThePartOfTheBarThatItIsOf)
{
	const Mapping mapping{bar0, 0x1234, 0x10};
	EXPECT_EQ(mapping.size(), 0x10u);
	EXPECT_EQ(mapping.load<std::uint8_t>(1), 0x35);
	EXPECT_EQ(mapping.load<std::uint16_t>(2), 0x3736);
	EXPECT_EQ(mapping.load<std::uint32_t>(0), 0x37363534u);
	EXPECT_EQ(mapping.load<std::uint64_t>(4), 0x3f3e3d3c3b3a3938u);
	EXPECT_THAT(board.mappings, ElementsAre("map bar0+0x1000 0x244"));
}

TEST_F(AMapping, StoresInTheOrderOfTheDevice)
{
	const Mapping mapping{bar0, 0, 0, {.write = true}};
	mapping.store(0, std::uint8_t{0x81});
	mapping.store(2, std::uint16_t{0x8123});
	mapping.store(4, std::uint32_t{0x81234567});
	mapping.store<std::uint64_t>(8, 0x8123456789abcdef);
	board.bars[0].resize(0x10);
	EXPECT_THAT(board.bars[0], ElementsAre(0x81, 1, 0x23, 0x81, 0x67, 0x45, 0x23, 0x81, 0xef,
					       0xcd, 0xab, 0x89, 0x67, 0x45, 0x23, 0x81));
	EXPECT_THAT(board.mappings, ElementsAre("map bar0+0x0 0x3000 for writing"));
}

TEST_F(AMapping, ChecksARegisterOnce)
{
	const Mapping mapping{bar0, 0x1000, 0x100, {.write = true}};
	const auto last = mapping.at<std::uint32_t>(0xfc);
	last.store(5);
	EXPECT_EQ(last.load(), 5u);
	EXPECT_EQ(board.bars[0][0x10fc], 5);

	EXPECT_STREQ(refusal_of([&] { mapping.at<std::uint32_t>(0xfe); }).what(),
		     "PCI addr space is 0x90503000-0x905030ff while tried to access "
		     "0x905030fe-0x90503101.");
	EXPECT_THROW(mapping.at<std::uint8_t>(~std::size_t{0}), BadAccessError);
	EXPECT_EQ(refusal_of([&] { mapping.at<std::uint16_t>(1); }).cause(), Cause::misaligned);
}

TEST_F(AMapping, AlignsByTheOffsetInTheBar)
{
	const Mapping mapping{bar0, 0x1002, 0x100};
	EXPECT_EQ(refusal_of([&] { mapping.at<std::uint32_t>(0); }).cause(), Cause::misaligned);
	EXPECT_EQ(mapping.at<std::uint32_t>(2).load(), 0x07060504u);
}

TEST_F(AMapping, OutsideTheBarIsRefusedWithoutACall)
{
	EXPECT_THROW((Mapping{bar0, 0x3021}), BadAccessError);
	EXPECT_THROW((Mapping{bar0, 0x3000, 0x21}), BadAccessError);
	EXPECT_THROW((Mapping{bar0, 8, ~std::uint64_t{0}}), BadAccessError);
	EXPECT_EQ(board.calls(), 0u);
}

TEST_F(AMapping, OfAnIncompletePageIsRefused)
{
	for (const auto &[offset, length] : {std::pair{0x3000u, 0u}, {0x2000u, 0x1001u}}) {
		const Error error = refusal_of([&] { Mapping{bar0, offset, length}; });
		EXPECT_EQ(error.cause(), Cause::unsupported);
		EXPECT_STREQ(error.what(), "cannot map BAR 0 of 0000:05:0d.0: only its first "
					   "0x3000 bytes fill whole pages");
	}
	EXPECT_THAT(board.mappings, IsEmpty());
}

TEST_F(AMapping, OfABarThatCannotBeMappedIsRefused)
{
	FakeBoard ports{test::io_board_identity()};
	EXPECT_EQ(refusal_of([&] { Mapping{device.bar(1)}; }).cause(), Cause::unsupported);
	EXPECT_EQ(refusal_of([&] { Mapping{ports.device().bar(0)}; }).cause(), Cause::unsupported);
}

TEST_F(AMapping, IsNeverMadeOfAForeignDevice)
{
	board.attach_error = [](const pcipeek_attach &attach) {
		return attach.flags & PCIPEEK_ATTACH_FOREIGN ? 0 : EPERM;
	};
	EXPECT_EQ(refusal_of([&] { Mapping{bar0}; }).cause(), Cause::not_granted);
	EXPECT_THAT(board.openings(), IsEmpty());
}

TEST_F(AMapping, OfADeviceThatWasOpenedOtherwiseIsRefused)
{
	device.open({.write = true});
	const Error error = refusal_of([&] { Mapping{bar0}; });
	EXPECT_EQ(error.cause(), Cause::no_right);
	EXPECT_THAT(error.what(), testing::HasSubstr("open it for mapping"));
}

TEST_F(AMapping, UsesWhatWasOpenedForIt)
{
	device.open({.write = true, .map = true});
	const Mapping for_reading{bar0};
	const Mapping for_writing{bar0, 0, 0, {.write = true}};
	EXPECT_THAT(board.openings(), ElementsAre("read-write granted"));
}

TEST_F(AMapping, EndsWithItsLastOwner)
{
	{
		Mapping first{bar0, 0, 0x1000};
		Mapping second{std::move(first)};
		EXPECT_EQ(first.data(), nullptr); // NOLINT(bugprone-use-after-move)
		EXPECT_EQ(first.size(), 0u);
		EXPECT_EQ(second.load<std::uint8_t>(7), 7);
		Mapping third{bar0, 0x1000, 0x2000};
		third = std::move(second);
		EXPECT_EQ(third.size(), 0x1000u);
		board.mappings.clear();
	}
	EXPECT_THAT(board.mappings, testing::UnorderedElementsAre("unmap 0x1000", "unmap 0x2000"));
}

TEST_F(AMapping, ThatIsAssignedIsTheOther)
{
	Mapping first{bar0, 0x10, 0x20};
	Mapping second{device.bar(0), 0x1000, 0x2000};
	first = std::move(second);
	EXPECT_EQ(first.size(), 0x2000u);
	EXPECT_EQ(first.load<std::uint8_t>(7), board.bars[0][0x1007]);
	EXPECT_STREQ(refusal_of([&] { first.at<std::uint32_t>(0x2000); }).what(),
		     "PCI addr space is 0x90503000-0x90504fff while tried to access "
		     "0x90505000-0x90505003.");
}

TEST_F(AMapping, EndsWhenAnotherIsAssignedToIt)
{
	Mapping mapping{bar0, 0, 0x1000};
	mapping = Mapping{bar0, 0x1000, 0x2000};
	EXPECT_THAT(board.mappings,
		    ElementsAre("map bar0+0x0 0x1000", "map bar0+0x1000 0x2000", "unmap 0x1000"));
}

TEST_F(AMapping, ThatIsAssignedIsOfTheOthersBar)
{
	detail::Identity two = identity();
	two.bars[2].region.size = 0x1000;
	FakeBoard boards{two};
	const Device other = boards.device();
	Mapping mapping{other.bar(0)};
	mapping = Mapping{other.bar(2)};
	EXPECT_EQ(refusal_of([&] { mapping.at<std::uint8_t>(0x1000); }).bar(), 2u);
}

TEST_F(AMapping, KeepsItsDeviceOpen)
{
	const Mapping mapping{board.device().bar(0)};
	EXPECT_EQ(mapping.load<std::uint8_t>(9), 9);
}

TEST_F(AMapping, CanBeWriteCombiningAndLeavesTheBarAsItWas)
{
	device.open({.write = true, .exclusive = true, .map = true});
	{
		const Mapping mapping{bar0, 0, 0, {.write = true, .write_combining = true}};
	}
	EXPECT_THAT(board.mappings,
		    ElementsAre("write-combining bar0", "map bar0+0x0 0x3000 for writing",
				"unmap 0x3000", "uncached bar0"));
}

TEST_F(AMapping, ThatFailsLeavesTheBarAsItWas)
{
	device.open({.write = true, .exclusive = true, .map = true});
	board.map_error = EAGAIN;
	EXPECT_EQ(refusal_of([&] {
			  Mapping{bar0, 0, 0, {.write = true, .write_combining = true}};
		  }).cause(),
		  Cause::reset);
	EXPECT_THAT(board.mappings, ElementsAre("write-combining bar0", "uncached bar0"));
}

TEST_F(AMapping, ThatMayNotBeWriteCombiningSaysWhatIsNeeded)
{
	device.open({.write = true, .map = true});
	const auto what_of = [&](int code) -> std::string {
		board.mode_error = code;
		return refusal_of([&] { Mapping{bar0, 0, 0, {.write_combining = true}}; }).what();
	};
	EXPECT_THAT(what_of(EACCES),
		    EndsWith("needs exclusive access, opened for writing and mapping"));
	EXPECT_THAT(what_of(EBUSY), EndsWith("it is already mapped without write-combining"));
	EXPECT_THAT(what_of(EOPNOTSUPP), EndsWith("not on every CPU"));
	EXPECT_THAT(board.mappings, IsEmpty());
}

} // namespace
} // namespace pcipeek
