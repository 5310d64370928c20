// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "output/config_text.hpp"

#include <array>
#include <span>
#include <string_view>

/* PCI Local Bus Specification 3.0, sections 6.2.2 and 6.2.3. */
namespace pcipeek::tools {

namespace {

struct Bit {
	unsigned number;
	std::string_view name;
};

constexpr std::array<Bit, 10> command_bits{{{0, "I/O"},
					    {1, "memory"},
					    {2, "bus master"},
					    {3, "special cycles"},
					    {4, "memory write and invalidate"},
					    {5, "VGA palette snoop"},
					    {6, "parity error response"},
					    {8, "SERR"},
					    {9, "fast back-to-back"},
					    {10, "INTx off"}}};

constexpr std::array<Bit, 10> status_bits{{{3, "INTx asserted"},
					   {4, "capabilities"},
					   {5, "66 MHz"},
					   {7, "fast back-to-back"},
					   {8, "master data parity error"},
					   {11, "signaled target abort"},
					   {12, "received target abort"},
					   {13, "received master abort"},
					   {14, "signaled system error"},
					   {15, "detected parity error"}}};

std::string format(std::span<const Bit> bits, unsigned value)
{
	std::string text;

	for (const auto &[number, name] : bits)
		if (value >> number & 1) {
			text += text.empty() ? "" : ", ";
			text += name;
		}
	return text;
}

} // namespace

std::string format_command(std::uint16_t command)
{
	return format(command_bits, command);
}

std::string format_status(std::uint16_t status)
{
	return format(status_bits, status);
}

} // namespace pcipeek::tools
