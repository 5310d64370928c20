// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "svd_effects.hpp"

#include "reader_text.hpp"

#include <array>
#include <utility>

namespace pcipeek::map::svd {
namespace {

template <class Value, std::size_t size>
using Words = std::array<std::pair<std::string_view, Value>, size>;

constexpr Words<Rights, 5> rights = {{
	{"read-write", {Access::read_write, false}},
	{"read-only", {Access::read_only, false}},
	{"write-only", {Access::write_only, false}},
	{"writeOnce", {Access::write_only, true}},
	{"read-writeOnce", {Access::read_write, true}},
}};

// modifyExternal: it changes something else than this register.
constexpr Words<ReadEffect, 4> read_effects = {{
	{"clear", ReadEffect::clears},
	{"set", ReadEffect::sets},
	{"modify", ReadEffect::modifies},
	{"modifyExternal", ReadEffect::other},
}};

constexpr Words<WriteEffect, 9> write_effects = {{
	{"oneToClear", WriteEffect::one_to_clear},
	{"oneToSet", WriteEffect::one_to_set},
	{"oneToToggle", WriteEffect::one_to_toggle},
	{"zeroToClear", WriteEffect::zero_to_clear},
	{"zeroToSet", WriteEffect::zero_to_set},
	{"zeroToToggle", WriteEffect::zero_to_toggle},
	{"clear", WriteEffect::clears},
	{"set", WriteEffect::sets},
	{"modify", WriteEffect::modifies},
}};

template <class Value, std::size_t size>
std::optional<Value> one_of(Document &document, const Element &element, Tag tag,
			    const Words<Value, size> &words)
{
	if (!element.has(tag))
		return std::nullopt;
	const std::string_view text = element.text(tag);
	std::string known;
	for (const auto &[word, value] : words) {
		if (word == text)
			return value;
		known += known.empty() ? "" : ", ";
		known += word;
	}
	document.fail(element.at(tag), std::string{element.at(tag).name()} + " is " +
					       in_quotes(text) + ": it can be " + known);
}

} // namespace

std::optional<Rights> rights_of(Document &document, const Element &element)
{
	return one_of(document, element, Tag::access, rights);
}

std::optional<ReadEffect> read_effect_of(Document &document, const Element &element)
{
	return one_of(document, element, Tag::read_action, read_effects);
}

std::optional<WriteEffect> write_effect_of(Document &document, const Element &element)
{
	return one_of(document, element, Tag::modified_write_values, write_effects);
}

} // namespace pcipeek::map::svd
