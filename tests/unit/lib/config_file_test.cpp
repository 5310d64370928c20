// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "config_image.hpp"
#include "file_limit.hpp"
#include "refusal.hpp"
#include "sysfs/config_file.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace pcipeek {
namespace {

namespace fs = std::filesystem;
using test::ConfigImage;
using test::FakeSysfs;
using test::refusal_of;

// The file, with a kernel in front of it that can do less than read all of it.
class TheConfigFile : public testing::Test {
protected:
	TheConfigFile()
	{
		sysfs.add(test::memory_board());
		image.put(0x00, Width::w32, 0x0c8e1147).put(0x40, Width::w32, 0x12345678);
	}

	Config::File open()
	{
		sysfs.write(path, image.text());
		return open_as_it_is();
	}

	Config::File open_as_it_is()
	{
		return Config::File{test::memory_board().address,
				    [this](int fd, std::span<std::byte> into, off_t offset) {
					    return read(fd, into, offset);
				    }};
	}

	Error error_of_reading()
	{
		return refusal_of([&] { open().read(0x40, Width::w32); });
	}

	Error error_of_reading_bytes()
	{
		std::array<std::byte, 8> bytes{};
		return refusal_of([&] { open().read_bytes(0x40, bytes); });
	}

	std::string text(const std::string &of) const
	{
		std::ostringstream text;
		text << std::ifstream{sysfs.real_path(of), std::ios::binary}.rdbuf();
		return text.str();
	}

	const std::string path = "/sys/devices/0000:05:0d.0/config";
	FakeSysfs sysfs;
	ConfigImage image;
	int error = 0; // of each read
	std::size_t shown = 4096; // the end of the file, to this user
	std::size_t longest = 4096; // that one read gives
	int reads = 0;

private:
	ssize_t read(int fd, std::span<std::byte> into, off_t offset)
	{
		++reads;
		if (error) {
			errno = error;
			return -1;
		}
		const auto from = std::min(static_cast<std::size_t>(offset), shown);
		const std::size_t size = std::min({into.size(), shown - from, longest});
		return detail::read_at(fd, into.first(size), offset);
	}
};

TEST_F(TheConfigFile, KeepsTheErrorOfARead)
{
	error = EINTR;
	EXPECT_EQ(error_of_reading().code().value(), EINTR);
	EXPECT_EQ(error_of_reading_bytes().code().value(), EINTR);
	EXPECT_EQ(refusal_of([&] { open().readable(); }).code().value(), EINTR);
}

TEST_F(TheConfigFile, OfADeviceThatGoesIsGone)
{
	for (const int code : {ENOENT, ENODEV}) {
		error = code;
		EXPECT_EQ(error_of_reading().code().value(), ENODEV);
		EXPECT_EQ(error_of_reading().cause(), Cause::gone);
	}
}

TEST_F(TheConfigFile, ThatIsEmptyIsOfADeviceThatIsGone)
{
	shown = 0;
	errno = 0;
	EXPECT_EQ(refusal_of([&] { open().readable(); }).code().value(), ENODEV);
}

TEST_F(TheConfigFile, EndsEarlierForThoseWhoAreNotRoot)
{
	for (const std::size_t end : {0x40UL, 0x42UL}) {
		shown = end;
		EXPECT_EQ(error_of_reading().code().value(), EACCES) << end;
		EXPECT_EQ(error_of_reading().cause(), Cause::needs_root) << end;
		EXPECT_EQ(error_of_reading_bytes().code().value(), EACCES) << end;
		EXPECT_EQ(error_of_reading_bytes().cause(), Cause::needs_root) << end;
	}
}

TEST_F(TheConfigFile, TellsHowMuchOfItTheCallerMayRead)
{
	EXPECT_EQ(open().readable(), 256u);
	shown = 64;
	EXPECT_EQ(open().readable(), 64u);
	EXPECT_EQ(open().space(), 256u);
	image.put(0x0e, Width::w8, 0x82); // a CardBus bridge, one of several functions
	shown = 128;
	EXPECT_EQ(open().readable(), 128u);
	image = ConfigImage{48};
	EXPECT_EQ(open().readable(), 48u);
}

TEST_F(TheConfigFile, FindsOutOnceHowMuchTheCallerMayRead)
{
	const Config::File file = open();
	EXPECT_EQ(file.readable(), 256u);
	const int before = reads;
	EXPECT_EQ(file.readable(), 256u);
	EXPECT_EQ(reads, before);
}

TEST_F(TheConfigFile, IsReadInPiecesIfTheKernelGivesNoMore)
{
	std::array<std::byte, 8> bytes{};
	longest = 1;
	image.put(0x44, Width::w32, 0x9abcdef0);
	open().read_bytes(0x40, bytes);
	EXPECT_EQ(bytes[3], std::byte{0x12});
	EXPECT_EQ(bytes[4], std::byte{0xf0});
	EXPECT_EQ(bytes[7], std::byte{0x9a});
	EXPECT_EQ(reads, 8);
}

TEST_F(TheConfigFile, IsReadOnceWhereTheAnswerIsNotAllOnes)
{
	std::array<std::byte, 8> bytes{};
	EXPECT_EQ(open().read(0x40, Width::w32), 0x12345678u);
	EXPECT_EQ(reads, 1);
	open().read_bytes(0x40, bytes);
	EXPECT_EQ(reads, 2);
}

// Each of the three is followed by one of the header type, of which no device has all ones.
TEST_F(TheConfigFile, IsReadThreeTimesMoreWhereTheAnswerIsAllOnes)
{
	std::array<std::byte, 16> bytes{};
	image.put(0x44, Width::w32, 0xffffffff).put(0x48, Width::w32, 0xffffffff);
	open().read_bytes(0x40, bytes);
	EXPECT_EQ(bytes[3], std::byte{0x12});
	EXPECT_EQ(bytes[4], std::byte{0xff});
	EXPECT_EQ(bytes[12], std::byte{0});
	EXPECT_EQ(reads, 1 + 3 * 2);
}

TEST_F(TheConfigFile, OpensWhateverFailedBefore)
{
	errno = ENOENT;
	EXPECT_EQ(open().space(), 256u);
	errno = ENOENT;
	EXPECT_NO_THROW(open_as_it_is());
}

TEST_F(TheConfigFile, KeepsTheErrorOfAnOpen)
{
	fs::remove(sysfs.real_path(path));
	fs::create_symlink("config", sysfs.real_path(path));
	EXPECT_EQ(refusal_of([&] { open_as_it_is(); }).code().value(), ELOOP);
}

TEST_F(TheConfigFile, ThatIsMissingBecauseSysfsIsSaysSo)
{
	fs::remove_all(sysfs.real_path("/sys"));
	const Error missing = refusal_of([&] { open_as_it_is(); });
	EXPECT_EQ(missing.cause(), Cause::no_sysfs);
	EXPECT_EQ(missing.code().value(), ENOENT);
}

TEST_F(TheConfigFile, KeepsTheErrorOfAWrite)
{
	const Config::File file = open();
	const test::FileLimit limit{0x42};
	EXPECT_EQ(refusal_of([&] { file.write(0x44, Width::w32, 1); }).code().value(), EFBIG);
	EXPECT_EQ(refusal_of([&] { file.write(0x40, Width::w32, 1); }).code().value(), EIO)
		<< "half of it";
}

TEST_F(TheConfigFile, KeepsTheErrorOfAnOpenForWriting)
{
	const Config::File file = open();
	fs::remove(sysfs.real_path(path));
	fs::create_directory(sysfs.real_path(path));
	EXPECT_EQ(refusal_of([&] { file.write(0x40, Width::w32, 1); }).code().value(), EISDIR);
}

TEST_F(TheConfigFile, OnceItWasWrittenStaysTheSame)
{
	const Config::File file = open();
	file.write(0x40, Width::w8, 1);
	fs::rename(sysfs.real_path(path), sysfs.real_path(path + ".old"));
	sysfs.write(path, image.text());
	file.write(0x41, Width::w8, 2);
	EXPECT_EQ(text(path), image.text());
	EXPECT_EQ(text(path + ".old").substr(0x40, 2), "\x01\x02");
}

TEST_F(TheConfigFile, IsNotReadForAnUpdateThatCannotBe)
{
	const Config::File file = open();
	EXPECT_STREQ(refusal_of([&] { file.update(0x42, {.value = 1}, Width::w32); }).what(),
		     "cannot update 32 bits at config+0x42 of 0000:05:0d.0: the offset is not a "
		     "multiple of 4 bytes");
	EXPECT_EQ(reads, 0);
}

TEST_F(TheConfigFile, IsNotInheritedByProgramsThatAreStarted)
{
	int fd = -1;
	const Config::File file{test::memory_board().address,
				[&](int used, std::span<std::byte>, off_t) {
					fd = used;
					return 0;
				}};
	EXPECT_THROW(file.readable(), Error);
	EXPECT_TRUE(::fcntl(fd, F_GETFD) & FD_CLOEXEC);
}

} // namespace
} // namespace pcipeek
