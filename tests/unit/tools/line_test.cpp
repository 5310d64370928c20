// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "output/line.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace pcipeek::tools {
namespace {

std::string printed(const Line &line, const Terminal &terminal)
{
	::testing::internal::CaptureStdout();
	line.print(terminal);
	return ::testing::internal::GetCapturedStdout();
}

std::string wrapped(const std::string &head, const std::vector<std::string> &items,
		    std::optional<std::size_t> columns)
{
	std::vector<Piece> pieces;
	Line line;

	for (const auto &item : items)
		pieces.push_back({item});
	line.add({head});
	::testing::internal::CaptureStdout();
	print_wrapped(line, pieces, {.columns = columns});
	return ::testing::internal::GetCapturedStdout();
}

TEST(ALine, HasStylesOnlyWhereTheyAreShown)
{
	Line line;

	line.add({"CTRL", Style::bold});
	line.go_to(6);
	line.add({"(write only)", Style::dim});
	EXPECT_EQ(printed(line, {.has_styles = false}), "CTRL  (write only)\n");
	EXPECT_EQ(printed(line, {.has_styles = true}),
		  "\033[1mCTRL\033[0m  \033[2m(write only)\033[0m\n");
}

TEST(ALine, HasNothingThatATerminalObeys)
{
	Line line;

	line.add({"a\033[31mb", Style::bold});
	EXPECT_EQ(printed(line, {.has_styles = true}), "\033[1ma?[31mb\033[0m\n");
}

TEST(ALine, CountsCharactersAndNotBytes)
{
	Line line;

	line.add({"\xc2\xb5s"});
	EXPECT_EQ(line.columns(), 2U);
	line.go_to(4);
	line.add({"x"});
	EXPECT_EQ(printed(line, {}), "\xc2\xb5s  x\n");
}

TEST(ALine, KeepsAGapWhereAColumnIsFull)
{
	Line line;

	line.add({"LONGER"});
	line.go_to(4);
	line.add({"x"});
	EXPECT_EQ(printed(line, {}), "LONGER x\n");
}

TEST(ALine, IsWrappedBelowItsItemsOnATerminalAlone)
{
	EXPECT_EQ(wrapped("NAME", {"AAAAAAAA=1", "BBBBBBBB=2", "CCCCCCCC=3"}, 30),
		  "NAME  AAAAAAAA=1 BBBBBBBB=2\n"
		  "      CCCCCCCC=3\n");
	EXPECT_EQ(wrapped("NAME", {"AAAAAAAA=1", "BBBBBBBB=2", "CCCCCCCC=3"}, std::nullopt),
		  "NAME  AAAAAAAA=1 BBBBBBBB=2 CCCCCCCC=3\n");
}

TEST(ALine, IsWrappedFurtherLeftOnANarrowTerminal)
{
	EXPECT_EQ(wrapped("AN_UNUSUALLY_LONG_NAME", {"AAAAAAAA=1", "BBBBBBBB=2"}, 30),
		  "AN_UNUSUALLY_LONG_NAME\n"
		  "      AAAAAAAA=1 BBBBBBBB=2\n");
	EXPECT_EQ(wrapped("NAME", {"AN_ITEM_THAT_IS_NOT_CUT=1", "B"}, 20),
		  "NAME  AN_ITEM_THAT_IS_NOT_CUT=1\n      B\n");
}

TEST(ALine, FitsUpToTheLastColumn)
{
	EXPECT_EQ(wrapped("NAME", {"A=1", "B=2"}, 13), "NAME  A=1 B=2\n");
	EXPECT_EQ(wrapped("NAME", {"A=1", "B=2"}, 12), "NAME  A=1\n      B=2\n");
}

/* A terminal of the kernel's, of any size. */
class ATerminal : public ::testing::Test {
protected:
	ATerminal() : master_(::posix_openpt(O_RDWR | O_NOCTTY))
	{
		::grantpt(master_);
		::unlockpt(master_);
		fd = ::open(::ptsname(master_), O_RDWR | O_NOCTTY);
		::setenv("TERM", "xterm", 1);
		::unsetenv("NO_COLOR");
		::unsetenv("COLUMNS");
	}

	~ATerminal() override
	{
		::close(fd);
		::close(master_);
	}

	void set_columns(unsigned short columns) const
	{
		const winsize size{.ws_row = 25, .ws_col = columns, .ws_xpixel = 0, .ws_ypixel = 0};

		::ioctl(fd, TIOCSWINSZ, &size);
	}

	int fd;

private:
	int master_;
};

TEST_F(ATerminal, SaysHowWideItIs)
{
	set_columns(132);
	EXPECT_EQ(terminal_of(fd).columns, 132U);
}

TEST_F(ATerminal, ThatDoesNotKnowItsWidthHasColumns)
{
	set_columns(0);
	EXPECT_EQ(terminal_of(fd).columns, 80U);
	::setenv("COLUMNS", "100", 1);
	EXPECT_EQ(terminal_of(fd).columns, 100U);
	::setenv("COLUMNS", "wide", 1);
	EXPECT_EQ(terminal_of(fd).columns, 80U);
}

TEST_F(ATerminal, HasStylesUnlessTheyAreUnwanted)
{
	EXPECT_TRUE(terminal_of(fd).has_styles);
	::setenv("NO_COLOR", "1", 1);
	EXPECT_FALSE(terminal_of(fd).has_styles);
	::unsetenv("NO_COLOR");
	::setenv("TERM", "dumb", 1);
	EXPECT_FALSE(terminal_of(fd).has_styles);
	::unsetenv("TERM");
	EXPECT_FALSE(terminal_of(fd).has_styles);
}

TEST_F(ATerminal, IsNoFile)
{
	const int file = ::open("/dev/null", O_WRONLY);

	::setenv("COLUMNS", "100", 1);
	EXPECT_FALSE(terminal_of(file).columns) << "its lines are not wrapped";
	EXPECT_FALSE(terminal_of(file).has_styles);
	::close(file);
}

} // namespace
} // namespace pcipeek::tools
