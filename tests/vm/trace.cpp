/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#include "trace.hpp"

#include <array>
#include <charconv>
#include <fstream>
#include <iomanip>
#include <istream>
#include <ostream>
#include <sstream>

namespace fs = std::filesystem;

namespace vm {
namespace {

const fs::path devices = "/sys/bus/pci/devices";
constexpr unsigned bar_count = 6;

/* IORESOURCE_UNSET: the BAR has no address, and its range begins at 0. */
constexpr std::uint64_t unset = 0x20000000;

std::vector<BarRange> bar_ranges_of(const fs::path &device)
{
	std::ifstream file(device / "resource");
	std::vector<BarRange> ranges;
	std::uint64_t first, last, flags;
	for (unsigned bar = 0; bar < bar_count; ++bar) {
		file >> std::hex >> first >> last >> flags;
		if (file && last != 0 && !(flags & unset))
			ranges.push_back({device.filename(), bar, first, last});
	}
	return ranges;
}

/* What stands behind a word of a line, up to the next blank. */
std::string_view field(std::string_view line, std::string_view name)
{
	const auto start = line.find(name);
	if (start == std::string_view::npos)
		return {};
	line.remove_prefix(start + name.size());
	return line.substr(0, line.find(' '));
}

std::uint64_t number(std::string_view digits)
{
	std::uint64_t value = 0;
	const int base = digits.starts_with("0x") ? 16 : 10;
	digits.remove_prefix(base == 16 ? 2 : 0);
	std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
	return value;
}

std::string to_text(const Access &access, const BarRange &range)
{
	static constexpr std::array<char, 9> suffix{0, 'b', 'w', 0, 'l', 0, 0, 0, 'q'};
	std::ostringstream out;
	out << access.verb << " bar" << range.bar << std::hex << std::setfill('0');
	out << "+0x" << std::setw(2) << access.address - range.first << '.'
	    << suffix.at(access.bytes);
	out << " 0x" << std::setw(2 * static_cast<int>(access.bytes)) << access.value;
	return out.str();
}

std::string with_domain(std::string_view device)
{
	constexpr std::size_t without = std::string_view("00:00.0").size();
	return (device.size() == without ? "0000:" : "") + std::string(device);
}

} // namespace

/* memory_region_ops_read cpu 0 mr 0x55d0 addr 0xfea00000 value 0x1 size 4 name 'edu-mmio' */
std::optional<Access> parse_access(std::string_view line)
{
	const auto verb = field(line, "memory_region_ops_");
	const auto address = field(line, " addr ");
	const auto bytes = static_cast<unsigned>(number(field(line, " size ")));
	if (verb.empty() || address.empty() || bytes == 0)
		return {};
	Access access;
	access.verb = verb;
	access.address = number(address);
	access.bytes = bytes;
	access.region = field(line, " name '");
	access.region = access.region.substr(0, access.region.find('\''));
	access.value =
		number(field(line, " value ")) & ~std::uint64_t{0} >> (64 - 8 * access.bytes);
	return access;
}

std::vector<BarRange> all_bar_ranges()
{
	std::vector<BarRange> ranges;
	for (const auto &device : fs::directory_iterator(devices))
		for (auto &range : bar_ranges_of(device.path()))
			ranges.push_back(std::move(range));
	return ranges;
}

std::ostream &operator<<(std::ostream &out, const Mark &mark)
{
	out << mark.position << '\n';
	for (const auto &range : mark.ranges)
		out << range.device << ' ' << range.bar << ' ' << range.first << ' ' << range.last
		    << '\n';
	return out;
}

std::istream &operator>>(std::istream &in, Mark &mark)
{
	in >> mark.position;
	for (BarRange range; in >> range.device >> range.bar >> range.first >> range.last;)
		mark.ranges.push_back(range);
	return in;
}

Mark mark_trace()
{
	return {fs::file_size(trace_file), all_bar_ranges()};
}

std::string access_of_line(std::string_view line, const Mark &mark, std::string_view device)
{
	const auto access = parse_access(line);
	if (!access)
		return {};
	const std::string wanted = with_domain(device);
	for (const auto &range : mark.ranges)
		if (range.device == wanted && range.has(access->address))
			return to_text(*access, range);
	return {};
}

std::vector<std::string> accesses_since(const Mark &mark, std::string_view device)
{
	/* Not to the end: reading the trace makes it longer, by the 9p device's own lines. */
	const std::uintmax_t end = fs::file_size(trace_file);
	std::ifstream file(trace_file);
	file.seekg(static_cast<std::streamoff>(mark.position));
	std::vector<std::string> accesses;
	std::uintmax_t position = mark.position;
	for (std::string line; position < end && std::getline(file, line);
	     position += line.size() + 1)
		if (auto access = access_of_line(line, mark, device); !access.empty())
			accesses.push_back(std::move(access));
	return accesses;
}

} // namespace vm
