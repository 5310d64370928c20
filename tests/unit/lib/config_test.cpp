// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "config_image.hpp"
#include "refusal.hpp"
#include "sysfs/config_file.hpp"

#include <pcipeek/pcipeek.hpp>

#include <gmock/gmock.h>

#include <array>
#include <fstream>
#include <sstream>

namespace pcipeek {
namespace {

using test::ConfigImage;
using test::FakeSysfs;
using test::refusal_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class AConfig : public testing::Test {
protected:
	void SetUp() override
	{
		sysfs.add(test::memory_board());
		image.put(0x00, Width::w32, 0x0c8e1147);
		image.put(0x04, Width::w32, 0x02900003);
	}

	Config open()
	{
		return image.config(sysfs);
	}

	std::string file() const
	{
		std::ostringstream text;
		text << std::ifstream{sysfs.real_path(path), std::ios::binary}.rdbuf();
		return text.str();
	}

	const std::string path = "/sys/devices/0000:05:0d.0/config";
	FakeSysfs sysfs;
	ConfigImage image;
};

TEST_F(AConfig, ReadsEachWidthInLittleEndianOrder)
{
	const Config config = open();

	EXPECT_EQ(config.read<std::uint8_t>(0x01), 0x11);
	EXPECT_EQ(config.read<std::uint16_t>(0x02), 0x0c8e);
	EXPECT_EQ(config.read<std::uint32_t>(0x00), 0x0c8e1147u);
	EXPECT_EQ(config.read_value(0xfc, Width::w32), 0u);
}

TEST_F(AConfig, WritesTheBytesOfItsWidthAndNoOther)
{
	const Config config = open();
	std::string expected = image.text();

	config.write(0x04, std::uint16_t{0x0506});
	expected[4] = 0x06;
	expected[5] = 0x05;
	EXPECT_EQ(file(), expected);

	config.write_value(0xff, Width::w8, 0x7a);
	expected[0xff] = 0x7a;
	EXPECT_EQ(file(), expected);
}

TEST_F(AConfig, UpdatesTheBitsOfTheMaskAndTellsWhatWasThere)
{
	const Config config = open();

	EXPECT_EQ(config.update(0x04, {.value = 0x5, .mask = 0x6}, Width::w16), 0x0003u);
	EXPECT_EQ(config.read<std::uint32_t>(0x04), 0x02900005u);
	EXPECT_EQ(config.update(0x04, {.value = 0x1234}, Width::w16), 0x0005u);
	EXPECT_EQ(config.read<std::uint16_t>(0x04), 0x1234);
}

TEST_F(AConfig, TellsHowManyBytesThereAre)
{
	EXPECT_EQ(open().size(), 256u);
	image = ConfigImage{4096};
	EXPECT_EQ(open().size(), 4096u);
	EXPECT_EQ(open().total_size(), 4096u);
}

TEST_F(AConfig, ReadsBytesAcrossAnyBorders)
{
	const auto data = open().read_bytes(1, 6);

	EXPECT_THAT(data, ElementsAre(std::byte{0x11}, std::byte{0x8e}, std::byte{0x0c},
				      std::byte{0x03}, std::byte{0x00}, std::byte{0x90}));
	EXPECT_EQ(open().read_bytes(0, 256).size(), 256u);
	EXPECT_THAT(open().read_bytes(256, 0), IsEmpty());
}

TEST_F(AConfig, RefusesWhatIsNotInsideIt)
{
	const Config config = open();

	EXPECT_EQ(refusal_of([&] { config.read<std::uint8_t>(0x100); }).cause(),
		  Cause::out_of_range);
	EXPECT_EQ(refusal_of([&] { config.read_value(~0ull, Width::w8); }).cause(),
		  Cause::out_of_range);
	EXPECT_EQ(refusal_of([&] { config.read_bytes(0xff, 2); }).cause(), Cause::out_of_range);
	EXPECT_STREQ(refusal_of([&] { config.write(0x100, std::uint32_t{1}); }).what(),
		     "cannot write 32 bits at config+0x100 of 0000:05:0d.0: its configuration "
		     "space has 256 bytes");
}

TEST_F(AConfig, RefusesAMisalignedOffset)
{
	const Error error = refusal_of([&] { open().read<std::uint32_t>(0x02); });

	EXPECT_EQ(error.code().value(), EINVAL);
	EXPECT_EQ(error.cause(), Cause::misaligned);
}

TEST_F(AConfig, HasNoAccessesOf64Bits)
{
	EXPECT_EQ(refusal_of([&] { open().read_value(0, Width::w64); }).cause(),
		  Cause::unsupported);
	EXPECT_EQ(refusal_of([&] { open().write_value(0, Width::w64, 0); }).cause(),
		  Cause::unsupported);
}

TEST_F(AConfig, RefusesAValueThatDoesNotFitAndWritesNothing)
{
	const Config config = open();

	EXPECT_EQ(refusal_of([&] { config.write_value(4, Width::w8, 0x100); }).cause(),
		  Cause::invalid);
	EXPECT_EQ(refusal_of([&] {
			  config.update(4, {.value = 0x10000, .mask = 1}, Width::w16);
		  }).cause(),
		  Cause::invalid);
	EXPECT_EQ(file(), image.text());
}

TEST_F(AConfig, CallsADeviceThatReadsAsAllOnesSilent)
{
	image = ConfigImage{};
	for (std::size_t offset = 0; offset < 256; offset += 4)
		image.put(offset, Width::w32, 0xffffffff);
	const Config config = open();

	EXPECT_EQ(refusal_of([&] { config.read<std::uint16_t>(0x00); }).cause(), Cause::offline);
	EXPECT_EQ(refusal_of([&] { config.read_bytes(0, 64); }).code().value(), EIO);
	EXPECT_EQ(refusal_of([&] { config.header(); }).cause(), Cause::offline);
}

TEST_F(AConfig, ReturnsAllOnesOfADeviceThatAnswers)
{
	image.put(0x10, Width::w32, 0xffffffff);

	EXPECT_EQ(open().read<std::uint32_t>(0x10), 0xffffffffu);
}

TEST_F(AConfig, CallsAWriteLostThatAnAbsentDeviceCannotHaveTaken)
{
	image = ConfigImage{};
	image.put(0x0c, Width::w32, 0xffffffff);

	const Error error = refusal_of([&] { open().write(0x04, std::uint16_t{2}); });
	EXPECT_EQ(error.cause(), Cause::offline);
	EXPECT_EQ(error.code().value(), EIO);
	EXPECT_STREQ(error.what(),
		     "cannot write 16 bits at config+0x4 of 0000:05:0d.0: it does not answer after "
		     "the write, which may be lost; is its link down, the board gone, or did the "
		     "write reset it?");
}

TEST_F(AConfig, TellsNoSizeOfADeviceThatDoesNotAnswer)
{
	image.put(0x0c, Width::w32, 0xffffffff);

	EXPECT_EQ(refusal_of([&] { open().size(); }).cause(), Cause::offline);
	EXPECT_EQ(open().total_size(), 256u);
}

TEST_F(AConfig, KnowsNoRegisterOfAHeaderOfAnUnknownType)
{
	image.put(0x0e, Width::w8, 0x7e);

	EXPECT_EQ(refusal_of([&] { open().locate(*find_config_register("COMMAND")); }).cause(),
		  Cause::absent);
}

// A device that is away for some bytes of the first read, and back, or not, for all others.
class ADeviceThatComesAndGoes : public AConfig {
protected:
	Config::File open_file()
	{
		image.config(sysfs);
		const auto read = [this](int fd, std::span<std::byte> into, off_t offset) {
			const ssize_t count = detail::read_at(fd, into, offset);
			for (std::size_t i = 0; i < into.size(); ++i)
				if (is_away(static_cast<std::size_t>(offset) + i))
					into[i] = std::byte{0xff};
			++reads;
			return count;
		};
		return Config::File{test::memory_board().address, read};
	}

	bool is_away(std::size_t offset) const
	{
		return reads == 0 ? offset >= first && offset < last : stays_away;
	}

	Cause read_header()
	{
		std::array<std::byte, 64> data{};
		return refusal_of([&] { open_file().read_bytes(0, data); }).cause();
	}

	std::size_t first = 0;
	std::size_t last = 64;
	bool stays_away = false;
	int reads = 0;
};

TEST_F(ADeviceThatComesAndGoes, HasNoHeaderWhoseEndIsMissing)
{
	first = 0x20;
	stays_away = true;
	EXPECT_EQ(read_header(), Cause::offline);
}

TEST_F(ADeviceThatComesAndGoes, HasNoHeaderWhoseEndIsMissingEvenIfItIsBack)
{
	first = 0x20;
	EXPECT_EQ(read_header(), Cause::offline);
}

TEST_F(ADeviceThatComesAndGoes, HasNoHeaderWithAHoleInIt)
{
	first = 0x24;
	last = 0x28;
	EXPECT_EQ(read_header(), Cause::offline);
}

TEST_F(ADeviceThatComesAndGoes, HasNoHeaderWhoseBeginningIsMissing)
{
	last = 0x04;
	EXPECT_EQ(read_header(), Cause::offline);
}

TEST_F(ADeviceThatComesAndGoes, HasNoHeaderWithoutATypeAndIsNotAskedAgain)
{
	first = 0x0e;
	last = 0x0f;
	EXPECT_EQ(read_header(), Cause::offline);
	EXPECT_EQ(reads, 1);
}

TEST_F(ADeviceThatComesAndGoes, HasNoBytesWithATornEnd)
{
	std::array<std::byte, 7> data{};
	first = 0x44;
	last = 0x46;
	EXPECT_EQ(refusal_of([&] { open_file().read_bytes(0x3f, data); }).cause(), Cause::offline);
}

TEST_F(ADeviceThatComesAndGoes, HasNoBytesOfWhichTheFirstIsMissing)
{
	std::array<std::byte, 7> data{};
	first = 0x41;
	last = 0x42;

	EXPECT_EQ(refusal_of([&] { open_file().read_bytes(0x41, data); }).cause(), Cause::offline);
}

TEST_F(ADeviceThatComesAndGoes, HasNoHeaderTypeOfAllOnesEvenIfItIsBack)
{
	EXPECT_EQ(refusal_of([&] { open_file().read(0x0e, Width::w8); }).cause(), Cause::offline);
}

TEST_F(AConfig, ReturnsTheOnesInTheHeaderOfADeviceThatAnswers)
{
	// A virtual function: its ids are all ones.
	image.put(0x00, Width::w32, 0xffffffff).put(0x10, Width::w32, 0xffffffff);

	const auto header = open().header();
	EXPECT_EQ(header.vendor_id, 0xffff);
	EXPECT_EQ(header.endpoint.value_or(EndpointHeader{}).bars[0], 0xffffffffu);
}

TEST_F(AConfig, IsGoneIfTheDeviceIs)
{
	const Device device = lspci({.device = 0x0c8e}).at(0);
	sysfs.remove(device.address());

	const Error error = refusal_of([&] { const Config config{device}; });
	EXPECT_EQ(error.code().value(), ENODEV);
	EXPECT_EQ(error.cause(), Cause::gone);
}

TEST_F(AConfig, DoesNotWriteToADeviceThatTookThePlaceOfItsOwn)
{
	const Config config = open();
	std::rename(sysfs.real_path(path).c_str(), sysfs.real_path(path + ".old").c_str());
	sysfs.write(path, image.text());

	EXPECT_EQ(refusal_of([&] { config.write(0x04, std::uint8_t{0}); }).cause(), Cause::gone);
	EXPECT_EQ(file(), image.text());
}

} // namespace
} // namespace pcipeek
