// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "grammar/number.hpp"
#include "refusal.hpp"

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

std::uint64_t config_number(const std::string &text)
{
	Scanner in(text);

	return take_config_number(in);
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
			"'010', column 1: a leading zero could mean octal; write 10 or 0x10"},
		Refusal{"OnlyZeros", "00",
			"'00', column 1: a leading zero could mean octal; write 0 or 0x0"},
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

TEST(AConfigNumber, IsHexadecimalOrOneDigit)
{
	EXPECT_EQ(config_number("0"), 0u);
	EXPECT_EQ(config_number("9"), 9u);
	EXPECT_EQ(config_number("0x68"), 0x68u);
	EXPECT_EQ(config_number("0x0068"), 0x68u);
	EXPECT_EQ(config_number("0xffffffffffffffff"), UINT64_MAX);
}

TEST(AConfigNumber, EndsAtTheFirstCharacterThatIsNoLetterOrDigit)
{
	Scanner in("8.w");

	EXPECT_EQ(take_config_number(in), 8u);
	EXPECT_EQ(in.rest(), ".w");
}

class ARefusedConfigNumber : public testing::TestWithParam<Refusal> {};

TEST_P(ARefusedConfigNumber, OffersBothReadings)
{
	EXPECT_EQ(complaint_about(GetParam().text, config_number), GetParam().complaint);
}

INSTANTIATE_TEST_SUITE_P(
	ConfigNumber, ARefusedConfigNumber,
	testing::Values(
		Refusal{"TwoDigits", "68",
			"'68', column 1: 68 has two readings in configuration space; write 0x44 "
			"(decimal 68) or 0x68 (as setpci reads it)"},
		Refusal{"LeastOfTwoDigits", "10",
			"'10', column 1: 10 has two readings in configuration space; write 0xa "
			"(decimal 10) or 0x10 (as setpci reads it)"},
		Refusal{"LeadingZeros", "0020",
			"'0020', column 1: 0020 has two readings in configuration space; write "
			"0x14 (decimal 20) or 0x20 (as setpci reads it)"},
		Refusal{"LeadingZerosOfOneDigit", "00000002",
			"'00000002', column 1: leave out the leading zeros of 00000002; write 2"},
		Refusal{"OnlyZeros", "00",
			"'00', column 1: leave out the leading zeros of 00; write 0"},
		Refusal{"LargestDecimal", "18446744073709551615",
			"'18446744073709551615', column 1: 18446744073709551615 has two readings "
			"in configuration space; write 0xffffffffffffffff (decimal "
			"18446744073709551615) or 0x18446744073709551615 (as setpci reads it)"},
		Refusal{"Binary", "0b10",
			"'0b10', column 1: 0b10 has two readings in configuration space; write 0x2 "
			"(binary 10) or 0xb10 (as setpci reads it)"},
		Refusal{"BareHex", "3e",
			"'3e', column 2: 'e' is not a decimal digit; hexadecimal numbers begin "
			"with 0x"},
		Refusal{"NoDigits", "0x",
			"'0x', column 3: a hexadecimal digit is missing after '0x'"},
		Refusal{"Missing", "", "'', column 1: a number is missing here"},
		Refusal{"SixtyFiveBits", "0x10000000000000000",
			"'0x10000000000000000', column 1: 0x10000000000000000 does not fit 64 "
			"bits; the largest number is 0xffffffffffffffff"}),
	claim_of);

} // namespace
} // namespace pcipeek::tools
