// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "naming/described.hpp"

#include "errors.hpp"
#include "format.hpp"
#include "grammar/element.hpp"

namespace pcipeek::tools {

std::string_view meaning_of(const Location &location, std::uint64_t element)
{
	if (!location.described || !location.described->field)
		return "";

	const auto *name = location.described->field->name_of(location.field->of(element));
	return name ? std::string_view(name->name) : "";
}

std::string format_with_meaning(const Location &location, std::uint64_t element)
{
	const auto meaning = meaning_of(location, element);

	return formatted("{}{}{}", format_element(location, element), meaning.empty() ? "" : " ",
			 meaning);
}

bool has_several_words(const Location &location)
{
	return location.described &&
	       bits(location.width) > location.described->reg->type->word_bits;
}

void require_one_word(const Location &location)
{
	if (!has_several_words(location))
		return;

	const auto &type = *location.described->reg->type;
	throw UsageError(
		formatted("'{}': {} has {} words of {} bits, and only 'pcipeek read' and "
			  "'pcipeek write' access several at once; name a field that is in "
			  "one of them, or use their region and offset",
			  location.text, location.described->reg->name, type.bits / type.word_bits,
			  type.word_bits));
}

} // namespace pcipeek::tools
