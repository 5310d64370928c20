// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "device/attach.hpp"

#include "device/state.hpp"
#include "errors/diagnosis.hpp"
#include "sysfs/sysfs.hpp"

#include <linux/pcipeek.h>

#include <cerrno>

namespace pcipeek::detail {
namespace {

std::unique_ptr<Channel> open_node(const ChannelFactory &factory, bool write,
				   const Attempt &attempt)
try {
	std::unique_ptr<Channel> channel = factory(write);
	if (const int code = check_version(*channel))
		attempt.fail(code, diagnose_node(code == EPROTO ? code : ENOTTY));
	return channel;
} catch (const Error &) {
	throw;
} catch (const std::system_error &error) {
	attempt.fail(error.code().value(), diagnose_node(error.code().value()));
}

int try_attach(Channel &channel, const Address &address, const OpenOptions &options)
{
	pcipeek_attach attach{};
	attach.size = sizeof(attach);
	attach.flags = (options.foreign ? PCIPEEK_ATTACH_FOREIGN : 0) |
		       (options.exclusive ? PCIPEEK_ATTACH_EXCLUSIVE : 0);
	attach.domain = address.domain;
	attach.bus = address.bus;
	attach.devfn = static_cast<std::uint8_t>(address.device << 3 | address.function);
	attach.rights = PCIPEEK_RIGHT_ALL_BARS | (options.write ? PCIPEEK_RIGHT_WRITE : 0) |
			(options.map ? PCIPEEK_RIGHT_MMAP : 0);
	return channel.call(PCIPEEK_IOC_ATTACH, &attach);
}

pcipeek_device_info check_identity(Channel &channel, const Identity &identity,
				   const Attempt &attempt)
{
	pcipeek_device_info info{};
	if (const int code = query_info(channel, info))
		attempt.fail(code, diagnose_other(code));
	if (!is_same(info, identity))
		attempt.fail(ENODEV, {Cause::gone,
				      "another device has taken its place; look for it again"});
	return info;
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
	std::unique_ptr<Channel> channel = open_node(factory, options.write, attempt);
	if (const int code = try_attach(*channel, identity.address, options))
		attempt.fail(code, diagnose_attach(code, identity.address, options));
	check_identity(*channel, identity, attempt);
	return channel;
}

std::unique_ptr<Channel> attach_by_itself(const ChannelFactory &factory, const Identity &identity,
					  const OpenOptions &options, const Attempt &attempt)
{
	std::unique_ptr<Channel> channel = open_node(factory, options.write, attempt);
	const int code = try_attach(*channel, identity.address, options);

	if (!code)
		check_identity(*channel, identity, attempt);
	else if (may_be_foreign(code, identity.address, options))
		attach_foreign(*channel, identity, options.write, attempt);
	else
		attempt.fail(code, diagnose_attach(code, identity.address, options));
	return channel;
}

} // namespace pcipeek::detail
