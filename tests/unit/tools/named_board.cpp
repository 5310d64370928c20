// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "named_board.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace pcipeek::tools {

namespace {

constexpr const char *board_map = R"(
name  = "A board"
match = ["1147:0c8e"]

[bar0.STATUS]
offset = 0x20
fields.BUSY  = { bits = "0", access = "ro" }
fields.LEVEL = { bits = "3:1" }
fields.ERROR = { bits = "4", access = "rw1c" }

[bar0.CTRL]
offset = 0x08
fields.START     = "0"
fields.DIRECTION = { bits = "1", values = { from_ram = 0, to_ram = 1 } }
fields.MODE      = { bits = "7:4", values = { idle = 0, slow = 2, fast = 3 } }
fields.LATCH     = { bits = "9", access = "rw1c" }
fields.KEEP      = { bits = "10", write = "zero-to-clear" }

[bar0.KEY]
offset = 0x0c
access = "wo"
fields.CODE = "7:0"

[bar0.ID]
offset = 0x10
access = "ro"

[bar0.COUNTER]
offset = 0x18
width  = 64
word   = 32
fields.LOW  = "31:0"
fields.TOP  = { bits = "63:60", values = { off = 0, on = 1 } }
fields.MIDDLE = "39:24"

[bar0.TOTAL]
offset = 0x28
width  = 64
word   = 32
order  = "high-first"
fields.TOP = "63:60"

[bar0.ODD]
offset = 0x30
width  = 24

[bar0.CH]
offset = 0x34
count  = 2
stride = 4
width  = 16
[bar0.CH.registers.GAIN]
offset = 0
[bar0.CH.registers.bias]
offset = 2

[bar0.BEHIND]
offset = 0x40

[bar0.CROOKED]
offset = 0x22

[bar1.DATA]
offset = 0x00
width  = 8
fields.WIDE = "7:0"

[bar1.STATE]
offset = 0x04
width  = 16

[bar3.NOWHERE]
offset = 0

[config.LINE]
offset = 0x3c
width  = 8
fields.HIGH = "7:4"

[config.CAP_EXP]
capability = 0x10
[config.CAP_EXP.registers.LNKSTA]
offset = 0x12
width  = 16

[bar0.MOVED]
base = "ID"
[bar0.MOVED.registers.FIRST]
offset = 0x04
)";

} // namespace

ANamedBoard::ANamedBoard()
{
	std::string name = ::testing::TempDir() + "pcipeek-XXXXXX";

	folder_ = ::mkdtemp(name.data());
	::setenv("PCIPEEK_MAPS", folder_.c_str(), 1);
	::setenv("XDG_CONFIG_HOME", folder_.c_str(), 1);
	write_map("1147-0c8e.toml", board_map);
}

ANamedBoard::~ANamedBoard()
{
	std::error_code ignored;

	std::filesystem::remove_all(folder_, ignored);
	::unsetenv("PCIPEEK_MAPS");
	::unsetenv("XDG_CONFIG_HOME");
}

std::string ANamedBoard::write_map(const std::string &name, const std::string &text)
{
	const std::string path = folder_ + '/' + name;

	std::ofstream(path) << text;
	return path;
}

void ANamedBoard::remove_map(const std::string &name)
{
	std::filesystem::remove(folder_ + '/' + name);
}

} // namespace pcipeek::tools
