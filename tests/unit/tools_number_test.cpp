// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "number.hpp"
#include "tools_refusal.hpp"

namespace pcipeek::tools {
namespace {

std::uint64_t number(const std::string &text)
{
	Scanner in(text);

	return take_number(in);
}

std::uint64_t value(const std::string &text)
{
	Scanner in(text);

	return take_value(in);
}

TEST(AParsedNumber, IsDecimalOrHexadecimal)
{
	EXPECT_EQ(number("0"), 0u);
	EXPECT_EQ(number("42"), 42u);
	EXPECT_EQ(number("0x2A"), 42u);
	EXPECT_EQ(number("0x002a"), 42u);
}

TEST(AParsedNumber, MayBeTheLargestOf64Bits)
{
	EXPECT_EQ(number("18446744073709551615"), UINT64_MAX);
	EXPECT_EQ(number("0xffffffffffffffff"), UINT64_MAX);
}

TEST(AParsedNumber, EndsAtTheFirstCharacterThatIsNoLetterOrDigit)
{
	Scanner in("0x10.w");

	EXPECT_EQ(take_number(in), 0x10u);
	EXPECT_EQ(in.rest(), ".w");
}

TEST(AValue, MayBeBinary)
{
	EXPECT_EQ(value("0b1010"), 10u);
	EXPECT_EQ(value("0x10"), 16u);
	EXPECT_EQ(value("10"), 10u);
}

class ARefusedNumber : public testing::TestWithParam<Refusal> {};

TEST_P(ARefusedNumber, SaysWhy)
{
	EXPECT_EQ(complaint_about(GetParam().text, number), GetParam().complaint);
}

INSTANTIATE_TEST_SUITE_P(
	Number, ARefusedNumber,
	testing::Values(
		Refusal{"Missing", "", "'', column 1: a number is missing here"},
		Refusal{"LeadingZero", "010",
			"'010', column 1: a leading zero may mean octal or not; write 10 or 0x10"},
		Refusal{"OnlyZeros", "00",
			"'00', column 1: a leading zero may mean octal or not; write 0 or 0x0"},
		Refusal{"BareHex", "1f",
			"'1f', column 2: 'f' is not a decimal digit; hexadecimal numbers begin "
			"with 0x"},
		Refusal{"CapitalPrefix", "0X10",
			"'0X10', column 2: 'X' is not a decimal digit; hexadecimal numbers begin "
			"with 0x"},
		Refusal{"NoDigits", "0x",
			"'0x', column 3: a hexadecimal digit is missing after '0x'"},
		Refusal{"BadHexDigit", "0x1g", "'0x1g', column 4: 'g' is not a hexadecimal digit"},
		Refusal{"Binary", "0b11",
			"'0b11', column 1: binary numbers are for values only; write a decimal or "
			"a 0x number"},
		Refusal{"Negative", "-1", "'-1', column 1: a number is missing here"},
		Refusal{"Suffix", "4K",
			"'4K', column 2: 'K' is not a decimal digit; hexadecimal numbers begin "
			"with 0x"},
		Refusal{"SixtyFiveBits", "0x10000000000000000",
			"'0x10000000000000000', column 1: 0x10000000000000000 does not fit 64 "
			"bits; the largest number is 0xffffffffffffffff"},
		Refusal{"SixtyFiveBitsDecimal", "18446744073709551616",
			"'18446744073709551616', column 1: 18446744073709551616 does not fit 64 "
			"bits; the largest number is 0xffffffffffffffff"}),
	claim_of);

class ARefusedValue : public testing::TestWithParam<Refusal> {};

TEST_P(ARefusedValue, SaysWhy)
{
	EXPECT_EQ(complaint_about(GetParam().text, value), GetParam().complaint);
}

INSTANTIATE_TEST_SUITE_P(
	Value, ARefusedValue,
	testing::Values(
		Refusal{"BadBinaryDigit", "0b12", "'0b12', column 4: '2' is not a binary digit"},
		Refusal{"NoDigits", "0b", "'0b', column 3: a binary digit is missing after '0b'"}),
	claim_of);

} // namespace
} // namespace pcipeek::tools
