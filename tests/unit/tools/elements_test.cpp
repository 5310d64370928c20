// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "grammar/element.hpp"
#include "output/element_printer.hpp"
#include "regions/elements.hpp"

#include <pcipeek/testing.hpp>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <array>
#include <stdexcept>

namespace pcipeek::tools {
namespace {

constexpr std::array image{std::byte{0x01}, std::byte{0x02}, std::byte{0x03}, std::byte{0x04},
			   std::byte{0x05}, std::byte{0x06}, std::byte{0x07}, std::byte{0x88}};

TEST(AnElement, IsLittleEndianInTheImageOfTheDevice)
{
	EXPECT_EQ(element(image, 7, Width::w8), 0x88u);
	EXPECT_EQ(element(image, 1, Width::w16), 0x0403u);
	EXPECT_EQ(element(image, 1, Width::w32), 0x88070605u);
	EXPECT_EQ(element(image, 0, Width::w64), 0x8807060504030201u);
}

TEST(AnElement, IsPrintedWithAllTheDigitsOfItsWidth)
{
	EXPECT_EQ(format_element(parse_location("bar0.b"), 1), "0x01");
	EXPECT_EQ(format_element(parse_location("bar0.w"), 1), "0x0001");
	EXPECT_EQ(format_element(parse_location("bar0"), 0x010000ed), "0x010000ed");
	EXPECT_EQ(format_element(parse_location("bar0.q"), 1), "0x0000000000000001");
}

TEST(ABitFieldOfAnElement, IsPrintedWithTheDigitsThatItCanNeed)
{
	EXPECT_EQ(format_element(parse_location("bar0:7:4"), 0xabcd), "0xc");
	EXPECT_EQ(format_element(parse_location("bar0:8:4"), 0x01bd), "0x1b");
	EXPECT_EQ(format_element(parse_location("bar0:31"), 0x80000000), "0x1");
}

/* Each byte differs from the one that is 64 KiB before it, where a piece ends. */
TEST(ManyElements, AreReadInPiecesThatFollowEachOther)
{
	constexpr std::uint64_t size = 0x20001;
	pcipeek::testing::FakeBoard board{{.bars = {{0, {.size = size}}}}};
	const Device device = board.device();
	const auto expected = [](std::uint64_t index) {
		return index / 0x10000 + index % 7;
	};
	for (std::uint64_t i = 0; i < size; i++)
		board.set<std::uint8_t>(0, i, static_cast<std::uint8_t>(expected(i)));

	std::uint64_t next = 0;
	read_elements(find_place(Use::read, device, parse_location("bar0.b,0x20001")),
		      [&](std::uint64_t index, std::uint64_t value) {
			      ASSERT_EQ(index, next++);
			      ASSERT_EQ(value, expected(index)) << index;
		      });
	EXPECT_EQ(next, size);
}

/* The JSON that a printer makes of what is added to it. */
nlohmann::json printed(const AddElements &add)
{
	::testing::internal::CaptureStdout();
	try {
		print_elements(Form::json, "read", add);
	} catch (const std::exception &) {
		/* what was printed counts */
	}
	return nlohmann::json::parse(::testing::internal::GetCapturedStdout());
}

TEST(AListOfElements, IsValidJsonWhenItIsEmpty)
{
	EXPECT_EQ(printed([](ElementPrinter &) {}), nlohmann::json::array());
}

TEST(AListOfElements, CarriesEachValueAsANumberAndAsAString)
{
	const auto location = parse_location("bar2+8.q,2");
	const auto list = printed([&](ElementPrinter &printer) {
		printer.add(location, 0, 0xffffffffffffffff);
		printer.add(location, 1, 1);
	});

	EXPECT_EQ(list, nlohmann::json::parse(R"([
		{"location": "bar2+0x08", "bar": 2, "offset": 8, "width": 8,
		 "value": 18446744073709551615, "hex": "0xffffffffffffffff"},
		{"location": "bar2+0x10", "bar": 2, "offset": 16, "width": 8,
		 "value": 1, "hex": "0x0000000000000001"}])"));
}

TEST(AListOfElements, CarriesTheBitFieldAndNotTheWholeElement)
{
	const auto list = printed([](ElementPrinter &printer) {
		printer.add(parse_location("bar0:7:4"), 0, 0xabcd);
	});

	EXPECT_EQ(list[0]["value"], 0xc);
	EXPECT_EQ(list[0]["location"], "bar0+0x00:7:4");
}

TEST(AListOfElements, ThatFailsInTheMiddleEndsWithTheReason)
{
	const auto list = printed([](ElementPrinter &printer) {
		printer.add(parse_location("bar0"), 0, 1);
		throw std::runtime_error("the \"board\" \xff is gone");
	});

	ASSERT_EQ(list.size(), 2u);
	EXPECT_EQ(list[0]["value"], 1);
	EXPECT_EQ(list[1], nlohmann::json::parse(R"({"error": "the \"board\" \ufffd is gone"})"));
}

TEST(AListOfElements, IsPrintedElementByElement)
{
	::testing::internal::CaptureStdout();
	ElementPrinter printer(Form::json);

	printer.add(parse_location("bar0"), 0, 1);
	EXPECT_NE(::testing::internal::GetCapturedStdout(), "");
}

} // namespace
} // namespace pcipeek::tools
