// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "errors/reach.hpp"

#include "device/attachment.hpp"
#include "device/state.hpp"
#include "errors/cure.hpp"
#include "errors/diagnosis.hpp"
#include "format.hpp"
#include "sysfs/function_role.hpp"
#include "sysfs/sysfs.hpp"

#include <pcipeek/obstacle.hpp>

#include <linux/pci_regs.h>

namespace pcipeek {
namespace detail {
namespace {

// A question and its answer.
struct Subject {
	const pcipeek_bar_info &info;
	const Bar &bar;
	const DeviceState &state;

	const Address &device() const
	{
		return bar.attachment().identity().address;
	}

	Address where() const
	{
		return {.domain = device().domain,
			.bus = info.reach_bus,
			.device = static_cast<std::uint8_t>(info.reach_devfn >> 3),
			.function = static_cast<std::uint8_t>(info.reach_devfn & 7)};
	}

	bool is_memory() const
	{
		return bar.type() == BarType::mem;
	}
};

// Which function is in the way.
enum class Who : std::uint8_t {
	device,
	physical_function,
	bridge,
};

Who who(const Subject &subject)
{
	if (subject.where() == subject.device())
		return Who::device;
	return sysfs::is_physical_function_of(subject.where(), subject.device())
		       ? Who::physical_function
		       : Who::bridge;
}

std::string name_of(const Subject &subject)
{
	switch (who(subject)) {
	case Who::device:
		return "it";
	case Who::physical_function:
		return formatted("its physical function {}", to_string(subject.where()));
	case Who::bridge:
		break;
	}
	return formatted("the bridge {} above it", to_string(subject.where()));
}

Cause cause_of(const Subject &subject, Cause of_function)
{
	return who(subject) == Who::bridge ? Cause::path_closed : of_function;
}

bool can_be_bound(const Subject &subject)
{
	return !subject.state.granted && !sysfs::driver_of(subject.device()) &&
	       !why_never_bound(subject.device());
}

// Granting a device enables it and wakes it up; @by_hand does the same where it cannot be
// granted.
std::string revival(const Subject &subject, const std::string &by_hand)
{
	const std::string device = to_string(subject.device());
	if (subject.state.granted)
		return formatted("revoke it and grant it again: "
				 "pcipeek unbind {0} && pcipeek bind {0}",
				 device);
	if (can_be_bound(subject))
		return "granting it takes care of that: pcipeek bind " + device;
	return "as root: " + by_hand;
}

// The kernel took its power away, and often that of the bridge above: then the registers
// of neither mean anything.
bool is_without_power(const Subject &subject)
{
	return subject.info.reach != PCIPEEK_REACH_OK &&
	       subject.info.reach != PCIPEEK_REACH_UNKNOWN &&
	       sysfs::power_state_of(subject.device()) == "D3cold";
}

Diagnosis without_power(const Subject &subject)
{
	const std::string device = to_string(subject.device());
	return {Cause::asleep,
		formatted("it is asleep and without power (D3cold); as root: "
			  "echo on > /sys/bus/pci/devices/{}/power/control{}",
			  device, can_be_bound(subject) ? ", or pcipeek bind " + device : "")};
}

Diagnosis silent(const Subject &subject)
{
	if (who(subject) == Who::device)
		return diagnose_silence();
	return {cause_of(subject, Cause::offline),
		formatted("{} does not answer; is its link down, or the board gone?",
			  name_of(subject))};
}

Diagnosis asleep(const Subject &subject)
{
	if (who(subject) == Who::device)
		return {Cause::asleep,
			formatted("it is asleep, in power state D{}; {}",
				  subject.state.power_state.value_or(PCIPEEK_POWER_D3HOT),
				  revival(subject, cure::wake(subject.device())))};
	return {cause_of(subject, Cause::asleep),
		formatted("{} is asleep; as root: {}", name_of(subject),
			  cure::wake(subject.where()))};
}

Diagnosis decode_off(const Subject &subject)
{
	const bool memory = subject.is_memory();
	const std::string decoding = cure::decode(subject.where(), memory);

	if (who(subject) == Who::device)
		return {Cause::decode_off,
			formatted("it does not decode its {} space; {}", memory ? "memory" : "I/O",
				  revival(subject, decoding))};
	return {Cause::path_closed,
		formatted("{0} does not forward {1} accesses ({1} decode is off); as root: {2}",
			  name_of(subject), memory ? "memory" : "I/O", decoding)};
}

Diagnosis address_lost(const Subject &subject)
{
	const std::string what = formatted("holds {:#x}, but the kernel assigned {:#x}",
					   subject.info.found, subject.info.wanted);

	if (who(subject) == Who::device)
		return {Cause::address_lost,
			formatted("its BAR {} register {}: the board was reset behind the kernel's "
				  "back; as root: {}",
				  subject.bar.index(), what,
				  cure::reload(subject.device(), subject.state.granted))};
	return {Cause::address_lost,
		formatted("the VF BAR {} register of {} {}; as root: {}", subject.bar.index(),
			  name_of(subject), what,
			  cure::restore_vf_bar(subject.where(), subject.bar.index(),
					       subject.bar.is_64bit() ? 64 : 32,
					       subject.info.wanted))};
}

Diagnosis vf_off(const Subject &subject)
{
	const std::string physical = to_string(subject.where());

	if (subject.info.found & PCI_SRIOV_CTRL_VFE)
		return {Cause::decode_off,
			formatted("{} has the memory of its virtual functions turned off; as "
				  "root: pcipeek config {} ECAP_SRIOV+8.w=0x8:0x8",
				  name_of(subject), physical)};
	return {Cause::offline,
		formatted("{} has its virtual functions turned off; to create them again, as "
			  "root: echo 0 > /sys/bus/pci/devices/{}/sriov_numvfs, then write "
			  "their number there",
			  name_of(subject), physical)};
}

Diagnosis buses_lost(const Subject &subject)
{
	return {Cause::path_closed,
		formatted("{} forgot its bus numbers: it was reset behind the kernel's back; as "
			  "root: {}",
			  name_of(subject), cure::find_again(subject.where()))};
}

Diagnosis window_closed(const Subject &subject)
{
	const char *kind = subject.info.reach == PCIPEEK_REACH_IO_WINDOW       ? "I/O"
			   : subject.info.reach == PCIPEEK_REACH_MEMORY_WINDOW ? "memory"
									       : "prefetchable";

	return {Cause::path_closed,
		formatted("{} does not forward BAR {}: its {} window is not the {:#x}-{:#x} that "
			  "the kernel set; as root: {}",
			  name_of(subject), subject.bar.index(), kind, subject.info.wanted,
			  subject.info.wanted_last,
			  cure::open_window(subject.where(), subject.info))};
}

} // namespace

int query_bar(Channel &channel, unsigned index, pcipeek_bar_info &info) noexcept
{
	info = {};
	info.size = sizeof(info);
	info.bar = static_cast<std::uint8_t>(index);
	return channel.call(PCIPEEK_IOC_BAR_INFO, &info);
}

std::optional<Diagnosis> diagnose_reach(const pcipeek_bar_info &info, Channel &channel,
					const Bar &bar)
{
	const DeviceState state = query_state(channel);
	const Subject subject{info, bar, state};

	if (is_without_power(subject))
		return without_power(subject);
	switch (info.reach) {
	case PCIPEEK_REACH_SILENT:
		return silent(subject);
	case PCIPEEK_REACH_ASLEEP:
		return asleep(subject);
	case PCIPEEK_REACH_DECODE_OFF:
		return decode_off(subject);
	case PCIPEEK_REACH_ADDRESS_LOST:
		return address_lost(subject);
	case PCIPEEK_REACH_VF_OFF:
		return vf_off(subject);
	case PCIPEEK_REACH_BUSES_LOST:
		return buses_lost(subject);
	case PCIPEEK_REACH_IO_WINDOW:
	case PCIPEEK_REACH_MEMORY_WINDOW:
	case PCIPEEK_REACH_PREF_WINDOW:
		return window_closed(subject);
	default:
		return std::nullopt;
	}
}

std::optional<Diagnosis> diagnose_reach(Channel &channel, const Bar &bar)
{
	pcipeek_bar_info info{};
	if (query_bar(channel, bar.index(), info))
		return std::nullopt;
	return diagnose_reach(info, channel, bar);
}

} // namespace detail

std::optional<Obstacle> find_obstacle(const Bar &bar)
{
	using namespace detail;
	const Attempt attempt =
		Attempt::bar("check the path to", bar.attachment().identity().address, bar.index());
	Channel &channel = bar.attachment().open_for(Use::read, attempt);
	pcipeek_bar_info info{};

	if (const int code = query_bar(channel, bar.index(), info))
		attempt.fail(code, diagnose_device(code, channel));
	if (info.reach == PCIPEEK_REACH_UNKNOWN) {
		const DeviceState state = query_state(channel);
		const int code = state.life == Life::ended ? ENODEV : EAGAIN;
		attempt.fail(code, diagnose_device(code, channel));
	}
	const std::optional<Diagnosis> diagnosis = diagnose_reach(info, channel, bar);
	if (!diagnosis)
		return std::nullopt;
	return Obstacle{diagnosis->cause, diagnosis->why};
}

} // namespace pcipeek
