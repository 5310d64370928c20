// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "testing/simulated_file.hpp"

#include <cerrno>
#include <utility>

namespace pcipeek::testing {

SimulatedFile::SimulatedFile(std::shared_ptr<FakeBoard::Board> board, bool writable)
	: board_{std::move(board)}, writable_{writable}
{
}

SimulatedFile::~SimulatedFile()
{
	if (stay_ != board_->stay)
		return;
	board_->files--;
	stop_mastering();
	if (exclusive_)
		board_->exclusive = false;
}

void SimulatedFile::stop_mastering() noexcept
{
	if (std::exchange(bus_master_, false) && stay_ == board_->stay)
		board_->masters--;
}

int SimulatedFile::check_live() const noexcept
{
	if (!is_attached())
		return ENOTCONN;
	return board_->plugged && stay_ == board_->stay ? 0 : ENODEV;
}

int SimulatedFile::attach(const pcipeek_attach &attach)
{
	const bool exclusive = attach.flags & PCIPEEK_ATTACH_EXCLUSIVE;
	const bool bus_master = attach.flags & PCIPEEK_ATTACH_BUS_MASTER;

	if (is_attached())
		return EISCONN;
	if (attach.flags & PCIPEEK_ATTACH_FOREIGN ||
	    ((exclusive || bus_master) && !(attach.rights & PCIPEEK_RIGHT_WRITE)))
		return EINVAL;
	if (attach.rights & PCIPEEK_RIGHT_WRITE && !writable_)
		return EACCES;
	if (!board_->plugged)
		return ENODEV;
	if (board_->exclusive || (exclusive && board_->files > 0))
		return EUSERS;
	stay_ = board_->stay;
	rights_ = attach.rights;
	exclusive_ = exclusive;
	board_->exclusive = exclusive;
	bus_master_ = bus_master;
	board_->masters += bus_master ? 1 : 0;
	board_->files++;
	return 0;
}

int SimulatedFile::restrict_to(const pcipeek_restrict &restriction)
{
	if (restriction.rights & ~rights_)
		return EACCES;
	rights_ = restriction.rights;
	if (!(rights_ & PCIPEEK_RIGHT_WRITE))
		stop_mastering();
	return 0;
}

void SimulatedFile::identify(pcipeek_device_info &info) const
{
	const detail::Identity &identity = board_->identity();
	info.domain = identity.address.domain;
	info.bus = identity.address.bus;
	info.devfn =
		static_cast<std::uint8_t>(identity.address.device << 3 | identity.address.function);
	info.vendor_id = identity.vendor_id;
	info.device_id = identity.device_id;
	info.subsystem_vendor_id = identity.subsystem_vendor_id;
	info.subsystem_id = identity.subsystem_id;
	info.class_code = identity.class_code;
	info.revision_id = identity.revision_id;
}

int SimulatedFile::device_info(pcipeek_device_info &info) const
{
	if (!is_attached())
		return ENOTCONN;
	const bool ended = check_live() != 0;
	identify(info);
	info.rights = rights_;
	info.generation = board_->generation;
	info.power_state = ended ? PCIPEEK_POWER_UNKNOWN : board_->power_state;
	info.state = ended ? PCIPEEK_STATE_GRANTED | PCIPEEK_STATE_ENDED : board_->state_bits();
	info.state |= exclusive_ ? PCIPEEK_STATE_EXCLUSIVE : 0;
	info.state |= bus_master_ && !ended ? PCIPEEK_STATE_BUS_MASTER_HELD : 0;
	info.end_reason = ended ? PCIPEEK_END_REMOVED : PCIPEEK_END_NONE;
	return 0;
}

int SimulatedFile::bar_info(pcipeek_bar_info &info) const
{
	if (!is_attached())
		return ENOTCONN;
	if (info.bar >= PCIPEEK_BAR_COUNT)
		return ENXIO;
	const detail::BarSlot &slot = board_->identity().bars[info.bar];
	if (slot.kind != detail::BarSlot::Kind::present)
		return ENXIO;
	const bool memory = slot.region.type == BarType::mem;
	info.kind = memory ? PCIPEEK_BAR_MEMORY : PCIPEEK_BAR_IO;
	info.mode = PCIPEEK_BAR_MODE_UNCACHED;
	info.max_width = memory ? 8 : 4;
	info.attributes = (slot.region.prefetchable ? PCIPEEK_BAR_PREFETCHABLE : 0) |
			  (slot.region.bits == 64 ? PCIPEEK_BAR_64BIT : 0);
	info.address = slot.region.addr;
	info.length = slot.region.size;
	info.mmap_length = 0;
	info.reach_bus = board_->identity().address.bus;
	info.reach_devfn = static_cast<std::uint8_t>(board_->identity().address.device << 3 |
						     board_->identity().address.function);
	info.reach = check_live() ? PCIPEEK_REACH_UNKNOWN : board_->reach(info.bar);
	return 0;
}

} // namespace pcipeek::testing
