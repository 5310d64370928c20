// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "svd_text.hpp"

#include <gmock/gmock.h>

using namespace pcipeek;
using namespace pcipeek::test;
using testing::HasSubstr;

namespace {

std::string reg(const std::string &name, const std::string &inner = "",
		const std::string &base = "")
{
	return "<register" + (base.empty() ? "" : " derivedFrom=\"" + base + "\"") + "><name>" +
	       name + "</name><addressOffset>0x10</addressOffset>" + inner + "</register>";
}

std::string cluster(const std::string &name, const std::string &inner, const std::string &base = "")
{
	return "<cluster" + (base.empty() ? "" : " derivedFrom=\"" + base + "\"") + "><name>" +
	       name + "</name><addressOffset>0x100</addressOffset>" + inner + "</cluster>";
}

std::string peripheral(const std::string &name, const std::string &inner,
		       const std::string &base = "")
{
	return "<peripheral" + (base.empty() ? "" : " derivedFrom=\"" + base + "\"") + "><name>" +
	       name + "</name><baseAddress>0x1000</baseAddress>" +
	       (inner.empty() ? "" : "<registers>" + inner + "</registers>") + "</peripheral>";
}

Map chip(const std::string &peripherals)
{
	return svd(device_of("<peripherals>" + peripherals + "</peripherals>"));
}

std::string chip_error(const std::string &peripherals)
{
	return svd_error_of(device_of("<peripherals>" + peripherals + "</peripherals>"));
}

const std::string field = "<fields><field><name>F</name><bitOffset>3</bitOffset></field></fields>";

TEST(SvdDerivedFrom, TakesWhatAPeripheralDoesNotHaveItself)
{
	const Map map = chip("<peripheral derivedFrom=\"A\"><name>B</name><baseAddress>0x2000"
			     "</baseAddress></peripheral>" +
			     peripheral("A", reg("R", field)));

	EXPECT_EQ(map.at("B.R").offset, 0x2010);
	EXPECT_EQ(map.at("B.R").type, map.at("A.R").type);
}

TEST(SvdDerivedFrom, AddsThePeripheralsOwnRegisters)
{
	const Map map = chip(peripheral("A", reg("R") + reg("S")) +
			     peripheral("B", reg("R", "<size>8</size>") + reg("T"), "A"));

	EXPECT_EQ(map.registers().size(), 5);
	EXPECT_EQ(map.at("A.R").type->bits, 32);
	EXPECT_EQ(map.at("B.R").type->bits, 8);
	EXPECT_NE(map.find("B.S"), nullptr);
	EXPECT_NE(map.find("B.T"), nullptr);
}

TEST(SvdDerivedFrom, LetsADerivedRegisterShareTheTypeUnlessItSaysMore)
{
	const Map map = svd(peripheral_of(reg("A", field) + reg("B", "", "A") +
					  reg("C", "<access>read-only</access>", "A")));

	EXPECT_EQ(map.at("B").type, map.at("A").type);
	EXPECT_EQ(map.at("C").type->access, map::Access::read_only);
	EXPECT_NE(map.at("C").type->field("F"), nullptr);
}

TEST(SvdDerivedFrom, GoesOverSeveralElements)
{
	const Map map = svd(peripheral_of(reg("C", "", "B") + reg("B", "<size>16</size>", "A") +
					  reg("A", field)));

	EXPECT_EQ(map.at("C").type->bits, 16);
	EXPECT_NE(map.at("C").type->field("F"), nullptr);
}

TEST(SvdDerivedFrom, AddsToTheFieldsOfARegister)
{
	const std::string more = "<fields><field derivedFrom=\"F\"><name>G</name>"
				 "<bitRange>[9:8]</bitRange></field></fields>";
	const Map map =
		svd(peripheral_of(reg("A", "<fields><field><name>F</name><lsb>0</lsb><msb>1</msb>"
					   "<access>read-only</access></field></fields>") +
				  reg("B", more, "A")));
	const auto *const g = map.at("B").type->field("G");

	EXPECT_EQ(map.at("B").type->fields.size(), 2);
	EXPECT_EQ(g->high, 9);
	EXPECT_EQ(g->low, 8);
	EXPECT_EQ(g->access, map::Access::read_only);
}

TEST(SvdDerivedFrom, TakesTheDimensionOnlyIfTheNameHasAPlaceForIt)
{
	const std::string dim = "<dim>2</dim><dimIncrement>4</dimIncrement>";
	const Map map = svd(peripheral_of(reg("A[%s]", dim) + reg("B[%s]", "", "A[%s]") +
					  reg("C", "", "A[%s]")));

	EXPECT_NE(map.find("P.B1"), nullptr);
	EXPECT_NE(map.find("P.C"), nullptr);
	EXPECT_EQ(map.registers().size(), 5);
}

TEST(SvdDerivedFrom, FindsPathsFromAllLevelsInAllSpellings)
{
	const std::string c =
		cluster("C_1[%s]", reg("R", field) + reg("X%s", "<dim>2</dim>"
								"<dimIncrement>4</dimIncrement>"
								"<size>8</size>")) +
		"";
	for (const char *const path :
	     {"A.C_1[%s].R", "A.C_1.R", "A_C_1_R", "C_1.R", "R", "C_1_R", "A_C_1_R[%s]"}) {
		const Map map = chip(peripheral("A", c) + peripheral("B", reg("S", "", path)));
		EXPECT_NE(map.at("B.S").type->field("F"), nullptr) << path;
	}
	for (const char *const path : {"A.C_1.X1", "A_C_1_X0", "X%s", "X1"}) {
		const Map map = chip(peripheral("A", c) + peripheral("B", reg("S", "", path)));
		EXPECT_EQ(map.at("B.S").type->bits, 8) << path;
	}
	EXPECT_THAT(chip_error(peripheral("A", c) + peripheral("B", reg("S", "", "A.C_1.X2"))),
		    HasSubstr("there is no such register"));
}

TEST(SvdDerivedFrom, PrefersWhatIsNear)
{
	const Map map =
		chip(peripheral("A", cluster("C", reg("R", "<size>8</size>"))) +
		     peripheral("B", cluster("C", reg("R", "<size>16</size>")) + reg("S", "", "R") +
					     reg("T", "", "C.R") + reg("U", "", "A.C.R")));

	EXPECT_EQ(map.at("B.S").type->bits, 16);
	EXPECT_EQ(map.at("B.T").type->bits, 16);
	EXPECT_EQ(map.at("B.U").type->bits, 8);
}

TEST(SvdDerivedFrom, SeesWhatAPeripheralHasFromAnother)
{
	const Map map = chip(peripheral("A", cluster("C", reg("R", "<size>8</size>"))) +
			     peripheral("B", "", "A") +
			     peripheral("D", cluster("E", "", "B.C") + reg("S", "", "B.C.R")));

	EXPECT_EQ(map.at("D.E.R").type->bits, 8);
	EXPECT_EQ(map.at("D.S").type->bits, 8);
}

TEST(SvdDerivedFrom, TakesDefaultsFromWhereTheElementIs)
{
	const Map map = chip("<peripheral><name>A</name><size>8</size><baseAddress>0</baseAddress>"
			     "<registers>" +
			     reg("R") +
			     "</registers></peripheral><peripheral derivedFrom=\"A\">"
			     "<name>B</name><size>16</size><baseAddress>0x100"
			     "</baseAddress></peripheral>");

	EXPECT_EQ(map.at("A.R").type->bits, 8);
	EXPECT_EQ(map.at("B.R").type->bits, 16);
}

TEST(SvdDerivedFrom, RefusesCircles)
{
	EXPECT_THAT(svd_error_of(peripheral_of(reg("A", "", "B") + reg("B", "", "A"))),
		    HasSubstr("leads back to itself"));
	EXPECT_THAT(svd_error_of(peripheral_of(reg("A", "", "A"))),
		    HasSubstr("register P.A: derivedFrom='A': there is no such register"));
	EXPECT_THAT(svd_error_of(peripheral_of(cluster("A", cluster("B", "", "A")))),
		    HasSubstr("cluster P.A.B: derivedFrom='A' is around this element"));
	EXPECT_THAT(svd_error_of(peripheral_of(cluster("A", cluster("B", "", "C")) +
					       cluster("C", cluster("D", "", "A")))),
		    HasSubstr("it contains itself by derivedFrom"));
	EXPECT_THAT(chip_error(peripheral("A", "", "B") + peripheral("B", "", "A")),
		    HasSubstr("leads back to itself"));
}

TEST(SvdDerivedFrom, RefusesChainsThatAreTooLong)
{
	std::string registers = reg("R0");
	for (int i = 1; i <= 100; ++i)
		registers += reg("R" + std::to_string(i), "", "R" + std::to_string(i - 1));

	EXPECT_THAT(svd_error_of(peripheral_of(registers)), HasSubstr("more than 64 elements"));
}

/* 2 in each of 40 levels: the reader may neither expand nor walk that. */
TEST(SvdDerivedFrom, RefusesWhatGrowsWithoutBounds)
{
	std::string clusters = cluster("C0", reg("R"));
	for (int i = 1; i <= 40; ++i) {
		const std::string base = "C" + std::to_string(i - 1);
		clusters += cluster("C" + std::to_string(i),
				    cluster("A", "", base) + cluster("B", "", base));
	}

	EXPECT_THAT(svd_error_of(peripheral_of(clusters)), HasSubstr("more than 250000 registers"));
}

} // namespace
