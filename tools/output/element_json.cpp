// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "output/element_json.hpp"

#include "grammar/element.hpp"
#include "naming/described.hpp"

#include <nlohmann/json.hpp>

namespace pcipeek::tools {

namespace {

nlohmann::ordered_json bar_number(const Location &location)
{
	return location.space == Space::bar ? nlohmann::ordered_json(location.bar)
					    : nlohmann::ordered_json(nullptr);
}

/* Whether its values may have names. */
bool has_meanings(const Location &location)
{
	return location.described && location.described->field &&
	       location.described->field->values && !location.described->field->values->empty();
}

nlohmann::ordered_json meaning(const Location &location, std::uint64_t element)
{
	const auto text = meaning_of(location, element);

	return text.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(text);
}

} // namespace

std::string element_json(const Location &location, std::uint64_t index, std::uint64_t element)
{
	nlohmann::ordered_json item{
		{"location", location.label(index)},
		{"bar", bar_number(location)},
		{"offset", location.offset + index * bytes(location.width)},
		{"width", bytes(location.width)},
		{"value", location.field ? location.field->of(element) : element},
		{"hex", format_element(location, element)},
	};

	if (has_meanings(location))
		item["meaning"] = meaning(location, element);
	return item.dump();
}

std::string error_json(std::string_view why)
{
	const nlohmann::ordered_json item{{"error", why}};

	/* It may quote an argument, which may be anything. */
	return item.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

} // namespace pcipeek::tools
