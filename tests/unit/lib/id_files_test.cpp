// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "names/gzip.hpp"
#include "names/id_files.hpp"
#include "names/large_file.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>

namespace pcipeek::detail {
namespace {

namespace fs = std::filesystem;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char *vendor_only = "1147  Interface Corp\n";
constexpr const char *vendor_and_device = "1147  Another name\n\t0c8e  Counter\n";
constexpr Identity board{.vendor_id = 0x1147, .device_id = 0x0c8e, .class_code = 0xff0000};

class Lists : public testing::Test {
protected:
	Lists()
	{
		fs::create_directory(directory_);
	}
	~Lists() override
	{
		fs::remove_all(directory_);
	}

	std::string path(const std::string &name) const
	{
		return directory_ / name;
	}

	std::string list(const std::string &name, const std::string &text) const
	{
		std::ofstream{path(name), std::ios::binary} << text;
		return path(name);
	}

	// What gzip makes of the text.
	std::string compressed(const std::string &text) const
	{
		const std::string file = list("to-compress", text);
		EXPECT_EQ(0, std::system(("gzip -kf " + file).c_str()));
		std::ifstream in{file + ".gz", std::ios::binary};
		return {std::istreambuf_iterator<char>{in}, {}};
	}

	static Names names(const std::vector<std::string> &paths)
	{
		IdFiles files{paths};
		Names found;
		files.complete(found, board);
		return found;
	}

private:
	const fs::path directory_ =
		fs::temp_directory_path() / ("pcipeek-id-files-" + std::to_string(::getpid()));
};

TEST_F(Lists, AreAskedInTheirOrderForWhatIsMissing)
{
	const Names found = names({list("a", vendor_only), list("b", vendor_and_device)});
	EXPECT_EQ(found.vendor_name, "Interface Corp");
	EXPECT_EQ(found.device_name, "Counter");
}

TEST_F(Lists, LeaveTheNamesThatAreKnownAlone)
{
	IdFiles files{{list("a", vendor_and_device)}};
	Names known;
	known.vendor_name = "Known";
	files.complete(known, board);
	EXPECT_EQ(known.vendor_name, "Known");
	EXPECT_EQ(known.device_name, "Counter");
}

TEST_F(Lists, FillInTheOneNameThatIsMissing)
{
	const std::string text = std::string{vendor_and_device} + "C ff  Class\n";
	IdFiles files{{list("a", text)}};
	for (const auto missing : {&Names::vendor_name, &Names::device_name, &Names::class_name}) {
		Names names{.vendor_name = "known", .device_name = "known", .class_name = "known"};
		(names.*missing).clear();
		EXPECT_TRUE(is_incomplete(names));
		files.complete(names, board);
		EXPECT_NE(names.*missing, "known");
		EXPECT_NE(names.*missing, "");
		EXPECT_FALSE(is_incomplete(names));
	}
}

TEST_F(Lists, ThatAreEmptyOrNoneHideNoOther)
{
	ASSERT_EQ(0, ::mkfifo(path("fifo").c_str(), 0600));
	fs::create_directory(path("directory"));
	fs::create_symlink(path("nothing"), path("dangling"));
	fs::create_symlink("/dev/zero", path("endless"));
	list("sparse", "");
	fs::resize_file(path("sparse"), std::uintmax_t{1} << 40);

	for (const char *other :
	     {"empty", "absent", "fifo", "directory", "dangling", "endless", "sparse"}) {
		if (std::string{other} == "empty")
			list(other, "");
		EXPECT_EQ(names({path(other), list("good", vendor_and_device)}).device_name,
			  "Counter")
			<< other;
	}
	for (const char *none : {"absent", "fifo", "directory", "endless"})
		EXPECT_EQ(read_large_file(path(none).c_str()), std::nullopt) << none;
}

// As files of sysfs are, whose size is that of a page.
TEST_F(Lists, ThatAreShorterThanTheySayAreReadToTheirEnd)
{
	const char *file = "/sys/devices/system/cpu/possible";
	if (!fs::exists(file) || fs::file_size(file) != 4096)
		GTEST_SKIP() << "this machine shows no " << file;

	const std::string text = read_large_file(file).value_or("");
	EXPECT_LT(text.size(), 100U);
	EXPECT_TRUE(text.ends_with('\n')) << text;
}

TEST_F(Lists, OfGarbageAreLimited)
{
	EXPECT_THAT(names({list("line", std::string(3 << 20, 'x'))}).vendor_name, IsEmpty());
	EXPECT_THAT(names({list("name", "1147  " + std::string(3 << 20, 'x'))}).vendor_name,
		    SizeIs(longest_name));
	std::string short_lines;
	for (std::size_t i = 0; i < largest_file / 2; i++)
		short_lines += "x\n";
	EXPECT_THAT(names({list("lines", short_lines)}).vendor_name, IsEmpty());
	EXPECT_THAT(read_large_file(list("large", short_lines + "x").c_str()),
		    testing::Eq(std::nullopt));
}

TEST_F(Lists, OfDosHaveNoReturnsInTheirNames)
{
	const Names found = names({list("dos", "# dos\r\n\r\n1147  Interface Corp\r\n\r\n"
					       "\t0c8e  Counter\r\nC ff  Class\r\n")});
	EXPECT_EQ(found.vendor_name, "Interface Corp");
	EXPECT_EQ(found.device_name, "Counter");
	EXPECT_EQ(found.class_name, "Class");
}

TEST_F(Lists, MayBeCompressed)
{
	EXPECT_EQ(names({list("a.gz", compressed(vendor_and_device))}).device_name, "Counter");
}

TEST_F(Lists, ThatAreDamagedHideNoOther)
{
	const std::string whole = compressed(vendor_and_device);
	for (const std::string &data : {whole.substr(0, whole.size() / 2), whole.substr(0, 2),
					"\x1f\x8b" + std::string(100, 'x')})
		EXPECT_EQ(
			names({list("bad.gz", data), list("good", vendor_and_device)}).device_name,
			"Counter");
}

TEST_F(Lists, ThatExpandBeyondTheLimitAreIgnored)
{
	const std::string bomb = compressed(std::string(largest_file + 1, ' '));
	EXPECT_LT(bomb.size(), largest_file);
	EXPECT_EQ(gunzip(bomb, largest_file), std::nullopt);
	EXPECT_THAT(names({list("bomb.gz", bomb)}).vendor_name, IsEmpty());
	EXPECT_TRUE(gunzip(compressed(std::string(largest_file, ' ')), largest_file));
}

TEST_F(Lists, OfTheLargestSizeAreRead)
{
	const std::string file = list("large", std::string(largest_file, '#'));
	EXPECT_THAT(read_large_file(file.c_str()).value_or(""), SizeIs(largest_file));
}

TEST_F(Lists, AreReadToTheirEndAndNoFurther)
{
	const std::string text = compressed(vendor_and_device);
	EXPECT_EQ(gunzip(text, largest_file), vendor_and_device);
	EXPECT_EQ(read_large_file(list("one", "1").c_str()), "1");
	EXPECT_EQ(read_large_file(list("none", "").c_str()), "");
}

} // namespace
} // namespace pcipeek::detail
