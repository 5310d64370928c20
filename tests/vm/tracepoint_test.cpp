// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// The tracepoint pcipeek:pcipeek_access, as a person would use it: through tracefs.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <string>
#include <vector>

#include "attachment.hpp"
#include "machine.hpp"

namespace {

using testing::ElementsAre;
using vm::access_at;
using vm::Granted;
using vm::Attachment;

using vm::edu;
const std::string tracefs = "/sys/kernel/tracing/";

void write_file(const std::string &file, const std::string &text)
{
	std::ofstream out(tracefs + file);
	out << text << std::flush;
	ASSERT_TRUE(out) << tracefs + file;
}

/* What stands behind the name of the event. */
std::vector<std::string> recorded()
{
	std::ifstream trace(tracefs + "trace");
	const std::string event = "pcipeek_access: ";
	std::vector<std::string> all;
	for (std::string line; std::getline(trace, line);)
		if (const auto at = line.find(event); at != std::string::npos)
			all.push_back(line.substr(at + event.size()));
	return all;
}

class Tracepoint : public testing::Test {
protected:
	void SetUp() override
	{
		write_file("trace", "");
		write_file("events/pcipeek/pcipeek_access/enable", "1");
	}
	void TearDown() override
	{
		write_file("events/pcipeek/pcipeek_access/enable", "0");
	}

	Granted granted_{edu};
	Attachment attachment_{edu};
};

TEST_F(Tracepoint, RecordsEveryAccessWithItsValue)
{
	pcipeek_access access = access_at(0, 0, 4);
	ASSERT_EQ(0, attachment_.read(access));
	ASSERT_EQ(0, attachment_.write(access_at(0, 4, 4, 0x1234)));
	std::array<std::uint32_t, 2> words{};
	pcipeek_block block = vm::block_at(0, 0, 4, 2, words.data());
	ASSERT_EQ(0, attachment_.block(block));
	EXPECT_THAT(recorded(),
		    ElementsAre("0000:00:03.0 read bar0+0x00 width=4 value=0x10000ed",
				"0000:00:03.0 write bar0+0x04 width=4 value=0x1234",
				"0000:00:03.0 read bar0+0x00 width=4 value=0x10000ed",
				"0000:00:03.0 read bar0+0x04 width=4 value=0xffffedcb"));
}

TEST_F(Tracepoint, RecordsNothingOfWhatIsRefused)
{
	pcipeek_access access = access_at(0, 1 << 20, 4);
	EXPECT_NE(0, attachment_.read(access));
	EXPECT_THAT(recorded(), testing::IsEmpty());
}

} // namespace
