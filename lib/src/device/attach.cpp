// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "device/attach.hpp"

#include "device/node.hpp"
#include "device/state.hpp"
#include "errors/diagnosis.hpp"
#include "errors/node_diagnosis.hpp"
#include "sysfs/sysfs.hpp"

#include <linux/pcipeek.h>

#include <cerrno>
#include <fcntl.h>
#include <utility>

namespace pcipeek::detail {
namespace {

std::uint64_t rights_of(const OpenOptions &options)
{
	return PCIPEEK_RIGHT_ALL_BARS | (options.write ? PCIPEEK_RIGHT_WRITE : 0) |
	       (options.map ? PCIPEEK_RIGHT_MMAP : 0);
}

int mode_of(const OpenOptions &options)
{
	return options.write ? O_RDWR : O_RDONLY;
}

// What a device's own node has no word for: only ATTACH does.
bool needs_attach(const OpenOptions &options)
{
	return options.foreign || options.bus_master;
}

// The other node may still do, or its ATTACH knows better what is wrong: that the device is
// not granted, for example.
bool leaves_the_common_node(int code)
{
	switch (code) {
	case ENOENT:
	case ENXIO:
	case ENODEV:
	case EACCES:
	case EPERM:
		return true;
	default:
		return false;
	}
}

void check_module(Channel &channel, const std::string &path, const Attempt &attempt)
{
	if (const int code = check_version(channel))
		attempt.fail(code, diagnose_module(path));
}

int try_attach(Channel &channel, const Address &address, const OpenOptions &options)
{
	pcipeek_attach attach{};
	attach.size = sizeof(attach);
	attach.flags = (options.foreign ? PCIPEEK_ATTACH_FOREIGN : 0) |
		       (options.exclusive ? PCIPEEK_ATTACH_EXCLUSIVE : 0) |
		       (options.bus_master ? PCIPEEK_ATTACH_BUS_MASTER : 0);
	attach.domain = address.domain;
	attach.bus = address.bus;
	attach.devfn = static_cast<std::uint8_t>(address.device << 3 | address.function);
	attach.rights = rights_of(options);
	return channel.call(PCIPEEK_IOC_ATTACH, &attach);
}

pcipeek_device_info check_identity(Channel &channel, const Identity &identity,
				   const Attempt &attempt)
{
	pcipeek_device_info info{};
	if (const int code = query_info(channel, info))
		attempt.fail(code, diagnose_other(code));
	if (address_of(info) != identity.address)
		attempt.fail(ENODEV, diagnose_wrong_node(identity.address, address_of(info)));
	if (!is_same(info, identity))
		attempt.fail(ENODEV, {Cause::gone,
				      "another device has taken its place; look for it again"});
	return info;
}

// The open mode gave all rights that it can. Those for a mapping are missing under lockdown.
void keep_rights(Channel &channel, std::uint64_t held, const Address &address,
		 const OpenOptions &options, const Attempt &attempt)
{
	pcipeek_restrict request{};
	request.size = sizeof(request);
	request.rights = rights_of(options);

	if (request.rights & ~held)
		attempt.fail(EPERM, diagnose_attach(EPERM, address, options));
	if (request.rights == held)
		return;
	if (const int code = channel.call(PCIPEEK_IOC_RESTRICT, &request))
		attempt.fail(code, diagnose_device(code, channel));
}

// By the device's own node, with exactly the rights of the options; or the errno for which
// the common node is worth a try.
Opened open_own_node(const ChannelFactory &factory, const Identity &identity,
		     const OpenOptions &options, const Attempt &attempt)
{
	if (needs_attach(options))
		return {};
	const std::string path = own_node(identity.address);
	Opened file = factory(path, mode_of(options) | (options.exclusive ? O_EXCL : 0));
	if (file.channel) {
		check_module(*file.channel, path, attempt);
		const std::uint64_t held = check_identity(*file.channel, identity, attempt).rights;
		keep_rights(*file.channel, held, identity.address, options, attempt);
	} else if (!leaves_the_common_node(file.error)) {
		attempt.fail(file.error, diagnose_attach(file.error, identity.address, options));
	}
	return file;
}

// Not attached yet. @own: why it is not the device's own node, or 0.
std::unique_ptr<Channel> open_common_node(const ChannelFactory &factory, int own,
					  const Address &address, const OpenOptions &options,
					  const Attempt &attempt)
{
	Opened file = factory(common_node, mode_of(options));
	const NodeErrors errors{.own = own, .common = file.error};
	if (!file.channel)
		attempt.fail(code_of(errors), diagnose_nodes(errors, address, options));
	check_module(*file.channel, common_node, attempt);
	return std::move(file.channel);
}

// Whether a plain ATTACH that was refused may be tried again as FOREIGN: beside a driver,
// foreign use is only ever asked for explicitly; what is foreign cannot be mapped; and lockdown
// allows only reading.
bool may_be_foreign(int code, const Address &address, const OpenOptions &options)
{
	return code == EPERM && !options.map && !sysfs::driver_of(address) &&
	       !(options.write && sysfs::is_locked_down());
}

void attach_foreign(Channel &channel, const Identity &identity, bool write, const Attempt &attempt)
{
	const Address &address = identity.address;
	const int code = try_attach(channel, address, {.write = write, .foreign = true});

	// A caller who may not use it as foreign did not ask to: what he lacks is the grant.
	if (code)
		attempt.fail(code, diagnose_attach(code, address, {.foreign = code != EPERM}));
	if (check_identity(channel, identity, attempt).state & PCIPEEK_STATE_DRIVER)
		attempt.fail(EBUSY, diagnose_driver_bound(address));
}

enum class ForeignUse : std::uint8_t {
	as_told,
	by_itself,
};

std::unique_ptr<Channel> attach(const ChannelFactory &factory, const Identity &identity,
				const OpenOptions &options, ForeignUse foreign,
				const Attempt &attempt)
{
	const Address &address = identity.address;
	Opened own = open_own_node(factory, identity, options, attempt);
	if (own.channel)
		return std::move(own.channel);
	std::unique_ptr<Channel> channel =
		open_common_node(factory, own.error, address, options, attempt);
	const int code = try_attach(*channel, address, options);

	if (!code)
		check_identity(*channel, identity, attempt);
	else if (foreign == ForeignUse::by_itself && may_be_foreign(code, address, options))
		attach_foreign(*channel, identity, options.write, attempt);
	else
		attempt.fail(code, diagnose_attach(code, address, options));
	return channel;
}

} // namespace

int check_version(Channel &channel) noexcept
{
	pcipeek_version version{};
	version.size = sizeof(version);
	if (const int code = channel.call(PCIPEEK_IOC_VERSION, &version))
		return code;
	return version.abi_major == PCIPEEK_ABI_MAJOR ? 0 : EPROTO;
}

bool is_same(const pcipeek_device_info &info, const Identity &identity) noexcept
{
	return info.vendor_id == identity.vendor_id && info.device_id == identity.device_id &&
	       info.subsystem_vendor_id == identity.subsystem_vendor_id &&
	       info.subsystem_id == identity.subsystem_id;
}

std::unique_ptr<Channel> attach_as_told(const ChannelFactory &factory, const Identity &identity,
					const OpenOptions &options, const Attempt &attempt)
{
	return attach(factory, identity, options, ForeignUse::as_told, attempt);
}

std::unique_ptr<Channel> attach_by_itself(const ChannelFactory &factory, const Identity &identity,
					  const OpenOptions &options, const Attempt &attempt)
{
	return attach(factory, identity, options, ForeignUse::by_itself, attempt);
}

} // namespace pcipeek::detail
