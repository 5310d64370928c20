// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "svd_text.hpp"

#include <gmock/gmock.h>

using namespace pcipeek;
using namespace pcipeek::test;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

std::string array(const std::string &name, const std::string &dim, const std::string &index = "")
{
	return "<name>" + name + "</name><dim>" + dim + "</dim><dimIncrement>8</dimIncrement>" +
	       (index.empty() ? "" : "<dimIndex>" + index + "</dimIndex>");
}

std::string registers(const std::string &inner)
{
	return peripheral_of("<register>" + inner +
			     "<addressOffset>0x20</addressOffset></register>");
}

std::vector<std::string> names_of(const Map &map)
{
	std::vector<std::string> names;
	for (const auto &reg : map.registers())
		names.push_back(reg.name);
	return names;
}

TEST(SvdDim, SpellsElementsWithTheirIndexWithoutBrackets)
{
	EXPECT_THAT(names_of(svd(registers(array("CH[%s]", "2")))), ElementsAre("P.CH0", "P.CH1"));
	EXPECT_THAT(names_of(svd(registers(array("CH%s_X", "2")))),
		    ElementsAre("P.CH0_X", "P.CH1_X"));
	EXPECT_THAT(names_of(svd(registers(array("CH", "2")))), ElementsAre("P.CH0", "P.CH1"));
}

TEST(SvdDim, TakesIndicesAsARangeLettersOrAList)
{
	EXPECT_THAT(names_of(svd(registers(array("R%s", "3", "3-5")))),
		    ElementsAre("P.R3", "P.R4", "P.R5"));
	EXPECT_THAT(names_of(svd(registers(array("R%s", "2", "C-D")))),
		    ElementsAre("P.RC", "P.RD"));
	EXPECT_THAT(names_of(svd(registers(array("R%s", "3", "tx, rx,_x")))),
		    ElementsAre("P.Rtx", "P.Rrx", "P.R_x"));
	EXPECT_EQ(svd(registers(array("R%s", "36", "0-35"))).registers().size(), 36);
}

TEST(SvdDim, PutsElementsOneIncrementApartAndLetsThemShareTheirType)
{
	const Map map = svd(registers(array("R[%s]", "3")));

	EXPECT_EQ(map.at("R2").offset, 0x1030);
	EXPECT_EQ(map.at("R0").type, map.at("R2").type);
}

TEST(SvdDim, SaysInTheDescriptionWhichElementsItIsFor)
{
	const Map map =
		svd(registers(array("R%s", "3", "1-3") + "<description>Channel %s</description>"));

	EXPECT_EQ(map.at("R2").type->description, "Channel 1-3");
}

TEST(SvdDim, ExpandsClustersInClusters)
{
	const Map map = svd(peripheral_of(
		"<cluster>" + array("A[%s]", "2") +
		"<addressOffset>0x100</addressOffset><cluster>" + array("B%s", "2", "X,Y") +
		"<addressOffset>0</addressOffset><register>" + array("R[%s]", "2") +
		"<addressOffset>4</addressOffset></register></cluster></cluster>"));

	EXPECT_EQ(map.registers().size(), 8);
	EXPECT_EQ(map.at("P.A1.BY.R1").offset, 0x1000 + 0x100 + 8 + 8 + 4 + 8);
	EXPECT_EQ(map.at("P.A1.BY.R1").block->name, "P.A1.BY");
	EXPECT_EQ(map.at("P.A0.BX.R0").offset, 0x1104);
}

TEST(SvdDim, ExpandsPeripheralsAndFields)
{
	const Map map =
		svd(device_of("<peripherals><peripheral>" + array("UART%s", "2") +
			      "<baseAddress>0x40</baseAddress><registers><register>"
			      "<name>R</name><addressOffset>0</addressOffset><fields>"
			      "<field><name>PIN%s</name><bitRange>[1:0]</bitRange><dim>4</dim>"
			      "<dimIncrement>2</dimIncrement><description>Pin %s"
			      "</description></field></fields></register></registers>"
			      "</peripheral></peripherals>"));
	const auto *const pin = map.at("UART1.R").type->field("PIN3");

	EXPECT_EQ(map.at("UART1.R").offset, 0x48);
	EXPECT_EQ(pin->high, 7);
	EXPECT_EQ(pin->low, 6);
	EXPECT_EQ(pin->description, "Pin 3");
}

TEST(SvdDim, LeavesThePlaceForTheIndexOutOfWhatIsNoArray)
{
	EXPECT_THAT(names_of(svd(registers("<name>R[%s]</name>"))), ElementsAre("P.R"));
}

TEST(SvdDim, RefusesIndicesThatDoNotFit)
{
	EXPECT_THAT(svd_error_of(registers(array("R%s", "3", "A,B"))),
		    HasSubstr("register P.R_s: dim is 3, but dimIndex lists 2"));
	EXPECT_THAT(svd_error_of(registers(array("R%s", "3", "0-3"))),
		    HasSubstr("dim is 3, but dimIndex is '0-3'"));
	EXPECT_THAT(svd_error_of(registers(array("R%s", "3", "3-0"))),
		    HasSubstr("dim is 3, but dimIndex is '3-0'"));
	EXPECT_THAT(svd_error_of(registers(array("R%s", "3", "A1-A3"))),
		    HasSubstr("dimIndex is 'A1-A3': a range is 0-3 or A-D"));
	EXPECT_THAT(svd_error_of(registers(array("R%s", "0"))), HasSubstr("dim is 0"));
	EXPECT_THAT(svd_error_of(registers("<name>R%s</name><dim>2</dim>")),
		    HasSubstr("dimIncrement is missing"));
}

TEST(SvdDim, RefusesMoreRegistersThanAnyDeviceHas)
{
	EXPECT_THAT(svd_error_of(registers(array("R%s", "250001"))),
		    HasSubstr("more than 250000 registers"));
	EXPECT_THAT(svd_error_of(registers(array("R%s", "0xffffffffffffffff"))),
		    HasSubstr("more than 250000 registers"));
	EXPECT_THAT(svd_error_of(peripheral_of("<cluster>" + array("C%s", "2000") + "<register>" +
					       array("R%s", "2000") +
					       "<addressOffset>0</addressOffset></register>"
					       "</cluster>")),
		    HasSubstr("cluster P.C_s: with it the map has more than 250000"));
}

TEST(SvdDim, RefusesMoreTextThanAMachineShouldHold)
{
	const std::string text(300'000, 'x');

	EXPECT_THAT(svd_error_of(register_of("<field><name>F%s</name><dim>1000</dim>"
					     "<dimIncrement>0</dimIncrement><bitOffset>0"
					     "</bitOffset><description>" +
					     text + "</description></field>")),
		    HasSubstr("field P.R.F_s: with it the map takes more than 192 MiB"));
}

TEST(SvdDim, RefusesOffsetsBeyond64Bits)
{
	EXPECT_THAT(svd_error_of(peripheral_of(
			    "<register><name>R%s</name><dim>3</dim><dimIncrement>0x8000000000000000"
			    "</dimIncrement><addressOffset>0</addressOffset></register>")),
		    HasSubstr("its offset is beyond 64 bits"));
}

} // namespace
