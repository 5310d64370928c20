// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "svd_text.hpp"

#include <gmock/gmock.h>

using namespace pcipeek;
using namespace pcipeek::test;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

namespace {

struct Wrong {
	const char *text;
	const char *line;
};

class SvdRefuses : public testing::TestWithParam<Wrong> {};

// The text is in a peripheral P, from line 2.
TEST_P(SvdRefuses, WithOneLineThatNamesTheFileTheLineAndTheElement)
{
	const std::string error = svd_error_of(peripheral_of(GetParam().text));

	EXPECT_THAT(error, StartsWith(std::string{"chip.svd:"} + GetParam().line));
	EXPECT_THAT(error, Not(HasSubstr("\n")));
}

constexpr Wrong wrongs[] = {
	{"\n<register>\n<name>R</name></register>", "3: register P.R: addressOffset is missing"},
	{"<register><addressOffset>0</addressOffset></register>",
	 "2: register P.?: name is missing"},
	{"<register><name>R</name>\n<addressOffset>\nx\n</addressOffset></register>",
	 "3: register P.R: addressOffset is 'x', and not a number"},
	{"<register><name>R</name><addressOffset>-4</addressOffset></register>",
	 "2: register P.R: addressOffset is '-4'"},
	{"<register><name>R</name><addressOffset>0</addressOffset>\n<size>0</size></register>",
	 "3: register P.R: size is 0 bits: it can be 1 to 1024"},
	{"<register><name>R</name><addressOffset>0</addressOffset><size>1025</size></register>",
	 "2: register P.R: size is 1025 bits"},
	{"<register><name>R</name><addressOffset>0</addressOffset>\n\n<access>rw</access></"
	 "register>",
	 "4: register P.R: access is 'rw': it can be read-write, read-only, write-only"},
	{"<register><name>R</name><addressOffset>0</addressOffset>"
	 "<readAction>pop</readAction></register>",
	 "2: register P.R: readAction is 'pop': it can be clear, set, modify, modifyExternal"},
	{"<cluster><name>C</name><register><name>R</name><addressOffset>0</addressOffset>"
	 "<modifiedWriteValues>1</modifiedWriteValues></register></cluster>",
	 "2: register P.C.R: modifiedWriteValues is '1': it can be oneToClear"},
	{"<register derivedFrom=\"X\"><name>R</name></register>",
	 "2: register P.R: derivedFrom='X': there is no such register"},
	{"<register><name>R</name>", "2: malformed XML: "},
	{"</registers>", "2: malformed XML: "},
};

INSTANTIATE_TEST_SUITE_P(, SvdRefuses, testing::ValuesIn(wrongs));

class SvdRefusesAField : public testing::TestWithParam<Wrong> {};

TEST_P(SvdRefusesAField, WithItsBits)
{
	EXPECT_THAT(svd_error_of(register_of(std::string{"<field><name>F</name>"} +
					     GetParam().text + "</field>")),
		    StartsWith(std::string{"chip.svd:2: field P.R.F: "} + GetParam().line));
}

constexpr Wrong wrong_fields[] = {
	{"", "it has no bits"},
	{"<bitRange>7:4</bitRange>", "bitRange is '7:4': it looks like [7:4]"},
	{"<bitRange>[4:7]</bitRange>", "its bits are [4:7]: the higher one comes first"},
	{"<bitRange>[32:32]</bitRange>", "its bits are [32:32], but the register has 32"},
	{"<bitRange>[7:4]</bitRange><lsb>4</lsb><msb>6</msb>",
	 "its bits are [7:4], but also [6:4]"},
	{"<lsb>1</lsb>", "msb is missing"},
	{"<bitOffset>1</bitOffset><bitWidth>0</bitWidth>", "bitWidth is not 1 to 64"},
	{"<bitOffset>1</bitOffset><bitWidth>0xffffffffffffffff</bitWidth>",
	 "bitWidth is not 1 to 64"},
	{"<bitOffset>30</bitOffset><dim>3</dim><dimIncrement>1</dimIncrement>",
	 "its bits are [32:32], but the register has 32"},
	{"<bitOffset>30</bitOffset><dim>3</dim><dimIncrement>0xffffffffffffffff</dimIncrement>",
	 "its bits are ["},
};

INSTANTIATE_TEST_SUITE_P(, SvdRefusesAField, testing::ValuesIn(wrong_fields));

TEST(SvdFile, IsRefusedIfItIsSomethingElse)
{
	EXPECT_THAT(svd_error_of(""), StartsWith("chip.svd"));
	EXPECT_THAT(svd_error_of("<html></html>"),
		    HasSubstr("this is not CMSIS-SVD: it has no element <device>"));
	EXPECT_THAT(svd_error_of("\xff\xfe<"), HasSubstr("it is in UTF-16: convert it to UTF-8"));
	EXPECT_THAT(svd_error_of("{\"csr_bases\": {}}"), HasSubstr("malformed XML"));
	EXPECT_THAT(svd_error_of(device_of("<addressUnitBits>32</addressUnitBits>")),
		    HasSubstr("addressUnitBits is 32"));
	EXPECT_THAT(svd_error_of(device_of("<peripherals><peripheral><name>P</name></peripheral>"
					   "</peripherals>")),
		    HasSubstr("peripheral P: baseAddress is missing"));
}

TEST(SvdFile, IsRefusedWhereverItIsCutOff)
{
	const std::string whole = register_of("<field><name>F</name><bitRange>[7:4]</bitRange>"
					      "<!-- c --><access>read-only</access></field>");
	const std::string device = whole.substr(0, whole.size() - 1);

	for (std::size_t size = 0; size < device.size(); ++size)
		EXPECT_THAT(svd_error_of(device.substr(0, size)), Not(HasSubstr("\n"))) << size;
	EXPECT_EQ(svd(device).registers().size(), 1);
}

TEST(SvdFile, IsRefusedIfItIsNestedTooDeeply)
{
	constexpr int levels = 10'000;
	std::string text;
	for (int i = 0; i < levels; ++i)
		text += "<cluster><name>C</name>";
	for (int i = 0; i < levels; ++i)
		text += "</cluster>";

	EXPECT_THAT(svd_error_of(peripheral_of(text)),
		    HasSubstr("clusters are nested in more than 32 levels"));
}

} // namespace
