// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "output/printable.hpp"

#include <cstdint>

namespace pcipeek::tools {

namespace {

constexpr char substitute = '?';

constexpr bool is_plain_byte(unsigned char c)
{
	return (c >= ' ' && c < 0x7f) || c == '\n' || c == '\t';
}

/* What the first byte of a sequence of UTF-8 (RFC 3629) says of it. */
struct Form {
	std::size_t size; /* 0: no sequence begins so */
	std::uint32_t bits; /* of the character, from the first byte */
	std::uint32_t least; /* a smaller one would have a shorter form */
};

constexpr Form form_of(unsigned char first)
{
	if (first < 0x80)
		return {1, first, 0};
	if (first >= 0xc0 && first < 0xe0)
		return {2, first & 0x1fU, 0x80};
	if (first >= 0xe0 && first < 0xf0)
		return {3, first & 0x0fU, 0x800};
	if (first >= 0xf0 && first < 0xf8)
		return {4, first & 0x07U, 0x10000};
	return {0, 0, 0};
}

constexpr bool is_allowed(std::uint32_t character)
{
	if (character < 0x80)
		return is_plain_byte(static_cast<unsigned char>(character));
	return character >= 0xa0 && character <= 0x10ffff &&
	       (character < 0xd800 || character > 0xdfff);
}

/* How many bytes of the text are one character that may be printed; 0 for none. */
std::size_t first_character(std::string_view text)
{
	const Form form = form_of(static_cast<unsigned char>(text.front()));
	std::uint32_t character = form.bits;

	if (form.size == 0 || form.size > text.size())
		return 0;
	for (const char c : text.substr(1, form.size - 1)) {
		const auto byte = static_cast<unsigned char>(c);
		if ((byte & 0xc0) != 0x80)
			return 0;
		character = character << 6 | (byte & 0x3fU);
	}
	return character >= form.least && is_allowed(character) ? form.size : 0;
}

} // namespace

bool is_plain(std::string_view text)
{
	bool plain = true;

	/* Without a way out of it, the compiler looks at many bytes at once. */
	for (const char c : text)
		plain = plain & is_plain_byte(static_cast<unsigned char>(c));
	return plain;
}

std::string printable(std::string_view text)
{
	std::string clean;

	clean.reserve(text.size());
	while (!text.empty()) {
		const std::size_t size = first_character(text);
		if (size == 0)
			clean += substitute;
		else
			clean += text.substr(0, size);
		text.remove_prefix(size == 0 ? 1 : size);
	}
	return clean;
}

} // namespace pcipeek::tools
