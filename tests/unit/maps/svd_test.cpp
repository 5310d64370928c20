// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "svd_text.hpp"

#include <gmock/gmock.h>

using namespace pcipeek;
using namespace pcipeek::test;
using map::Access;

namespace {

TEST(Svd, PutsARegisterAtTheAddressOfItsPeripheral)
{
	const Map map = svd(peripheral_of("<register><name>CTRL</name><description>Control\n"
					  "   of\\nit</description>"
					  "<addressOffset>0x24</addressOffset></register>"));
	const auto &ctrl = map.at("P.CTRL");

	EXPECT_EQ(map.name(), "chip");
	EXPECT_EQ(map.registers().size(), 1);
	EXPECT_EQ(ctrl.offset, 0x1024);
	EXPECT_EQ(ctrl.block->name, "P");
	EXPECT_EQ(ctrl.block->region(), "bar0");
	EXPECT_EQ(ctrl.type->bits, 32);
	EXPECT_EQ(ctrl.type->access, Access::read_write);
	EXPECT_EQ(ctrl.type->description, "Control of it");
}

TEST(Svd, InheritsSizeAccessAndResetValueFromAllAround)
{
	const Map map = svd(device_of(
		"<size>16</size><access>read-only</access><resetValue>0x12345</resetValue>"
		"<peripherals><peripheral><name>P</name><baseAddress>0</baseAddress><registers>"
		"<register><name>A</name><addressOffset>0</addressOffset></register>"
		"<cluster><name>C</name><addressOffset>8</addressOffset><size>8</size>"
		"<register><name>B</name><addressOffset>0</addressOffset>"
		"<access>write-only</access></register></cluster>"
		"</registers></peripheral><peripheral><name>Q</name><baseAddress>0x100</"
		"baseAddress>"
		"<size>64</size><resetValue>7</resetValue><registers>"
		"<register><name>D</name><addressOffset>0</addressOffset></register>"
		"</registers></peripheral></peripherals>"));

	EXPECT_EQ(map.at("P.A").type->bits, 16);
	EXPECT_EQ(map.at("P.A").type->access, Access::read_only);
	EXPECT_EQ(map.at("P.A").type->reset, 0x2345);
	EXPECT_EQ(map.at("P.C.B").type->bits, 8);
	EXPECT_EQ(map.at("P.C.B").type->access, Access::write_only);
	EXPECT_EQ(map.at("Q.D").type->bits, 64);
	EXPECT_EQ(map.at("Q.D").type->reset, 7);
}

TEST(Svd, ReadsARegisterThatIsWiderThanTheBusWordByWord)
{
	const Map map = svd(device_of("<width>32</width><peripherals><peripheral><name>P</name>"
				      "<baseAddress>0</baseAddress><size>64</size><registers>"
				      "<register><name>R</name><addressOffset>0</addressOffset>"
				      "</register></registers></peripheral></peripherals>"));

	EXPECT_EQ(map.at("R").type->bits, 64);
	EXPECT_EQ(map.at("R").type->word_bits, 32);
	EXPECT_EQ(map.at("R").type->order, map::WordOrder::low_first);
}

TEST(Svd, KeepsARegisterOf24BitsThatCannotBeAccessed)
{
	const Map map = svd(register_r("<size>24</size>"));

	EXPECT_EQ(map.at("R").type->bits, 24);
	EXPECT_FALSE(map.at("R").type->is_accessible());
}

TEST(Svd, KeepsARegisterOf128BitsWithItsFieldsBelowBit64)
{
	const Map map =
		svd(register_r("<size>128</size><fields>"
			       "<field><name>LOW</name><bitRange>[63:0]</bitRange></field>"
			       "<field><name>HIGH</name><bitRange>[64:64]</bitRange></field>"
			       "</fields>"));

	EXPECT_EQ(map.at("R").type->bits, 128);
	EXPECT_NE(map.at("R").type->field("LOW"), nullptr);
	EXPECT_EQ(map.at("R").type->field("HIGH"), nullptr);
}

TEST(Svd, TakesTheBitsOfAFieldInAllThreeSpellings)
{
	for (const char *const bits :
	     {"<bitRange>[7:4]</bitRange>", "<lsb>4</lsb><msb>7</msb>",
	      "<msb>0x7</msb><lsb>#100</lsb>", "<bitOffset>4</bitOffset><bitWidth>4</bitWidth>",
	      "<bitRange>[7:4]</bitRange><lsb>4</lsb><msb>7</msb><bitOffset>4</bitOffset>"
	      "<bitWidth>4</bitWidth>"}) {
		const Map map = svd(register_of(field_f(bits)));
		const auto *const found = map.at("R").type->field("F");

		ASSERT_NE(found, nullptr) << bits;
		EXPECT_EQ(found->high, 7) << bits;
		EXPECT_EQ(found->low, 4) << bits;
	}
}

TEST(Svd, TakesFieldsThatAreDirectlyInTheRegister)
{
	const Map map = svd(register_r("<field><name>F</name><bitOffset>9</bitOffset></field>"));

	EXPECT_EQ(map.at("R").type->field("F")->high, 9);
	EXPECT_EQ(map.at("R").type->field("F")->low, 9);
}

TEST(Svd, AcceptsAWriteConstraint)
{
	EXPECT_EQ(svd(register_of(field_f("<bitRange>[3:0]</bitRange><writeConstraint><range>"
					  "<minimum>0</minimum><maximum>5</maximum></range>"
					  "</writeConstraint>")))
			  .registers()
			  .size(),
		  1);
}

TEST(Svd, LetsAlternatesOverlap)
{
	for (const char *const tag : {"alternateRegister", "alternateGroup"}) {
		const std::string inner = std::string{"<"} + tag + ">X</" + tag + ">";
		EXPECT_TRUE(svd(register_r(inner)).registers()[0].type->overlaps) << tag;
	}
	EXPECT_FALSE(svd(register_r("")).registers()[0].type->overlaps);

	const Map cluster = svd(peripheral_of("<cluster><name>C</name><alternateCluster>D"
					      "</alternateCluster><register><name>R</name>"
					      "<addressOffset>0</addressOffset></register>"
					      "</cluster>"));
	EXPECT_TRUE(cluster.at("R").type->overlaps);
}

TEST(Svd, TellsAlternatesOfTheSameNameApartByTheirGroup)
{
	const std::string dr = "<register><name>DR</name><addressOffset>0</addressOffset>";
	const Map map = svd(peripheral_of(dr + "</register>" + dr +
					  "<alternateGroup>SPI</alternateGroup></register>"));

	EXPECT_FALSE(map.at("P.DR").type->overlaps);
	EXPECT_TRUE(map.at("P.DR_SPI").type->overlaps);
}

TEST(Svd, DoesNotKnowAResetValueThatTheMaskLeavesOut)
{
	EXPECT_EQ(svd(register_r("<resetValue>0xff</resetValue>")).at("R").type->reset, 0xff);
	EXPECT_EQ(svd(register_r("<resetValue>0xff</resetValue><resetMask>0x0f</resetMask>"))
			  .at("R")
			  .type->reset,
		  0x0f);
	EXPECT_FALSE(svd(register_r("<resetValue>0xff</resetValue><resetMask>0</resetMask>"))
			     .at("R")
			     .type->reset);
	EXPECT_FALSE(svd(register_r("")).at("R").type->reset);
}

TEST(Svd, MakesNamesOfWhatIsNone)
{
	const Map map = svd(peripheral_of(
		"<register><name>8-bit data</name><addressOffset>0</addressOffset></register>"));

	EXPECT_NE(map.find("P._8_bit_data"), nullptr);
}

TEST(Svd, GivesAPeripheralThatIsCalledLikeARegionAnotherName)
{
	const Map map = svd(device_of("<peripherals><peripheral><name>ROM</name><baseAddress>0"
				      "</baseAddress><registers><register><name>R</name>"
				      "<addressOffset>0</addressOffset></register></registers>"
				      "</peripheral></peripherals>"));

	EXPECT_NE(map.find("ROM_.R"), nullptr);
}

TEST(Svd, ReadsCommentsCdataEntitiesAByteOrderMarkAndCrlf)
{
	const std::string file =
		"\xef\xbb\xbf" +
		peripheral_of("<!-- <register> -->\r\n<register>\r\n"
			      "<name>A<!-- B --><![CDATA[C]]></name>\r\n"
			      "<description>1 &lt; 2 &unknown; &#x41;</description>"
			      "<addressOffset><!-- x -->\r\n\t0x1<!-- y -->0\r\n"
			      "</addressOffset><?note x?></register>");
	const Map map = svd(file);

	EXPECT_EQ(map.at("P.AC").offset, 0x1010);
	EXPECT_EQ(map.at("P.AC").type->description, "1 < 2 &unknown; A");
}

TEST(Svd, ReadsDescriptionsInOtherEncodingsAsLatin1)
{
	const Map map =
		svd(register_r("<description>\xb5s, \xc3\xa9, \xf0\x9f\x90\xa7</description>"));

	EXPECT_EQ(map.at("R").type->description, "\xc2\xb5s, \xc3\xa9, \xf0\x9f\x90\xa7");
}

} // namespace
