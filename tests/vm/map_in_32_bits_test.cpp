// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// The library's mmap() from a 32-bit program (map_in_32_bits.cpp): which BAR did it map?

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "attachment.hpp"
#include "trace.hpp"

namespace {

constexpr const char *program = "/usr/bin/map_in_32_bits";
/* machine-programs.conf: memory in BAR 0, the table of MSI-X in BAR 3 */
const std::string e1000e = "0000:02:00.0";

pcipeek_bar_info info_of(const vm::Attachment &attachment, std::uint8_t bar)
{
	pcipeek_bar_info info{};
	info.size = sizeof(info);
	info.bar = bar;
	EXPECT_EQ(0, attachment.ioctl(PCIPEEK_IOC_BAR_INFO, &info));
	return info;
}

/* Runs the program on a page at @offset; returns what it ended with. */
int map_and_read(const vm::Attachment &attachment, std::uint64_t offset)
{
	std::array<int, 2> input{};
	EXPECT_EQ(0, ::pipe(input.data()));
	EXPECT_EQ(8, ::write(input[1], &offset, sizeof(offset)));
	const pid_t child = ::fork();
	if (child == 0) {
		::dup2(attachment.fd(), 3);
		::dup2(input[0], 0);
		::close(1);
		::open("/dev/null", O_WRONLY);
		::execl(program, program, nullptr);
		::_exit(254);
	}
	int status = 0;
	EXPECT_EQ(child, ::waitpid(child, &status, 0));
	::close(input[0]);
	::close(input[1]);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 256 + status;
}

class AMappingIn32Bits : public testing::Test {
protected:
	void SetUp() override
	{
		if (!std::filesystem::exists(program))
			GTEST_SKIP() << "no " << program << ": it is built on x86-64 only";
	}
};

TEST_F(AMappingIn32Bits, IsOfTheBarThatWasAskedFor)
{
	const vm::Granted granted(e1000e);
	const vm::Attachment attachment(e1000e, vm::all_rights | PCIPEEK_RIGHT_MMAP);
	for (const std::uint8_t bar : {0, 3}) {
		const pcipeek_bar_info info = info_of(attachment, bar);
		ASSERT_GE(info.mmap_length, 4096U);
		const vm::Mark mark = vm::mark_trace();
		EXPECT_EQ(0, map_and_read(attachment, info.mmap_offset));
		const auto seen = vm::accesses_since(mark, e1000e);
		ASSERT_EQ(1U, seen.size());
		EXPECT_EQ("read bar" + std::to_string(bar) + "+0x00.l ", seen[0].substr(0, 17));
	}
}

} // namespace
