// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "access/byte_order.hpp"
#include "fake_channel.hpp"
#include "fake_sysfs.hpp"
#include "format.hpp"

extern "C" {
#include "validate.h"
}

#include <algorithm>
#include <cerrno>

namespace pcipeek::test {
namespace {

constexpr std::uint64_t page = 4096;

detail::Identity to_identity(const SysfsDevice &device)
{
	detail::Identity identity{.address = device.address,
				  .vendor_id = device.vendor,
				  .device_id = device.device,
				  .subsystem_vendor_id = device.subsystem_vendor,
				  .subsystem_id = device.subsystem,
				  .class_code = device.class_code,
				  .revision_id = device.revision};
	for (std::size_t i = 0; i < device.resources.size(); i++) {
		const Resource &r = device.resources[i];
		identity.bars[i] = {.kind = detail::BarSlot::Kind::present,
				    .region = {.addr = r.start,
					       .size = r.end - r.start + 1,
					       .type = r.flags & 0x100 ? BarType::io
								       : BarType::mem}};
	}
	return identity;
}

} // namespace

FakeBoard::FakeBoard(const detail::Identity &identity) : identity_{identity}
{
	info.domain = identity.address.domain;
	info.bus = identity.address.bus;
	info.devfn =
		static_cast<std::uint8_t>(identity.address.device << 3 | identity.address.function);
	info.vendor_id = identity.vendor_id;
	info.device_id = identity.device_id;
	info.subsystem_vendor_id = identity.subsystem_vendor_id;
	info.subsystem_id = identity.subsystem_id;
	info.state = PCIPEEK_STATE_GRANTED | PCIPEEK_STATE_LIVE | PCIPEEK_STATE_MEMORY_DECODE |
		     PCIPEEK_STATE_IO_DECODE;
	info.generation = 1;
	for (std::size_t i = 0; i < bars.size(); i++)
		for (std::uint64_t byte = 0; byte < identity.bars[i].region.size; byte++)
			bars[i].push_back(static_cast<std::uint8_t>(byte));
}

int FakeBoard::bar_info(pcipeek_bar_info &answer) const
{
	if (answer.size != sizeof(answer) || answer.flags)
		return EINVAL;
	const auto &slot = identity_.bars.at(answer.bar);
	const bool memory = slot.region.type == BarType::mem;
	answer.mmap_length = memory ? slot.region.size / page * page : 0;
	answer.mmap_offset = answer.bar * bar_distance;
	if (reach) {
		reach(answer);
		return 0;
	}
	answer.reach = reach_of(memory);
	answer.reach_bus = info.bus;
	answer.reach_devfn = info.devfn;
	return 0;
}

// As far as the state tells.
std::uint8_t FakeBoard::reach_of(bool memory) const
{
	const unsigned decode = memory ? PCIPEEK_STATE_MEMORY_DECODE : PCIPEEK_STATE_IO_DECODE;
	if (info.state & PCIPEEK_STATE_OFFLINE)
		return PCIPEEK_REACH_SILENT;
	if (info.power_state != 0)
		return PCIPEEK_REACH_ASLEEP;
	return info.state & decode ? PCIPEEK_REACH_OK : PCIPEEK_REACH_DECODE_OFF;
}

std::vector<std::string> FakeBoard::accesses() const
{
	const std::lock_guard lock{mutex_};
	return accesses_;
}

std::vector<std::string> FakeBoard::openings() const
{
	const std::lock_guard lock{mutex_};
	return openings_;
}

unsigned FakeBoard::calls() const
{
	const std::lock_guard lock{mutex_};
	return calls_;
}

int FakeBoard::read(pcipeek_access &access, std::uint64_t rights)
{
	if (const int error = check(access, rights, 0))
		return error;
	accesses_.push_back(
		formatted("read bar{}+{:#x} {}", access.bar, access.offset, access.width * 8));
	if (on_read)
		on_read();
	access.value = detail::load_little_endian(
		reinterpret_cast<const std::byte *>(&bars.at(access.bar).at(access.offset)),
		static_cast<Width>(access.width));
	return 0;
}

int FakeBoard::write(const pcipeek_access &access, std::uint64_t rights)
{
	if (const int error = check(access, rights, PCIPEEK_RIGHT_WRITE))
		return error;
	accesses_.push_back(formatted("write bar{}+{:#x} {} = {:#x}", access.bar, access.offset,
				      access.width * 8, access.value));
	detail::store_little_endian(
		reinterpret_cast<std::byte *>(&bars.at(access.bar).at(access.offset)),
		static_cast<Width>(access.width), access.value);
	return 0;
}

int FakeBoard::check(const pcipeek_access &access, std::uint64_t rights, std::uint64_t needed) const
{
	if (access.flags || access.reserved)
		return EINVAL;
	const int error = -pcipeek_check_right(rights, needed, access.bar);
	return error ? error : access_error;
}

int FakeBoard::flush()
{
	accesses_.emplace_back("flush");
	return access_error;
}

int FakeBoard::sleep_until(std::uint64_t time_ns)
{
	if (!sleep_errors.empty()) {
		const int error = sleep_errors.front();
		sleep_errors.erase(sleep_errors.begin());
		return error;
	}
	now_ns = std::max(now_ns, time_ns);
	if (on_sleep)
		on_sleep();
	return 0;
}

detail::Identity memory_board_identity()
{
	return to_identity(memory_board());
}

detail::Identity io_board_identity()
{
	return to_identity(io_board());
}

} // namespace pcipeek::test
