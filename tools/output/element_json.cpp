// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "output/element_json.hpp"

#include "grammar/element.hpp"

#include <nlohmann/json.hpp>

namespace pcipeek::tools {

namespace {

nlohmann::ordered_json bar_number(const Location &location)
{
	return location.space == Space::bar ? nlohmann::ordered_json(location.bar)
					    : nlohmann::ordered_json(nullptr);
}

} // namespace

std::string element_json(const Location &location, std::uint64_t index, std::uint64_t element)
{
	const nlohmann::ordered_json item{
		{"location", location.label(index)},
		{"bar", bar_number(location)},
		{"offset", location.offset + index * bytes(location.width)},
		{"width", bytes(location.width)},
		{"value", location.field ? location.field->of(element) : element},
		{"hex", format_element(location, element)},
	};

	return item.dump();
}

std::string error_json(std::string_view why)
{
	const nlohmann::ordered_json item{{"error", why}};

	/* It may quote an argument, which may be anything. */
	return item.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

} // namespace pcipeek::tools
