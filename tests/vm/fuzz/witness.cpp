// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include "witness.hpp"

#include <fcntl.h>
#include <linux/pci_regs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <ostream>
#include <sstream>
#include <system_error>
#include <vector>

#include "attachment.hpp"

namespace fuzz {
namespace {

constexpr std::size_t piece = 1 << 20;

/* QEMU's names of what belongs to no function, and is used all the time. */
const std::set<std::string> machine{
	"acpi-tmr", "apic-msi",	    "fwcfg",  "hpet", "io",	   "ioapic",
	"ioport80", "kvmvapic",	    "pcspk",  "pic",  "pit",	   "pci-conf-data",
	"elcr",	    "pci-conf-idx", "port92", "rtc",  "rtc-index", "pcie-mmcfg-mmio",
	"serial",
};

std::set<std::string> functions_of_virtio(const std::vector<vm::BarRange> &ranges)
{
	std::set<std::string> own;
	for (const vm::BarRange &range : ranges)
		if (vm::link_name("devices/" + range.device + "/driver") == "virtio-pci")
			own.insert(range.device);
	return own;
}

/* Clocks and interrupts are most of it; "serial" may be the name of a function's BAR. */
bool is_a_clock(std::string_view line)
{
	return line.ends_with("'hpet'") || line.ends_with("'apic-msi'") ||
	       line.ends_with("'pit'") || line.ends_with("'pci-conf-idx'");
}

/*
 * What the kernel writes then: a command word without anything that neither the module nor
 * the firmware (SERR) sets, and the latency timer of a conventional function that had none.
 */
bool sets_bus_mastering(const vm::Access &access)
{
	constexpr std::uint64_t data = 0xcfc;
	constexpr std::uint64_t command = PCI_COMMAND_IO | PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER |
					  PCI_COMMAND_SERR | PCI_COMMAND_INTX_DISABLE;
	if (access.bytes == 1)
		return access.address == data + PCI_LATENCY_TIMER % 4 && access.value == 64;
	return access.bytes == 2 && access.address == data + PCI_COMMAND % 4 &&
	       (access.value & ~command) == 0 && (access.value & PCI_COMMAND_INTX_DISABLE);
}

std::string to_text(const vm::Access &access, const char *why)
{
	std::ostringstream out;
	out << access.verb << " of " << access.bytes << " bytes at 0x" << std::hex << access.address
	    << " (" << access.region << "): " << why;
	return out.str();
}

} // namespace

Witness::Witness(const std::set<std::string> &fuzzed)
	: mark_(vm::mark_trace()), own_(functions_of_virtio(mark_.ranges)), bytes_(mark_.position)
{
	for (const vm::BarRange &range : mark_.ranges)
		if (fuzzed.count(range.device) != 0)
			counted_.push_back({range, 0});
}

void Witness::look(std::uint64_t least_bytes)
{
	const std::uint64_t end = std::filesystem::file_size(vm::trace_file);
	if (end - mark_.position < least_bytes)
		return;
	const int fd = ::open(vm::trace_file, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		throw std::system_error(errno, std::generic_category(), vm::trace_file);
	std::string text;
	std::vector<char> bytes(piece);
	for (std::uint64_t at = mark_.position; at < end;) {
		const ssize_t got =
			::pread(fd, bytes.data(), std::min<std::uint64_t>(piece, end - at),
				static_cast<off_t>(at));
		if (got <= 0)
			throw std::system_error(errno, std::generic_category(), vm::trace_file);
		at += static_cast<std::uint64_t>(got);
		text.append(bytes.data(), static_cast<std::size_t>(got));
		std::size_t first = 0;
		for (std::size_t last; (last = text.find('\n', first)) != std::string::npos;
		     first = last + 1)
			judge(std::string_view(text).substr(first, last - first));
		mark_.position += first;
		text.erase(0, first);
	}
	::close(fd);
}

void Witness::judge(std::string_view line)
{
	if (is_a_clock(line) || count(line))
		return;
	if (const auto access = vm::parse_access(line))
		judge(*access);
}

const vm::BarRange *Witness::range_of(const vm::Access &access) const
{
	for (const vm::BarRange &range : mark_.ranges)
		if (range.has(access.address))
			return &range;
	return nullptr;
}

/*
 * Most lines, and so without taking them apart. Where the access begins: the trace has the
 * width that the model asked for, which for a narrow access of some is wider. BARs and
 * accesses are aligned, so that it also ends there.
 */
bool Witness::count(std::string_view line)
{
	constexpr std::string_view before = " addr 0x";
	const auto at = line.find(before);
	if (at == std::string_view::npos)
		return false;
	std::uint64_t address = 0;
	std::from_chars(line.data() + at + before.size(), line.data() + line.size(), address, 16);
	for (Counted &counted : counted_)
		if (counted.range.has(address)) {
			counted.accesses++;
			return true;
		}
	return false;
}

void Witness::judge(const vm::Access &access)
{
	const vm::BarRange *range = range_of(access);
	if (range && own_.count(range->device) == 0)
		complaints_[to_text(access, "a function that nobody attached to")]++;
	else if (!range && machine.count(access.region) == 0)
		complaints_[to_text(access, "in no BAR")]++;
	else if (access.region == "pci-conf-data" && access.verb == "write" &&
		 !sets_bus_mastering(access))
		complaints_[to_text(access, "configuration space was written to")]++;
}

std::map<std::string, std::uint64_t> Witness::seen() const
{
	std::map<std::string, std::uint64_t> functions;
	for (const Counted &counted : counted_)
		functions[counted.range.device] += counted.accesses;
	return functions;
}

void Witness::print(std::ostream &out) const
{
	for (const auto &[function, count] : seen())
		out << function << " saw " << count << " accesses\n";
	out << "trace: " << ((mark_.position - bytes_) >> 20) << " MiB\n";
}

} // namespace fuzz
