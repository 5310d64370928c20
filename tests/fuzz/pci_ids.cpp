// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// pci.ids: the names are those that a second reading, which goes line by line, finds.
#include "names/pci_ids.hpp"

#include "claim.hpp"
#include "input.hpp"

#include <optional>
#include <string>

namespace pcipeek::fuzz {

namespace {

using detail::Identity;
using detail::Names;

std::string hexadecimal(std::uint32_t number, int digits)
{
	char text[16];

	return {text, static_cast<std::size_t>(
			      std::snprintf(text, sizeof(text), "%0*x", digits, number))};
}

/* The names of the first entry @outer, and of the first @inner of one; with what is before. */
class Reading {
public:
	Reading(const std::string &outer, const std::string &inner)
		: outer_(outer + "  "), inner_('\t' + inner + "  ")
	{
	}

	void read(std::string_view line)
	{
		if (line.empty() || line.front() == '#' || line == "\r")
			return;
		if (line.front() != '\t')
			inside_ = keep(outer_name, line, outer_);
		else if (inside_)
			keep(inner_name, line, inner_);
	}

	std::optional<std::string> outer_name;
	std::optional<std::string> inner_name;

private:
	/* Is that the line? Its name is @name, unless there was one before. */
	static bool keep(std::optional<std::string> &name, std::string_view line,
			 const std::string &start)
	{
		if (!line.starts_with(start))
			return false;
		line.remove_prefix(start.size());
		if (line.ends_with('\r'))
			line.remove_suffix(1);
		if (!name)
			name = line.substr(0, detail::longest_name);
		return true;
	}

	std::string outer_;
	std::string inner_;
	bool inside_ = false;
};

void check(std::string_view text, const Identity &identity)
{
	Reading device(hexadecimal(identity.vendor_id, 4), hexadecimal(identity.device_id, 4));
	Reading kind("C " + hexadecimal(identity.class_code >> 16, 2),
		     hexadecimal(identity.class_code >> 8 & 0xff, 2));

	for (std::string_view rest = text; !rest.empty();) {
		const auto line = rest.substr(0, rest.find('\n'));

		device.read(line);
		kind.read(line);
		rest.remove_prefix(std::min(rest.size(), line.size() + 1));
	}

	const Names names = detail::PciIds{text}.names(identity);
	const std::string inner_kind = kind.inner_name.value_or("");
	claim(names.vendor_name == device.outer_name.value_or(""),
	      "the vendor is the first of that number");
	claim(names.device_name == device.inner_name.value_or(""),
	      "the device is the first of the vendor");
	claim(names.class_name == (inner_kind.empty() ? kind.outer_name.value_or("") : inner_kind),
	      "the class is the closest that has a name");
}

} // namespace

} // namespace pcipeek::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
	using namespace pcipeek::fuzz;

	pcipeek::detail::Identity identity;
	identity.vendor_id = 0x1147;
	identity.device_id = 0x0c8e;
	identity.class_code = 0xff0100;
	check(text_of(data, size), identity);
	return 0;
}
