// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// pci.ids: the names are those that a second reading, which goes line by line, finds.
#include "pci_ids.hpp"

#include "claim.hpp"
#include "input.hpp"

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

/* The name of the entry @inner of the first entry @outer; both with what is before them. */
class Reading {
public:
	Reading(const std::string &outer, const std::string &inner)
		: outer_(outer + "  "), inner_('\t' + inner + "  ")
	{
	}

	void read(std::string_view line)
	{
		if (line.empty() || line.front() == '#')
			return;
		if (state_ == State::inside && line.front() != '\t')
			state_ = State::behind;
		if (state_ == State::before && line.starts_with(outer_)) {
			state_ = State::inside;
			outer_name = line.substr(outer_.size());
		} else if (state_ == State::inside && !found_ && line.starts_with(inner_)) {
			found_ = true;
			inner_name = line.substr(inner_.size());
		}
	}

	std::string outer_name;
	std::string inner_name;

private:
	enum class State {
		before,
		inside,
		behind
	};

	std::string outer_;
	std::string inner_;
	State state_ = State::before;
	bool found_ = false;
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

	const Names names = detail::names_from_pci_ids(text, identity);
	claim(names.vendor_name == device.outer_name, "the vendor is the first of that number");
	claim(names.device_name == device.inner_name, "the device is one of the vendor");
	claim(names.class_name == (kind.inner_name.empty() ? kind.outer_name : kind.inner_name),
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
