// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "svd_number.hpp"

#include <charconv>

namespace pcipeek::map::svd {
namespace {

// Takes the prefix off, and says what it stands for.
int take_base(std::string_view &text)
{
	if (text.starts_with("0x") || text.starts_with("0X")) {
		text.remove_prefix(2);
		return 16;
	}
	if (text.starts_with('#')) {
		text.remove_prefix(1);
		return 2;
	}
	if (text.starts_with("0b") || text.starts_with("0B")) {
		text.remove_prefix(2);
		return 2;
	}
	return 10;
}

// 0 if it is no suffix.
unsigned shift_of(char suffix)
{
	switch (suffix) {
	case 'k':
	case 'K':
		return 10;
	case 'm':
	case 'M':
		return 20;
	case 'g':
	case 'G':
		return 30;
	case 't':
	case 'T':
		return 40;
	default:
		return 0;
	}
}

std::optional<MaskedNumber> binary(std::string_view digits)
{
	MaskedNumber number;

	if (digits.empty() || digits.size() > 64)
		return std::nullopt;
	for (const char c : digits) {
		const bool matters = c == '0' || c == '1';
		if (!matters && c != 'x' && c != 'X')
			return std::nullopt;
		number.value = number.value << 1 | (c == '1' ? 1 : 0);
		number.mask = number.mask << 1 | (matters ? 1 : 0);
	}
	return number;
}

} // namespace

std::optional<std::uint64_t> number(std::string_view text)
{
	if (text.starts_with('+'))
		text.remove_prefix(1);
	const int base = take_base(text);
	const unsigned shift = text.empty() ? 0 : shift_of(text.back());
	if (shift > 0)
		text.remove_suffix(1);

	std::uint64_t value = 0;
	const char *const end = text.data() + text.size();
	const auto [rest, error] = std::from_chars(text.data(), end, value, base);
	if (text.empty() || error != std::errc{} || rest != end)
		return std::nullopt;
	if (value << shift >> shift != value)
		return std::nullopt;
	return value << shift;
}

std::optional<MaskedNumber> masked_number(std::string_view text)
{
	std::string_view digits = text;

	if (take_base(digits) == 2 && digits.find_first_of("xX") != std::string_view::npos)
		return binary(digits);
	if (const auto plain = number(text))
		return MaskedNumber{.value = *plain};
	return std::nullopt;
}

} // namespace pcipeek::map::svd
