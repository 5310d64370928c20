// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "svd_text.hpp"

#include <gmock/gmock.h>

using namespace pcipeek;
using namespace pcipeek::test;
using map::Access;

namespace {

TEST(SvdEffects, KnowsAllAccessRights)
{
	const auto type_of = [](const char *access) {
		return svd(register_r(std::string{"<access>"} + access + "</access>")).at("R").type;
	};

	EXPECT_EQ(type_of("read-write")->access, Access::read_write);
	EXPECT_EQ(type_of("read-only")->access, Access::read_only);
	EXPECT_EQ(type_of("write-only")->access, Access::write_only);
	EXPECT_EQ(type_of("writeOnce")->access, Access::write_only);
	EXPECT_EQ(type_of("read-writeOnce")->access, Access::read_write);
	EXPECT_TRUE(type_of("writeOnce")->write_once);
	EXPECT_TRUE(type_of("read-writeOnce")->write_once);
	EXPECT_FALSE(type_of("read-write")->write_once);
}

TEST(SvdEffects, TakesTheRightsOfARegisterFromItsFieldsIfOnlyTheyHaveSome)
{
	const std::string f = "<fields><field><name>F</name><bitOffset>0</bitOffset>"
			      "<access>write-only</access></field>";
	const std::string g = "<field><name>G</name><bitOffset>1</bitOffset>"
			      "<access>read-only</access></field>";

	EXPECT_EQ(svd(register_r(f + "</fields>")).at("R").type->access, Access::write_only);
	EXPECT_EQ(svd(register_r(f + g + "</fields>")).at("R").type->access, Access::read_write);
	EXPECT_EQ(svd(register_r("<access>read-only</access>" + f + "</fields>"))
			  .at("R")
			  .type->access,
		  Access::read_only);
}

TEST(SvdEffects, KnowsWhatAReadDoes)
{
	using map::ReadEffect;
	const auto effect_of = [](const char *action) {
		const Map map = svd(register_r(std::string{"<readAction>"} + action +
					       "</readAction><fields>" +
					       field_f("<bitOffset>0</bitOffset>") + "</fields>"));
		EXPECT_EQ(map.at("R").type->fields[0].read_effect, map.at("R").type->read_effect);
		return map.at("R").type->read_effect;
	};

	EXPECT_EQ(effect_of("clear"), ReadEffect::clears);
	EXPECT_EQ(effect_of("set"), ReadEffect::sets);
	EXPECT_EQ(effect_of("modify"), ReadEffect::modifies);
	EXPECT_EQ(effect_of("modifyExternal"), ReadEffect::other);
}

TEST(SvdEffects, KnowsThatOneFieldIsClearedByARead)
{
	const Map map =
		svd(register_of(field_f("<bitOffset>0</bitOffset><readAction>clear</readAction>")));

	EXPECT_EQ(map.at("R").type->read_effect, map::ReadEffect::none);
	EXPECT_TRUE(map.at("R").type->has_read_effect());
}

TEST(SvdEffects, KnowsWhatAWrittenBitDoes)
{
	using map::WriteEffect;
	const auto effect_of = [](const char *values) {
		return svd(register_of(field_f(std::string{"<bitOffset>0</bitOffset>"
							   "<modifiedWriteValues>"} +
					       values + "</modifiedWriteValues>")))
			.at("R")
			.type->fields[0]
			.write_effect;
	};

	EXPECT_EQ(effect_of("oneToClear"), WriteEffect::one_to_clear);
	EXPECT_EQ(effect_of("oneToSet"), WriteEffect::one_to_set);
	EXPECT_EQ(effect_of("oneToToggle"), WriteEffect::one_to_toggle);
	EXPECT_EQ(effect_of("zeroToClear"), WriteEffect::zero_to_clear);
	EXPECT_EQ(effect_of("zeroToSet"), WriteEffect::zero_to_set);
	EXPECT_EQ(effect_of("zeroToToggle"), WriteEffect::zero_to_toggle);
	EXPECT_EQ(effect_of("clear"), WriteEffect::clears);
	EXPECT_EQ(effect_of("set"), WriteEffect::sets);
	EXPECT_EQ(effect_of("modify"), WriteEffect::modifies);
}

} // namespace
