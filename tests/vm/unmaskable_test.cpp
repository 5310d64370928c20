// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// Functions whose INTx cannot be masked: they are refused unless root names them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <iomanip>
#include <sstream>
#include <string>

#include "attachment.hpp"
#include "flaws.hpp"
#include "machine.hpp"

namespace {

using vm::edu;
using vm::Granted;
using vm::rtl8139;
using vm::testdev;
using vm::Attachment;

const std::string parameter = "/sys/module/pcipeek/parameters/unmaskable_interrupt";

int bind(const std::string &address)
{
	const std::string override_file = "devices/" + address + "/driver_override";
	EXPECT_EQ(0, vm::write_pci(override_file, "pcipeek"));
	const int error = vm::write_pci("drivers/pcipeek/bind", address);
	EXPECT_EQ(0, vm::write_pci(override_file, "\n"));
	return error;
}

class AnInterruptThatCannotBeMasked : public testing::Test {
protected:
	AnInterruptThatCannotBeMasked()
	{
		flaws_.make_unmaskable(edu);
	}
	~AnInterruptThatCannotBeMasked() override
	{
		EXPECT_EQ(0, vm::write_file(parameter, "\n"));
	}

	vm::Flaws flaws_;
};

TEST_F(AnInterruptThatCannotBeMasked, IsRefused)
{
	EXPECT_EQ(EOPNOTSUPP, bind(edu));
	EXPECT_EQ("", vm::link_name("devices/" + edu + "/driver"));
}

TEST_F(AnInterruptThatCannotBeMasked, IsAllowedByRootForThatFunctionAlone)
{
	flaws_.make_unmaskable(rtl8139);
	ASSERT_EQ(0, vm::write_file(parameter, edu + '\n'));
	const Granted granted(edu);
	pcipeek_access access = vm::access_at(0, 0, 4);
	EXPECT_EQ(0, Attachment(edu).read(access));
	EXPECT_EQ(0x010000edU, access.value);
	EXPECT_EQ(EOPNOTSUPP, bind(rtl8139));
}

TEST_F(AnInterruptThatCannotBeMasked, IsToldByDeviceInfo)
{
	ASSERT_EQ(0, vm::write_file(parameter, edu));
	const Granted granted(edu);
	const Granted other(rtl8139);
	EXPECT_TRUE(Attachment(edu).info().state & PCIPEEK_STATE_UNMASKABLE_INTERRUPT);
	EXPECT_FALSE(Attachment(rtl8139).info().state & PCIPEEK_STATE_UNMASKABLE_INTERRUPT);
}

TEST_F(AnInterruptThatCannotBeMasked, IsToldOfAForeignFunction)
{
	const Attachment attachment(edu, PCIPEEK_RIGHT_ALL_BARS, PCIPEEK_ATTACH_FOREIGN);
	EXPECT_TRUE(attachment.info().state & PCIPEEK_STATE_UNMASKABLE_INTERRUPT);
}

TEST_F(AnInterruptThatCannotBeMasked, IsNoMatterWithoutAPin)
{
	flaws_.make_unmaskable(testdev);
	const Granted granted(testdev);
	EXPECT_FALSE(Attachment(testdev).info().state & PCIPEEK_STATE_UNMASKABLE_INTERRUPT);
}

std::string function_on_bus(unsigned bus)
{
	std::ostringstream text;
	text << "0000:" << std::hex << std::setw(2) << std::setfill('0') << bus << ":00.0";
	return text.str();
}

class TheListOfUnmaskableInterrupts : public testing::Test {
protected:
	~TheListOfUnmaskableInterrupts() override
	{
		EXPECT_EQ(0, vm::write_file(parameter, "\n"));
	}

	static std::string list()
	{
		return vm::text_of(parameter);
	}
};

TEST_F(TheListOfUnmaskableInterrupts, GrowsByWhatIsWrittenAndIsClearedByAnEmptyLine)
{
	EXPECT_EQ("\n", list());
	EXPECT_EQ(0, vm::write_file(parameter, "0000:00:03.0\n"));
	EXPECT_EQ(0, vm::write_file(parameter, "10001:FF:1f.7,0000:00:03.0"));
	EXPECT_EQ("0000:00:03.0,10001:ff:1f.7\n", list());
	EXPECT_EQ(0, vm::write_file(parameter, "\n"));
	EXPECT_EQ("\n", list());
}

TEST_F(TheListOfUnmaskableInterrupts, TakesAllOrNothing)
{
	EXPECT_EQ(0, vm::write_file(parameter, "0000:00:03.0"));
	for (const char *bad :
	     {"0000:00:04.0,x", "00:04.0", "0000:00:04", "0000:00:20.0", "0000:00:04.8",
	      "0000:00:04.0 0000:00:05.0", "0000:00:04.0;", "edu"})
		EXPECT_EQ(EINVAL, vm::write_file(parameter, bad)) << bad;
	EXPECT_EQ("0000:00:03.0\n", list());
}

TEST_F(TheListOfUnmaskableInterrupts, HasRoomFor32Functions)
{
	for (unsigned i = 0; i < 32; i++)
		EXPECT_EQ(0, vm::write_file(parameter, function_on_bus(i))) << i;
	EXPECT_EQ(0, vm::write_file(parameter, function_on_bus(31))) << "is there already";
	EXPECT_EQ(ENOSPC, vm::write_file(parameter, function_on_bus(32)));
	EXPECT_THAT(list(), testing::EndsWith(",0000:1f:00.0\n"));
}

TEST_F(TheListOfUnmaskableInterrupts, IsForRootToWrite)
{
	EXPECT_EQ(EACCES, vm::as_user([] { return vm::write_file(parameter, edu); }));
}

} // namespace
