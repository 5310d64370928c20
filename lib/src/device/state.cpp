// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "device/state.hpp"

namespace pcipeek::detail {
namespace {

// An end is final, so it goes before whatever else the bits say.
Life life_of(std::uint32_t bits) noexcept
{
	if (bits & PCIPEEK_STATE_ENDED)
		return Life::ended;
	if (bits & PCIPEEK_STATE_RESET)
		return Life::resetting;
	return bits & PCIPEEK_STATE_LIVE ? Life::live : Life::stopped;
}

} // namespace

int query_info(Channel &channel, pcipeek_device_info &info) noexcept
{
	info = {};
	info.size = sizeof(info);
	return channel.call(PCIPEEK_IOC_DEVICE_INFO, &info);
}

DeviceState query_state(Channel &channel) noexcept
{
	pcipeek_device_info info{};
	return query_info(channel, info) ? DeviceState{} : to_state(info);
}

Address address_of(const pcipeek_device_info &info) noexcept
{
	return {.domain = info.domain,
		.bus = info.bus,
		.device = static_cast<std::uint8_t>(info.devfn >> 3),
		.function = static_cast<std::uint8_t>(info.devfn & 7)};
}

DeviceState to_state(const pcipeek_device_info &info) noexcept
{
	const auto is = [&info](unsigned bit) {
		return (info.state & bit) != 0;
	};

	DeviceState state{.granted = is(PCIPEEK_STATE_GRANTED),
			  .life = life_of(info.state),
			  .beside_driver = is(PCIPEEK_STATE_DRIVER),
			  .exclusive = is(PCIPEEK_STATE_EXCLUSIVE),
			  .memory_decode = is(PCIPEEK_STATE_MEMORY_DECODE),
			  .io_decode = is(PCIPEEK_STATE_IO_DECODE),
			  .bus_master = is(PCIPEEK_STATE_BUS_MASTER),
			  .bus_master_requested = is(PCIPEEK_STATE_BUS_MASTER_REQUESTED),
			  .bus_master_held = is(PCIPEEK_STATE_BUS_MASTER_HELD),
			  .offline = is(PCIPEEK_STATE_OFFLINE),
			  .unmaskable_interrupt = is(PCIPEEK_STATE_UNMASKABLE_INTERRUPT),
			  .end_reason = static_cast<EndReason>(info.end_reason),
			  .generation = info.generation,
			  .rights = info.rights};
	if (info.power_state <= PCIPEEK_POWER_D3HOT)
		state.power_state = info.power_state;
	return state;
}

} // namespace pcipeek::detail
