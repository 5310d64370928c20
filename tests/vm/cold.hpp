/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_COLD_HPP
#define PCIPEEK_TESTS_VM_COLD_HPP

#include <gtest/gtest.h>

#include <string>

#include "attachment.hpp"
#include "eventually.hpp"
#include "every_read.hpp"

/* The port that can be switched off, and the board behind it: machine-programs.conf. */
namespace vm {

inline const std::string cold_port = "0000:00:0b.0";
/* 8086:10d3; receive address 0, half of its MAC address and the rest of it. */
inline const Board cold_board{"0000:03:00.0", "e1000e", 0x5400, 0x5400, 0x0c005452, false};

/* The kernel's word for it: "D0", "D3cold". */
inline std::string power_state_of(const std::string &address)
{
	const std::string text = text_of("/sys/bus/pci/devices/" + address + "/power_state");
	return text.substr(0, text.find('\n'));
}

/* Both may sleep when nobody needs them, and do. Awake again when this ends. */
class MaySleep {
public:
	MaySleep()
	{
		EXPECT_EQ(0, write_pci(port_ + "/d3cold_allowed", "1"));
		EXPECT_EQ(0, write_pci(board_ + "/power/control", "auto"));
		expect_cold();
	}
	~MaySleep()
	{
		wake();
		EXPECT_EQ(0, write_pci(port_ + "/d3cold_allowed", "0"));
	}
	MaySleep(const MaySleep &) = delete;
	MaySleep &operator=(const MaySleep &) = delete;

	static void expect_cold()
	{
		EXPECT_TRUE(eventually([] { return is_cold(); }));
	}
	static bool is_cold()
	{
		return power_state_of(cold_port) == "D3cold" &&
		       power_state_of(cold_board.address) == "D3cold";
	}
	void wake() const
	{
		EXPECT_EQ(0, write_pci(board_ + "/power/control", "on"));
	}

private:
	const std::string port_ = "devices/" + cold_port;
	const std::string board_ = "devices/" + cold_board.address;
};

} // namespace vm

#endif
