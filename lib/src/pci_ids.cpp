// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "pci_ids.hpp"

#include "format.hpp"

namespace pcipeek::detail {
namespace {

// A line of pci.ids without its key, and the more deeply indented lines under it.
struct Entry {
	std::string_view name;
	std::string_view body;
};

std::string_view take_line(std::string_view &text)
{
	const std::string_view line = text.substr(0, text.find('\n'));
	text.remove_prefix(std::min(text.size(), line.size() + 1));
	return line;
}

// The lines from the front of the text that begin with the indentation, or are no entries.
std::string_view indented(std::string_view text, std::string_view indentation)
{
	std::string_view rest = text;
	while (!rest.empty()) {
		std::string_view next = rest;
		const std::string_view line = take_line(next);
		if (!line.empty() && !line.starts_with('#') && !line.starts_with(indentation))
			break;
		rest = next;
	}
	return text.substr(0, text.size() - rest.size());
}

// Finds the entry of that key, tabs before it included: "1147", "\t0c8e", "C ff".
Entry find_entry(std::string_view text, const std::string &key)
{
	const std::string deeper = key.starts_with('\t') ? "\t\t" : "\t";
	const std::string start = key + "  ";
	while (!text.empty()) {
		const std::string_view line = take_line(text);
		if (line.starts_with(start))
			return {line.substr(start.size()), indented(text, deeper)};
	}
	return {};
}

std::string class_name(std::string_view text, std::uint32_t class_code)
{
	const Entry base = find_entry(text, formatted("C {:02x}", class_code >> 16));
	const Entry sub = find_entry(base.body, formatted("\t{:02x}", class_code >> 8 & 0xff));
	return std::string{sub.name.empty() ? base.name : sub.name};
}

} // namespace

Names names_from_pci_ids(std::string_view text, const Identity &identity)
{
	const Entry vendor = find_entry(text, formatted("{:04x}", identity.vendor_id));
	const Entry device = find_entry(vendor.body, formatted("\t{:04x}", identity.device_id));
	return {.vendor_name = std::string{vendor.name},
		.device_name = std::string{device.name},
		.class_name = class_name(text, identity.class_code)};
}

} // namespace pcipeek::detail
