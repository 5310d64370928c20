// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/config.hpp>
#include <pcipeek/device.hpp>

#include "device/attachment.hpp"
#include "device/state.hpp"
#include "errors/attempt.hpp"
#include "format.hpp"
#include "sysfs/sysfs.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>

namespace pcipeek {
namespace {

using detail::BarSlot;
using detail::BarTable;

std::string existing_bars(const BarTable &bars)
{
	std::string list;
	for (unsigned index = 0; index < bars.size(); index++)
		if (bars[index].kind == BarSlot::Kind::present)
			list += formatted("{}{}", list.empty() ? "" : ", ", index);
	return list.empty() ? "it has none" : "it has " + list;
}

std::string why_not(const BarTable &bars, unsigned index)
{
	if (index >= bars.size())
		return "BAR numbers are 0 to 5";
	if (bars[index].kind == BarSlot::Kind::upper_half)
		return formatted("it is the upper half of the 64-bit BAR {0}; use BAR {0}",
				 index - 1);
	if (bars[index].kind == BarSlot::Kind::unassigned)
		return "the kernel gave it no address; see dmesg for the reason";
	return "the device does not have it; " + existing_bars(bars);
}

std::vector<std::uint32_t> bar_registers(const Device &device)
try {
	const ConfigHeader header = Config{device}.header();
	if (header.endpoint)
		return {header.endpoint->bars.begin(), header.endpoint->bars.end()};
	if (header.bridge)
		return {header.bridge->bars.begin(), header.bridge->bars.end()};
	return {};
} catch (const Error &) {
	return {};
}

std::string sysfs_file(const detail::Identity &identity, const char *name)
{
	return detail::sysfs::device_directory(identity.address) + "/" + name;
}

// With the BARs that the kernel has forgotten.
BarTable whole_table(const Device &device)
{
	const detail::Identity &identity = device.attachment().identity();
	BarTable table = identity.bars;
	if (!detail::sysfs::is_suspended(detail::sysfs::device_directory(identity.address)))
		add_forgotten_bars(table, bar_registers(device));
	return table;
}

} // namespace

Device::Device(std::shared_ptr<detail::Attachment> attachment) noexcept
	: attachment_{std::move(attachment)}
{
}

const Address &Device::address() const noexcept
{
	return attachment_->identity().address;
}

std::uint16_t Device::vendor_id() const noexcept
{
	return attachment_->identity().vendor_id;
}

std::uint16_t Device::device_id() const noexcept
{
	return attachment_->identity().device_id;
}

std::uint16_t Device::subsystem_vendor_id() const noexcept
{
	return attachment_->identity().subsystem_vendor_id;
}

std::uint16_t Device::subsystem_id() const noexcept
{
	return attachment_->identity().subsystem_id;
}

std::uint32_t Device::class_code() const noexcept
{
	return attachment_->identity().class_code;
}

std::uint8_t Device::revision_id() const noexcept
{
	return attachment_->identity().revision_id;
}

const std::string &Device::vendor_name() const
{
	return attachment_->names().vendor_name;
}

const std::string &Device::device_name() const
{
	return attachment_->names().device_name;
}

const std::string &Device::class_name() const
{
	return attachment_->names().class_name;
}

std::optional<std::string> Device::driver() const
{
	return detail::sysfs::read_link_name(sysfs_file(attachment_->identity(), "driver"));
}

std::optional<unsigned> Device::irq() const
{
	const auto irq = detail::sysfs::read_integer(sysfs_file(attachment_->identity(), "irq"));
	return irq && *irq > 0 ? std::optional{static_cast<unsigned>(*irq)} : std::nullopt;
}

std::optional<int> Device::numa_node() const
{
	const auto node =
		detail::sysfs::read_integer(sysfs_file(attachment_->identity(), "numa_node"));
	return node && *node >= 0 ? node : std::nullopt;
}

std::string Device::local_cpus() const
{
	std::string list =
		detail::sysfs::read_file(sysfs_file(attachment_->identity(), "local_cpulist"))
			.value_or("");
	list.resize(std::min(list.size(), list.find('\n')));
	return list;
}

std::vector<UnassignedBar> Device::unassigned_bars() const
{
	const BarTable table = whole_table(*this);
	std::vector<UnassignedBar> bars;
	for (unsigned index = 0; index < table.size(); index++) {
		const BarSlot &slot = table[index];
		if (slot.kind != BarSlot::Kind::unassigned)
			continue;
		bars.push_back({.index = index,
				.type = slot.region.type,
				.size = slot.region.size > 1 ? std::optional{slot.region.size}
							     : std::nullopt,
				.prefetchable = slot.region.prefetchable,
				.bits = slot.region.bits});
	}
	return bars;
}

std::vector<Bar> Device::bars() const
{
	const BarTable &table = attachment_->identity().bars;
	std::vector<Bar> bars;
	for (unsigned index = 0; index < table.size(); index++)
		if (table[index].kind == BarSlot::Kind::present)
			bars.emplace_back(attachment_, index, table[index].region);
	return bars;
}

Bar Device::bar(unsigned index) const
{
	const BarTable &table = attachment_->identity().bars;
	if (index >= table.size() || table[index].kind != BarSlot::Kind::present)
		detail::Attempt::bar("use", address(), index)
			.fail(ENXIO, {Cause::no_such_bar, why_not(whole_table(*this), index)});
	return Bar{attachment_, index, table[index].region};
}

void Device::open(const OpenOptions &options) const
{
	attachment_->open(options);
}

bool Device::is_open() const noexcept
{
	return attachment_->channel(detail::Use::read) != nullptr;
}

DeviceState Device::state() const
{
	return detail::query_state(
		attachment_->open_for(detail::Use::read, {"ask for the state of", address()}));
}

int Device::fd() const
{
	return attachment_->open_for(detail::Use::read, {"open", address()}).fd();
}

void Device::drop_rights(const Restriction &restriction) const
{
	attachment_->drop_rights(restriction);
}

} // namespace pcipeek
