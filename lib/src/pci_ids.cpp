// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "pci_ids.hpp"

#include <algorithm>
#include <optional>

namespace pcipeek::detail {
namespace {

// Of an outer line that neither a vendor nor a class begins.
constexpr std::uint64_t nobody = ~0ULL;
// Beyond all vendors.
constexpr std::uint64_t classes = 0x10000;

constexpr std::uint64_t vendor_key(std::uint64_t vendor_id)
{
	return vendor_id;
}

constexpr std::uint64_t class_key(std::uint64_t base_class)
{
	return classes | base_class;
}

constexpr std::uint64_t inner_key(std::uint64_t outer, std::uint64_t number)
{
	return outer << 16 | number;
}

std::string_view take_line(std::string_view &text)
{
	const std::string_view line = text.substr(0, text.find('\n'));
	text.remove_prefix(std::min(text.size(), line.size() + 1));
	return line;
}

// A lower-case hexadecimal digit, as the file has them; 16 for anything else.
constexpr unsigned digit(char c)
{
	if (c >= '0' && c <= '9')
		return static_cast<unsigned>(c - '0');
	return c >= 'a' && c <= 'f' ? static_cast<unsigned>(c - 'a') + 10 : 16;
}

// The number of so many digits, and two blanks, with which a line begins; then the rest of it.
std::optional<std::uint64_t> take_number(std::string_view &line, std::size_t digits)
{
	if (line.size() < digits + 2 || line[digits] != ' ' || line[digits + 1] != ' ')
		return std::nullopt;
	std::uint64_t number = 0;
	for (const char c : line.substr(0, digits)) {
		if (digit(c) > 15)
			return std::nullopt;
		number = number << 4 | digit(c);
	}
	line.remove_prefix(digits + 2);
	return number;
}

} // namespace

PciIds::PciIds(std::string_view text)
{
	while (!text.empty()) {
		const std::string_view line = take_line(text);
		if (line.empty() || line.front() == '#')
			continue;
		if (line.front() == '\t')
			add_inner(line.substr(1));
		else
			add_outer(line);
	}
	sort(outer_);
	sort(inner_);
}

void PciIds::add_outer(std::string_view line)
{
	std::uint64_t key = nobody;
	if (line.starts_with("C ")) {
		line.remove_prefix(2);
		if (const auto number = take_number(line, 2))
			key = class_key(*number);
	} else if (const auto number = take_number(line, 4)) {
		key = vendor_key(*number);
	}
	// Also where nobody is: what is indented below belongs to it, and not to the one before.
	outer_.push_back({key, line});
}

void PciIds::add_inner(std::string_view line)
{
	const std::uint64_t outer = outer_.empty() ? nobody : outer_.back().key;
	if (outer == nobody)
		return;
	if (const auto number = take_number(line, outer < classes ? 4 : 2))
		inner_.push_back({inner_key(outer, *number), line});
}

// The file is in order as a rule; the first of those with the same key stays the first.
void PciIds::sort(std::vector<Entry> &entries)
{
	const auto less = [](const Entry &a, const Entry &b) {
		return a.key < b.key;
	};
	if (!std::is_sorted(entries.begin(), entries.end(), less))
		std::stable_sort(entries.begin(), entries.end(), less);
}

std::string PciIds::find(const std::vector<Entry> &entries, std::uint64_t key)
{
	const auto found = std::lower_bound(entries.begin(), entries.end(), key,
					    [](const Entry &entry, auto wanted) {
						    return entry.key < wanted;
					    });
	return found != entries.end() && found->key == key ? std::string{found->name} : "";
}

Names PciIds::names(const Identity &identity) const
{
	const std::uint64_t vendor = vendor_key(identity.vendor_id);
	const std::uint64_t base_class = class_key(identity.class_code >> 16 & 0xff);
	Names names{.vendor_name = find(outer_, vendor),
		    .device_name = find(inner_, inner_key(vendor, identity.device_id)),
		    .class_name =
			    find(inner_, inner_key(base_class, identity.class_code >> 8 & 0xff))};
	if (names.class_name.empty())
		names.class_name = find(outer_, base_class);
	return names;
}

} // namespace pcipeek::detail
