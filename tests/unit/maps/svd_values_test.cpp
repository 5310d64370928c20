// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "svd_text.hpp"

#include <gmock/gmock.h>

using namespace pcipeek;
using namespace pcipeek::test;
using testing::HasSubstr;

namespace {

std::string value(const std::string &name, const std::string &number)
{
	return "<enumeratedValue><name>" + name + "</name><value>" + number +
	       "</value></enumeratedValue>";
}

std::string list(const std::string &inner)
{
	return "<enumeratedValues>" + inner + "</enumeratedValues>";
}

std::string with(const std::string &lists)
{
	return register_of("<field><name>F</name><bitRange>[3:0]</bitRange>" + lists + "</field>");
}

map::Field field_with(const std::string &lists)
{
	return *svd(with(lists)).at("R").type->field("F");
}

TEST(SvdValues, AreNumbersInAllSpellings)
{
	const auto field = field_with(list(value("A", "1") + value("B", "0x2") +
					   value("C", "#011") + value("D", "0b100")));

	EXPECT_EQ(field.value_named("A")->value, 1);
	EXPECT_EQ(field.value_named("B")->value, 2);
	EXPECT_EQ(field.value_named("C")->value, 3);
	EXPECT_EQ(field.value_named("D")->value, 4);
}

TEST(SvdValues, MayHaveBitsThatDoNotMatter)
{
	const auto field = field_with(list(value("LOW", "#00xx") + value("HIGH", "#1xxx")));

	EXPECT_EQ(field.name_of(3)->name, "LOW");
	EXPECT_EQ(field.name_of(0xb)->name, "HIGH");
	EXPECT_EQ(field.name_of(4), nullptr);
}

TEST(SvdValues, LeaveTheDefaultOut)
{
	const auto field =
		field_with(list(value("A", "1") + "<enumeratedValue><name>other</name>"
						  "<isDefault>true</isDefault></enumeratedValue>"));

	EXPECT_EQ(field.values->size(), 1);
}

TEST(SvdValues, NameWhatWasReadByTheListForReading)
{
	const auto field = field_with(list("<usage>write</usage>" + value("START", "1")) +
				      list("<usage>read</usage>" + value("BUSY", "1")));

	EXPECT_EQ(field.name_of(1)->name, "BUSY");
	EXPECT_EQ(field.value_named("START")->value, 1);
}

TEST(SvdValues, AreRefusedIfANameMeansSomethingElseWhenWritten)
{
	EXPECT_THAT(svd_error_of(with(list("<usage>read</usage>" + value("ON", "1")) +
				      list("<usage>write</usage>" + value("On", "2")))),
		    HasSubstr("the enumerated value On is 1 when read, but 2 when written"));
}

TEST(SvdValues, OfTheSameNameAreToldApartByTheirNumbers)
{
	const auto field =
		field_with(list(value("reserved", "2") + value("Reserved", "3") + value("A", "1")));

	EXPECT_EQ(field.value_named("reserved")->value, 2);
	EXPECT_EQ(field.value_named("reserved_3")->value, 3);
}

TEST(SvdValues, AreDerivedFromAListWithAName)
{
	const std::string named = "<field><name>F</name><bitOffset>0</bitOffset>"
				  "<enumeratedValues><name>LIST</name>" +
				  value("A", "0") + value("B", "1") + "</enumeratedValues></field>";
	for (const char *const path : {"LIST", "F.LIST", "R.F.LIST", "P.R.F.LIST", "P_R_F_LIST"}) {
		const Map map = svd(register_of(named +
						"<field><name>G</name><bitOffset>1</bitOffset>"
						"<enumeratedValues derivedFrom=\"" +
						path + "\">" + value("C", "1") +
						"</enumeratedValues></field>"));
		const auto *const g = map.at("R").type->field("G");

		EXPECT_EQ(g->value_named("B")->value, 1) << path;
		EXPECT_EQ(g->value_named("C")->value, 1) << path;
	}
}

TEST(SvdValues, AreRefusedIfTheFieldHasTooFewBits)
{
	EXPECT_THAT(svd_error_of(with(list(value("A", "16")))),
		    HasSubstr("field P.R.F: an enumerated value is 16, but the field has 4 bits"));
}

TEST(SvdValues, AreRefusedIfTheyAreNoNumbers)
{
	EXPECT_THAT(svd_error_of(with(list(value("A", "one")))),
		    HasSubstr("the enumerated value A is 'one', and not a number"));
	EXPECT_THAT(svd_error_of(with(list("<usage>both</usage>" + value("A", "1")))),
		    HasSubstr("usage is 'both': it can be read, write or read-write"));
}

} // namespace
