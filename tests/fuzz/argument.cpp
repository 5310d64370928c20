// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// Devices, patterns of devices, and times, as they are written on the command line.
#include "grammar/device_selector.hpp"
#include "grammar/duration.hpp"
#include "grammar/pattern.hpp"

#include "claim.hpp"
#include "input.hpp"

namespace pcipeek::fuzz {

namespace {

void check_address(const Address &address)
{
	claim(address.device < 32 && address.function < 8, "an address is one that there can be");
	claim(Address::parse(to_string(address)) == address, "what is printed is the same address");
}

void check_device(std::string_view text)
{
	const auto device = parsed(tools::parse_device, text);
	if (!device)
		return;

	claim(device->ids || device->address, "a device is named by something");
	claim(!device->index || (device->ids && !device->address), "only ids are counted");
	claim(device->text == text, "a device is quoted as it was written");
	if (device->address)
		check_address(*device->address);
}

/* A slot pattern that is an address matches that address and its like. */
void check_patterns(std::string_view text)
{
	const auto address = Address::parse(text);
	const auto slot = parsed(tools::parse_slot_pattern, text);

	(void)parsed(tools::parse_id_pattern, text);
	if (address)
		check_address(*address);
	if (address && slot)
		claim(slot->matches(*address), "an address matches itself");
	if (slot)
		claim(slot->device || !slot->function, "a function is one of a device");
}

void check_time(std::string_view text)
{
	const auto time = parsed(tools::parse_duration, text);
	if (!time)
		return;

	claim(time->count() >= 0, "a time is not negative");
	claim(parsed(tools::parse_duration, tools::format_duration(*time)) == time,
	      "what is printed is the same time");
	if (const auto microseconds = parsed(tools::parse_microseconds, text))
		claim(*microseconds == *time, "microseconds are not rounded");
}

} // namespace

} // namespace pcipeek::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
	using namespace pcipeek::fuzz;

	const auto text = text_of(data, size);
	check_device(text);
	check_patterns(text);
	check_time(text);
	return 0;
}
