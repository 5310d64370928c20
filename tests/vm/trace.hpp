/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_TRACE_HPP
#define PCIPEEK_TESTS_VM_TRACE_HPP

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/*
 * The oracle: what reached the devices, as the emulator saw it.
 *
 * QEMU writes a line for every access of a device's registers, with its absolute
 * address, width and value, before the access returns to the guest; the guest sees
 * that file through a 9p mount. So a test in the guest notes where the file ends,
 * does something, and reads what came behind that.
 *
 * Not to be seen there: accesses of memory that QEMU hands to the guest directly
 * (ivshmem's BAR 2), and of widths that a device model refuses (edu: below 4 bytes).
 * A model that only takes bytes (pci-testdev) gets and shows wider ones in pieces.
 */
namespace vm {

/* One address range of a device; addresses of I/O BARs are port numbers. */
struct BarRange {
	std::string device; /* "0000:00:03.0" */
	unsigned bar = 0;
	std::uint64_t first = 0;
	std::uint64_t last = 0;

	bool has(std::uint64_t address) const
	{
		return address >= first && address <= last;
	}
};

/* What QEMU writes, and what grows while it is read. */
inline constexpr const char *trace_file = "/trace/accesses";

/* One line of the trace. */
struct Access {
	std::string verb; /* "read" or "write" */
	std::uint64_t address = 0;
	std::uint64_t value = 0;
	unsigned bytes = 0;
	std::string region; /* QEMU's name, up to its first blank: "edu-mmio" */
};

/* Nothing from a line that is something else. */
std::optional<Access> parse_access(std::string_view line);

/* Where the BARs of all devices are now, from sysfs. */
std::vector<BarRange> all_bar_ranges();

/*
 * A position in the trace, and where the BARs were then: what a removed device saw
 * can still be told.
 */
struct Mark {
	std::uintmax_t position = 0;
	std::vector<BarRange> ranges;
};

/* A mark as text, to be kept in a file between two programs. */
std::ostream &operator<<(std::ostream &out, const Mark &mark);
std::istream &operator>>(std::istream &in, Mark &mark);

/* The mark of now. Throws std::filesystem::filesystem_error without a trace. */
Mark mark_trace();

/*
 * What the BARs of one device saw since a mark, in order, an access a string:
 *
 *	read bar0+0x00.l 0x010000ed
 *	write bar1+0x20.b 0x5a
 *
 * The location is the command's own notation (b w l q for 1, 2, 4, 8 bytes), the
 * value has as many digits as the width asks for. @device is an address with or
 * without its domain.
 */
std::vector<std::string> accesses_since(const Mark &mark, std::string_view device);

/* The same from one line of the trace; empty for other devices and other lines. */
std::string access_of_line(std::string_view line, const Mark &mark, std::string_view device);

} // namespace vm

#endif
