// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "reader_text.hpp"

#include "text.hpp"

namespace pcipeek::map {
namespace {

constexpr std::string_view blanks = " \t\r\n\f\v";

constexpr bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

constexpr bool is_in_names(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_';
}

constexpr unsigned byte_at(std::string_view text, std::size_t at)
{
	return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

// Of the character with which text begins; 0 if that is no UTF-8.
std::size_t utf8_length(std::string_view text)
{
	const unsigned first = byte_at(text, 0);
	const unsigned second = byte_at(text, 1);
	const auto follow = [&](std::size_t count) {
		for (std::size_t i = 1; i <= count; ++i)
			if ((byte_at(text, i) & 0xc0) != 0x80)
				return false;
		return true;
	};

	if (first >= 0xc2 && first <= 0xdf)
		return follow(1) ? 2 : 0;
	if (first >= 0xe0 && first <= 0xef) {
		const bool overlong = first == 0xe0 && second < 0xa0;
		const bool surrogate = first == 0xed && second > 0x9f;
		return follow(2) && !overlong && !surrogate ? 3 : 0;
	}
	if (first >= 0xf0 && first <= 0xf4) {
		const bool overlong = first == 0xf0 && second < 0x90;
		const bool too_high = first == 0xf4 && second > 0x8f;
		return follow(3) && !overlong && !too_high ? 4 : 0;
	}
	return 0;
}

// How long what stands for a blank is, at the start of text; 0 if there is none.
std::size_t blank_length(std::string_view text)
{
	const unsigned first = byte_at(text, 0);

	if (first <= ' ' || first == 0x7f)
		return 1;
	return text.starts_with("\\n") ? 2 : 0;
}

void append_character(std::string &line, std::string_view text, std::size_t length)
{
	if (length > 0) {
		line.append(text.substr(0, length));
		return;
	}
	const unsigned latin = byte_at(text, 0);
	line += static_cast<char>(0xc0 | latin >> 6);
	line += static_cast<char>(0x80 | (latin & 0x3f));
}

// Most descriptions are.
bool is_plain_line(std::string_view text)
{
	bool after_blank = true;

	for (const char c : text) {
		if (c < ' ' || c > '~' || c == '\\' || (c == ' ' && after_blank))
			return false;
		after_blank = c == ' ';
	}
	return !after_blank;
}

} // namespace

std::string_view trimmed(std::string_view text)
{
	const std::size_t first = text.find_first_not_of(blanks);

	if (first == std::string_view::npos)
		return {};
	return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string prose(std::string_view text)
{
	std::string line;
	bool after_blank = false;

	if (is_plain_line(text))
		return std::string{text};
	line.reserve(text.size());
	while (!text.empty()) {
		if (const std::size_t blank = blank_length(text)) {
			after_blank = true;
			text.remove_prefix(blank);
			continue;
		}
		if (after_blank && !line.empty())
			line += ' ';
		after_blank = false;
		const std::size_t length = byte_at(text, 0) < 0x80 ? 1 : utf8_length(text);
		append_character(line, text, length);
		text.remove_prefix(length > 0 ? length : 1);
	}
	return line;
}

std::string identifier(std::string_view text)
{
	std::string name;

	name.reserve(text.size() + 1);
	if (!text.empty() && is_digit(text.front()))
		name += '_';
	for (const char c : text)
		name += is_in_names(c) ? c : '_';
	return name;
}

std::string block_name(std::string name)
{
	if (is_region(name))
		name += '_';
	return name;
}

std::string in_quotes(std::string_view text)
{
	constexpr std::size_t longest = 64;
	std::string line = prose(text.substr(0, longest));

	if (text.size() > longest)
		line += "...";
	return '\'' + line + '\'';
}

} // namespace pcipeek::map
