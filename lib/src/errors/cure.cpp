// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "errors/cure.hpp"

#include "format.hpp"
#include "sysfs/function_role.hpp"
#include "sysfs/sysfs.hpp"

#include <linux/pci_regs.h>

namespace pcipeek::detail::cure {
namespace {

std::uint32_t class_code_of(const Address &address)
{
	return static_cast<std::uint32_t>(
		sysfs::read_number(sysfs::device_directory(address) + "/class").value_or(0));
}

// Windows for I/O are in steps of 4 KiB. Some bridges have steps of 1 KiB, and then two bits
// more in their registers (Linux: "io_window_1k").
unsigned io_mask(const pcipeek_bar_info &info)
{
	return ((info.wanted | (info.wanted_last + 1)) & 0xfff) == 0 ? 0xf0 : 0xfc;
}

std::string window_registers(const pcipeek_bar_info &info)
{
	switch (info.reach) {
	case PCIPEEK_REACH_IO_WINDOW:
		return formatted("IO_BASE={:#x} IO_LIMIT={:#x} IO_BASE_UPPER16={:#x} "
				 "IO_LIMIT_UPPER16={:#x}",
				 info.wanted >> 8 & io_mask(info),
				 info.wanted_last >> 8 & io_mask(info), info.wanted >> 16,
				 info.wanted_last >> 16);
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

} // namespace

std::string decode(const Address &address, bool memory)
{
	return formatted("pcipeek config {0} COMMAND={1}:{1}", to_string(address),
			 memory ? "0x2" : "0x1");
}

// What the kernel put to sleep it wakes; what somebody else did, it does not know of.
std::string wake(const Address &address)
{
	const std::string kernel = sysfs::power_state_of(address);
	if (kernel == "D0" || kernel == "unknown" || kernel.empty())
		return formatted("pcipeek config {} CAP_PM+4.w=0:0x3", to_string(address));
	return formatted("echo on > /sys/bus/pci/devices/{}/power/control", to_string(address));
}

std::string find_again(const Address &address)
{
	return formatted("echo 1 > /sys/bus/pci/devices/{}/remove; echo 1 > /sys/bus/pci/rescan",
			 to_string(address));
}

// It is refused for bridges, while virtual functions are enabled, and, unless it is forced,
// where a driver has the device.
std::string reload(const Address &address, bool granted)
{
	const std::string device = to_string(address);
	if (is_bridge(address, class_code_of(address)))
		return find_again(address);
	const bool force = !granted && sysfs::driver_of(address);
	std::string line = formatted("pcipeek reload {}{}", force ? "--force " : "", device);
	if (enabled_virtual_functions(address))
		line.insert(0,
			    formatted("echo 0 > /sys/bus/pci/devices/{}/sriov_numvfs; ", device));
	return line;
}

std::string open_window(const Address &bridge, const pcipeek_bar_info &info)
{
	return formatted("pcipeek config {} {}", to_string(bridge), window_registers(info));
}

std::string restore_vf_bar(const Address &physical, unsigned bar, unsigned bits,
			   std::uint64_t start)
{
	const unsigned at = PCI_SRIOV_BAR + 4 * bar;
	std::string line = formatted("pcipeek config {} ECAP_SRIOV+{:#x}.l={:#x}",
				     to_string(physical), at, start & 0xffffffff);
	if (bits == 64)
		line += formatted(" ECAP_SRIOV+{:#x}.l={:#x}", at + 4, start >> 32);
	return line;
}

} // namespace pcipeek::detail::cure
