// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "access/ioctl_channel.hpp"
#include "device/attach.hpp"
#include "device/attachment.hpp"
#include "device/state.hpp"
#include "format.hpp"

#include <pcipeek/device.hpp>
#include <pcipeek/error.hpp>

#include <cerrno>
#include <utility>

namespace pcipeek {
namespace {

using detail::BarSlot;
using detail::Identity;
using detail::IoctlChannel;

[[noreturn]] void refuse(int fd, int code, Cause cause, const char *why)
{
	throw Error{{.code = code,
		     .cause = cause,
		     .text = formatted("cannot adopt the descriptor {}: {}", fd, why)}};
}

void check_node(IoctlChannel &channel)
{
	if (!detail::is_character_device(channel.fd()))
		refuse(channel.fd(), EINVAL, Cause::invalid,
		       "it is not an open file of "
		       "/dev/pcipeek");
	if (detail::check_version(channel))
		refuse(channel.fd(), EINVAL, Cause::wrong_module,
		       "it is not the /dev/pcipeek that this library knows");
}

// What the module knows of a BAR; absent is all that it does not know.
BarSlot ask_for_bar(IoctlChannel &channel, std::size_t index)
{
	pcipeek_bar_info info{};
	info.size = sizeof(info);
	info.bar = static_cast<std::uint8_t>(index);
	if (channel.call(PCIPEEK_IOC_BAR_INFO, &info))
		return {};
	const bool wide = info.attributes & PCIPEEK_BAR_64BIT;
	return {.kind = BarSlot::Kind::present,
		.region = {.addr = info.address,
			   .size = info.length,
			   .type = info.kind == PCIPEEK_BAR_IO ? BarType::io : BarType::mem,
			   .prefetchable = (info.attributes & PCIPEEK_BAR_PREFETCHABLE) != 0,
			   .bits = static_cast<std::uint8_t>(wide ? 64 : 32)}};
}

detail::BarTable ask_for_bars(IoctlChannel &channel)
{
	detail::BarTable table;
	for (std::size_t index = 0; index < table.size(); index++) {
		const bool upper_half = index > 0 && table[index - 1].region.bits == 64;
		table[index] = upper_half ? BarSlot{.kind = BarSlot::Kind::upper_half}
					  : ask_for_bar(channel, static_cast<std::uint8_t>(index));
	}
	return table;
}

Identity ask_for_identity(IoctlChannel &channel)
{
	pcipeek_device_info info{};
	if (detail::query_info(channel, info))
		refuse(channel.fd(), EINVAL, Cause::invalid, "it is not attached to a device");
	return {.address = detail::address_of(info),
		.vendor_id = info.vendor_id,
		.device_id = info.device_id,
		.subsystem_vendor_id = info.subsystem_vendor_id,
		.subsystem_id = info.subsystem_id,
		.class_code = info.class_code,
		.revision_id = info.revision_id,
		.bars = ask_for_bars(channel)};
}

} // namespace

Device Device::adopt(int fd)
{
	auto channel = std::make_unique<IoctlChannel>(fd);
	try {
		check_node(*channel);
		auto attachment = std::make_shared<detail::Attachment>(ask_for_identity(*channel),
								       detail::open_ioctl_channel);
		attachment->adopt(std::move(channel));
		return Device{std::move(attachment)};
	} catch (...) {
		channel->release();
		throw;
	}
}

} // namespace pcipeek
