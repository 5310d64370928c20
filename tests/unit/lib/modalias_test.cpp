// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "sysfs/modalias.hpp"

#include <gtest/gtest.h>

namespace pcipeek::detail {
namespace {

constexpr const char *text = "pci:v00001147d00000C8Esv0000ABCDsd00002090bc06sc80i0F";

Identity of(const std::string &alias)
{
	Identity identity;
	EXPECT_TRUE(take_modalias(alias, identity));
	return identity;
}

TEST(AModalias, TellsTheIdsAndTheClass)
{
	const Identity identity = of(text);
	EXPECT_EQ(identity.vendor_id, 0x1147);
	EXPECT_EQ(identity.device_id, 0x0c8e);
	EXPECT_EQ(identity.subsystem_vendor_id, 0xabcd);
	EXPECT_EQ(identity.subsystem_id, 0x2090);
	EXPECT_EQ(identity.class_code, 0x06800fu);
}

TEST(AModalias, IsWrittenAsItIsRead)
{
	EXPECT_EQ(modalias(of(text)), text);
	for (unsigned bit = 0; bit < 24; bit++) {
		Identity identity = of(text);
		identity.class_code = 1U << bit;
		EXPECT_EQ(of(modalias(identity)).class_code, 1U << bit) << bit;
	}
}

TEST(AModalias, MayGoOn)
{
	EXPECT_EQ(of(std::string{text} + "x").class_code, 0x06800fu);
}

TEST(AModalias, ThatIsCutOffIsNone)
{
	const std::string whole = text;
	for (std::size_t size = 0; size < whole.size(); size++) {
		Identity identity;
		EXPECT_FALSE(take_modalias(whole.substr(0, size), identity)) << size;
		EXPECT_EQ(identity.vendor_id, Identity{}.vendor_id) << "it is as it was";
	}
}

// Each character is a label's or a digit.
TEST(AModalias, WithAnythingElseInItIsNone)
{
	const std::string whole = text;
	for (std::size_t at = 0; at < whole.size(); at++) {
		for (const char wrong : {'-', 'g', ' ', '\0'}) {
			std::string broken = whole;
			broken[at] = wrong;
			Identity identity;
			EXPECT_FALSE(take_modalias(broken, identity)) << broken;
		}
	}
}

TEST(AModalias, OfAnotherBusIsNone)
{
	Identity identity;
	EXPECT_FALSE(take_modalias("usb:v1D6Bp0002d0601dc09dsc00dp01ic09isc00ip00in00", identity));
	EXPECT_FALSE(take_modalias("", identity));
}

} // namespace
} // namespace pcipeek::detail
