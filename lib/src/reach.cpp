// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "reach.hpp"

#include "diagnosis.hpp"
#include "format.hpp"
#include "state.hpp"
#include "sysfs.hpp"
#include "window.hpp"

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
		return bar.window().identity().address;
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

// Who is in the way.
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

// Giving a device enables it and wakes it up.
std::string revival(const Subject &subject)
{
	const std::string device = to_string(subject.device());
	if (subject.state.given)
		return formatted("take it back and give it again: "
				 "pcipeek unbind {0} && pcipeek bind {0}",
				 device);
	return "give it to pcipeek, which sees to that: pcipeek bind " + device;
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
	return {Cause::asleep, formatted("it is asleep and without power (D3cold); as root: "
					 "echo on > /sys/bus/pci/devices/{0}/power/control, or "
					 "pcipeek bind {0}",
					 to_string(subject.device()))};
}

Diagnosis silent(const Subject &subject)
{
	if (who(subject) == Who::device)
		return diagnose_silence();
	return {cause_of(subject, Cause::offline),
		formatted("{} does not answer; is its link down, or the board gone?",
			  name_of(subject))};
}

// What the kernel put to sleep it wakes; what somebody else did, it does not know of.
std::string waking(const Address &address)
{
	const std::string kernel = sysfs::power_state_of(address);
	if (kernel == "D0" || kernel == "unknown" || kernel.empty())
		return formatted("pcipeek config {} CAP_PM+4.w=0:0x3", to_string(address));
	return formatted("echo on > /sys/bus/pci/devices/{}/power/control", to_string(address));
}

Diagnosis asleep(const Subject &subject)
{
	if (who(subject) == Who::device)
		return {Cause::asleep,
			formatted("it is asleep, in power state D{}; {}",
				  subject.state.power_state.value_or(PCIPEEK_POWER_D3HOT),
				  revival(subject))};
	return {cause_of(subject, Cause::asleep),
		formatted("{} is asleep; as root: {}", name_of(subject), waking(subject.where()))};
}

Diagnosis decode_off(const Subject &subject)
{
	const bool memory = subject.is_memory();

	if (who(subject) == Who::device)
		return {Cause::decode_off, formatted("it does not decode its {} space; {}",
						     memory ? "memory" : "I/O", revival(subject))};
	return {Cause::path_closed,
		formatted("{0} does not forward {1} accesses ({1} decode is off); as root: "
			  "pcipeek config {2} COMMAND={3}:{3}",
			  name_of(subject), memory ? "memory" : "I/O", to_string(subject.where()),
			  memory ? "0x2" : "0x1")};
}

// The register that a physical function has for all its virtual ones.
std::string vf_register(const Subject &subject)
{
	const unsigned at = PCI_SRIOV_BAR + 4 * subject.bar.index();
	std::string text =
		formatted("ECAP_SRIOV+{:#x}.l={:#x}", at, subject.info.wanted & 0xffffffff);
	if (subject.bar.bits() == 64)
		text += formatted(" ECAP_SRIOV+{:#x}.l={:#x}", at + 4, subject.info.wanted >> 32);
	return text;
}

Diagnosis address_lost(const Subject &subject)
{
	const std::string what = formatted("holds {:#x}, but the kernel assigned {:#x}",
					   subject.info.found, subject.info.wanted);

	if (who(subject) == Who::device)
		return {Cause::address_lost,
			formatted("its BAR {} register {}: the board was reset behind the kernel's "
				  "back; as root: pcipeek reload {}",
				  subject.bar.index(), what, to_string(subject.device()))};
	return {Cause::address_lost,
		formatted("the VF BAR {} register of {} {}; as root: pcipeek config {} {}",
			  subject.bar.index(), name_of(subject), what, to_string(subject.where()),
			  vf_register(subject))};
}

Diagnosis vf_off(const Subject &subject)
{
	const std::string physical = to_string(subject.where());

	if (subject.info.found & PCI_SRIOV_CTRL_VFE)
		return {Cause::decode_off,
			formatted("{} has the memory of its virtual functions off; as root: "
				  "pcipeek config {} ECAP_SRIOV+8.w=0x8:0x8",
				  name_of(subject), physical)};
	return {Cause::offline,
		formatted("{} has its virtual functions off; make them again; as root: echo 0 > "
			  "/sys/bus/pci/devices/{}/sriov_numvfs, then write their number there",
			  name_of(subject), physical)};
}

Diagnosis buses_lost(const Subject &subject)
{
	return {Cause::path_closed,
		formatted("{} forgot its bus numbers: it was reset behind the kernel's back; as "
			  "root: echo 1 > /sys/bus/pci/devices/{}/remove; echo 1 > "
			  "/sys/bus/pci/rescan",
			  name_of(subject), to_string(subject.where()))};
}

std::string window_registers(const pcipeek_bar_info &info)
{
	switch (info.reach) {
	case PCIPEEK_REACH_IO_WINDOW:
		return formatted("IO_BASE={:#x} IO_LIMIT={:#x} IO_BASE_UPPER16={:#x} "
				 "IO_LIMIT_UPPER16={:#x}",
				 info.wanted >> 8 & 0xf0, info.wanted_last >> 8 & 0xf0,
				 info.wanted >> 16, info.wanted_last >> 16);
	case PCIPEEK_REACH_MEMORY_WINDOW:
		return formatted("MEMORY_BASE={:#x} MEMORY_LIMIT={:#x}", info.wanted >> 16,
				 info.wanted_last >> 16 & 0xfff0);
	default:
		return formatted("PREF_MEMORY_BASE={:#x} PREF_MEMORY_LIMIT={:#x} "
				 "PREF_BASE_UPPER32={:#x} PREF_LIMIT_UPPER32={:#x}",
				 info.wanted >> 16 & 0xfff0, info.wanted_last >> 16 & 0xfff0,
				 info.wanted >> 32, info.wanted_last >> 32);
	}
}

Diagnosis window_closed(const Subject &subject)
{
	const char *kind = subject.info.reach == PCIPEEK_REACH_IO_WINDOW       ? "I/O"
			   : subject.info.reach == PCIPEEK_REACH_MEMORY_WINDOW ? "memory"
									       : "prefetchable";

	return {Cause::path_closed,
		formatted("{} does not forward BAR {}: its {} window is not the {:#x}-{:#x} that "
			  "the kernel set; as root: pcipeek config {} {}",
			  name_of(subject), subject.bar.index(), kind, subject.info.wanted,
			  subject.info.wanted_last, to_string(subject.where()),
			  window_registers(subject.info))};
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
		Attempt::bar("ask for the way to", bar.window().identity().address, bar.index());
	Channel &channel = bar.window().open_for(Use::read, attempt);
	pcipeek_bar_info info{};

	if (const int code = query_bar(channel, bar.index(), info))
		attempt.fail(code, diagnose_device(code, channel));
	if (info.reach == PCIPEEK_REACH_UNKNOWN) {
		const DeviceState state = query_state(channel);
		const int code = state.ended ? ENODEV : EAGAIN;
		attempt.fail(code, diagnose_device(code, channel));
	}
	const std::optional<Diagnosis> diagnosis = diagnose_reach(info, channel, bar);
	if (!diagnosis)
		return std::nullopt;
	return Obstacle{diagnosis->cause, diagnosis->why};
}

} // namespace pcipeek
