// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "names/pci_ids.hpp"

#include <algorithm>
#include <optional>
#include <utility>

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

std::string_view take_line(std::string_view &text)
{
	const std::size_t size = text.find('\n');
	if (size == std::string_view::npos)
		return std::exchange(text, text.substr(text.size()));
	const std::string_view line{text.data(), size};
	text.remove_prefix(size + 1);
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
	constexpr std::size_t vendors_of_today = 4096;
	const char *below = text.data();

	outer_.reserve(vendors_of_today);
	while (!text.empty()) {
		const std::string_view line = take_line(text);
		if (line.empty() || line.front() == '\t' || line.front() == '#' || line == "\r")
			continue;
		if (!outer_.empty())
			outer_.back().below = {below, line.data()};
		const Entry entry = to_outer(line);
		// Of lines that are nobody's one is enough: a file of nothing else stays small.
		if (outer_.empty() || entry.key != nobody || outer_.back().key != nobody)
			outer_.push_back(entry);
		below = text.data();
	}
	if (!outer_.empty())
		outer_.back().below = {below, text.data()};
	sort(outer_);
}

// Also where it is nobody's: what is indented below belongs to it, and not to the one before.
PciIds::Entry PciIds::to_outer(std::string_view line)
{
	if (line.starts_with("C ")) {
		line.remove_prefix(2);
		if (const auto number = take_number(line, 2))
			return {class_key(*number), line};
	} else if (const auto number = take_number(line, 4)) {
		return {vendor_key(*number), line};
	}
	return {nobody, line};
}

bool PciIds::less(const Entry &a, const Entry &b) noexcept
{
	return a.key < b.key;
}

// The file is in order as a rule; the first of those with the same key stays the first.
void PciIds::sort(Entries &entries)
{
	if (!std::is_sorted(entries.begin(), entries.end(), less))
		std::stable_sort(entries.begin(), entries.end(), less);
}

std::string PciIds::find(const Entries &entries, std::uint64_t key)
{
	const auto found = std::ranges::lower_bound(entries, key, {}, &Entry::key);
	if (found == entries.end() || found->key != key)
		return "";
	std::string_view name = found->name;
	if (name.ends_with('\r')) // a file of DOS
		name.remove_suffix(1);
	return std::string{name.substr(0, longest_name)};
}

std::string PciIds::find_inner(std::uint64_t outer, std::uint64_t number) const
{
	const std::lock_guard turn{asking_};
	auto found = inner_.find(outer);
	if (found == inner_.end())
		found = inner_.emplace(outer, list_inner(outer)).first;
	return find(found->second, number);
}

PciIds::Entries PciIds::list_inner(std::uint64_t outer) const
{
	const Entry wanted{.key = outer, .name = {}};
	auto [block, end] = std::equal_range(outer_.begin(), outer_.end(), wanted, less);
	Entries entries;

	for (; block != end; ++block)
		for (std::string_view text = block->below; !text.empty();) {
			std::string_view line = take_line(text);
			if (!line.starts_with('\t'))
				continue;
			line.remove_prefix(1);
			if (const auto number = take_number(line, outer < classes ? 4 : 2))
				entries.push_back({*number, line});
		}
	sort(entries);
	return entries;
}

Names PciIds::names(const Identity &identity) const
{
	const std::uint64_t vendor = vendor_key(identity.vendor_id);
	const std::uint64_t base_class = class_key(identity.class_code >> 16 & 0xff);
	Names names{.vendor_name = find(outer_, vendor),
		    .device_name = find_inner(vendor, identity.device_id),
		    .class_name = find_inner(base_class, identity.class_code >> 8 & 0xff)};
	if (names.class_name.empty())
		names.class_name = find(outer_, base_class);
	return names;
}

} // namespace pcipeek::detail
