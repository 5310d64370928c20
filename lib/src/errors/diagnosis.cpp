// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "errors/diagnosis.hpp"

#include "device/attachment.hpp"
#include "device/state.hpp"
#include "errors/reach.hpp"
#include "format.hpp"
#include "sysfs/function_role.hpp"
#include "sysfs/sysfs.hpp"

#include <cerrno>
#include <system_error>

namespace pcipeek::detail {
namespace {

const Diagnosis locked_down{Cause::lockdown,
			    "the kernel is locked down (/sys/kernel/security/lockdown), "
			    "usually because of Secure Boot: reading works, writing and mapping "
			    "do not; only a reboot without Secure Boot lifts that"};

const Diagnosis malformed{Cause::invalid, "the module rejects the request as malformed"};

const Diagnosis granted_not_foreign{
	Cause::invalid, "it is granted to pcipeek; open it without foreign (--foreign)"};

const Diagnosis in_reset{Cause::reset, "it is being reset, bound, unbound or placed; try again"};

Diagnosis bus_master_needs_rawio(const Address &address)
{
	return {Cause::needs_rawio,
		formatted("bus mastering needs CAP_SYS_RAWIO, since the device could then reach "
			  "all memory; as root: pcipeek exec {} --bus-master -- PROGRAM",
			  to_string(address))};
}

Diagnosis not_permitted(const Address &address, const OpenOptions &options)
{
	// Lockdown allows reading.
	const bool only_reads = !options.write && !options.map;
	if (!only_reads && sysfs::is_locked_down())
		return locked_down;
	if (sysfs::driver_of(address) == "pcipeek" && options.foreign)
		return granted_not_foreign;
	if (sysfs::driver_of(address) == "pcipeek" && options.bus_master)
		return bus_master_needs_rawio(address);
	// It was bound after ATTACH had looked.
	if (sysfs::driver_of(address) == "pcipeek" && only_reads)
		return in_reset;
	// Containers often hide the file that says so.
	if (sysfs::driver_of(address) == "pcipeek")
		return {Cause::lockdown, "it is bound to pcipeek, so the kernel is probably locked "
					 "down, which leaves only reading; "
					 "/sys/kernel/security/lockdown does not tell here"};
	const auto why_not = why_never_bound(address);
	if (options.foreign)
		return {Cause::needs_rawio,
			"a device that is not granted to pcipeek needs CAP_SYS_RAWIO; " +
				(why_not ? *why_not + ", so only root can use it; try sudo"
					 : "as root: pcipeek bind " + to_string(address))};
	if (why_not)
		return {Cause::not_granted, "it is not granted to pcipeek, and cannot be: " +
						    *why_not + "; only root can use it; try sudo"};
	return {Cause::not_granted,
		"it is not granted to pcipeek; as root: pcipeek bind " + to_string(address)};
}

Diagnosis malformed_attach(const OpenOptions &options)
{
	if (options.exclusive && (options.foreign || !options.write))
		return {Cause::invalid, "exclusive access needs write, and cannot be combined "
					"with foreign"};
	if (options.bus_master && (options.foreign || !options.write))
		return {Cause::invalid, "bus mastering needs write, and cannot be combined "
					"with foreign"};
	if (options.map && options.foreign)
		return {Cause::invalid, "foreign cannot be combined with map: only a granted "
					"device can be mapped"};
	if (options.foreign)
		return granted_not_foreign;
	return malformed;
}

Diagnosis cannot_answer(Channel &channel, const Bar &bar)
{
	const DeviceState state = query_state(channel);
	if (state.offline && state.granted && state.life == Life::stopped)
		return {Cause::offline,
			formatted("the kernel could not recover it from an error on the bus; "
				  "bind it again: pcipeek unbind {0} && pcipeek bind {0}",
				  to_string(bar.attachment().identity().address))};
	return diagnose_reach(channel, bar)
		.value_or(Diagnosis{Cause::offline, "it did not answer for a moment; try again"});
}

// On x86: a mapping takes over the memory type of those that are there.
Diagnosis mapped_in_parts(const Address &address)
{
	const auto driver = sysfs::driver_of(address);
	return {Cause::driver_bound,
		formatted("{} maps parts of this BAR with different memory types, so nobody "
			  "else can map it; to take it from the driver, as root: pcipeek bind "
			  "--force {}",
			  driver ? "the driver " + *driver : "another driver", to_string(address))};
}

Diagnosis lacks_writing()
{
	return {Cause::no_right, "it was opened read-only; open it for writing"};
}

Diagnosis lacks_right(const DeviceState &state, const Bar &bar)
{
	if (!(state.rights & PCIPEEK_RIGHT_BAR(bar.index())))
		return {Cause::no_right, "the right to this BAR was dropped"};
	return lacks_writing();
}

} // namespace

Diagnosis diagnose_other(int code)
{
	return {Cause::other, std::generic_category().message(code)};
}

Diagnosis diagnose_silence()
{
	return {Cause::offline, "it does not answer; is its link down, or the board gone?"};
}

Diagnosis diagnose_width(const Bar &bar, Width width)
{
	return {Cause::unsupported,
		formatted("{} does not support {}-bit accesses; use a narrower width",
			  bar.type() == BarType::io ? "an I/O BAR" : "this BAR or CPU",
			  bits(width))};
}

Diagnosis diagnose_end(EndReason reason)
{
	switch (reason) {
	case EndReason::unbound:
		return {Cause::gone, "it was unbound from pcipeek; look it up again"};
	case EndReason::driver_bound:
		return {Cause::gone, "a driver was bound to it; look it up again"};
	case EndReason::moved:
		return {Cause::gone, "the kernel moved one of its BARs; open it again"};
	case EndReason::removed:
	case EndReason::none:
		break;
	}
	return {Cause::gone, "the device is gone"};
}

Diagnosis diagnose_driver_bound(const Address &address)
{
	const std::string driver = sysfs::driver_of(address).value_or("unknown");
	const std::string why =
		formatted("the driver {} has it; to use it beside the driver, open it as "
			  "foreign (--foreign), as root",
			  driver);
	if (why_never_bound(address))
		return {Cause::driver_bound, why};
	return {Cause::driver_bound, formatted("{}; to take it from the driver, as root: pcipeek "
					       "bind --force {}",
					       why, to_string(address))};
}

Diagnosis diagnose_attach(int code, const Address &address, const OpenOptions &options)
{
	switch (code) {
	case EPERM:
		return not_permitted(address, options);
	case EBUSY:
		return diagnose_driver_bound(address);
	case EUSERS:
		return {Cause::exclusive, options.exclusive
						  ? "other programs have it open, so exclusive "
						    "access is not possible"
						  : "another program has exclusive access to it"};
	case EACCES:
		return {Cause::no_right, "its node was not opened for that"};
	case ENODEV:
		return diagnose_end(EndReason::removed);
	case EAGAIN:
		return in_reset;
	case EINVAL:
		return malformed_attach(options);
	default:
		return diagnose_other(code);
	}
}

Diagnosis diagnose_device(int code, Channel &channel)
{
	switch (code) {
	case EPERM:
		return locked_down;
	case EACCES:
		return lacks_writing();
	case EINVAL:
		return malformed;
	case EIO:
		return diagnose_silence();
	case ENODEV:
		return diagnose_end(query_state(channel).end_reason);
	case EAGAIN:
		return in_reset;
	case ETIMEDOUT:
		return {Cause::timed_out, "timed out"};
	case EINTR:
		return {Cause::interrupted, "interrupted by a signal"};
	default:
		return diagnose_other(code);
	}
}

Diagnosis diagnose_access(int code, Channel &channel, const Bar &bar, Width width)
{
	switch (code) {
	case EACCES:
		return lacks_right(query_state(channel), bar);
	case ENXIO:
		return {Cause::no_such_bar, "the kernel has no such BAR; look the device up again"};
	case EOPNOTSUPP:
		return diagnose_width(bar, width);
	case EIO:
		return cannot_answer(channel, bar);
	case EBUSY:
		return mapped_in_parts(bar.attachment().identity().address);
	default:
		return diagnose_device(code, channel);
	}
}

} // namespace pcipeek::detail
