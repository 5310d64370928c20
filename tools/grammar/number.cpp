// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "grammar/number.hpp"

#include "format.hpp"

#include <charconv>

namespace pcipeek::tools {

namespace {

struct Notation {
	int base;
	std::size_t prefix;
	std::string_view digit;
};

constexpr Notation decimal{10, 0, "decimal"};
constexpr Notation hexadecimal{16, 2, "hexadecimal"};
constexpr Notation binary{2, 2, "binary"};

enum class Binary {
	allowed,
	refused
};

bool is_digit(char c, int base)
{
	std::uint64_t ignored = 0;

	return std::from_chars(&c, &c + 1, ignored, base).ec == std::errc{};
}

/* The column of the first character that is not a digit, or npos. */
std::size_t first_bad_digit(std::string_view digits, int base)
{
	for (std::size_t i = 0; i < digits.size(); ++i)
		if (!is_digit(digits[i], base))
			return i;
	return std::string_view::npos;
}

Notation notation_of(std::string_view word)
{
	if (word.starts_with("0x"))
		return hexadecimal;
	if (word.starts_with("0b"))
		return binary;
	return decimal;
}

void check_digits(const Scanner &in, std::size_t start, std::string_view word,
		  const Notation &notation)
{
	const auto digits = word.substr(notation.prefix);
	const auto bad = first_bad_digit(digits, notation.base);

	if (digits.empty())
		in.fail_at(start + notation.prefix,
			   formatted("a {} digit is missing after '{}'", notation.digit, word));
	if (bad == std::string_view::npos)
		return;
	in.fail_at(start + notation.prefix + bad,
		   formatted("'{}' is not a {} digit{}", digits[bad], notation.digit,
			     notation.base == 10 ? "; hexadecimal numbers begin with 0x" : ""));
}

std::string_view without_zeros(std::string_view word)
{
	word.remove_prefix(std::min(word.find_first_not_of('0'), word.size() - 1));
	return word;
}

void check_leading_zero(const Scanner &in, std::size_t start, std::string_view word)
{
	if (word.size() < 2 || word.front() != '0')
		return;
	word = without_zeros(word);
	in.fail_at(start,
		   formatted("a leading zero could mean octal; write {} or 0x{}", word, word));
}

std::uint64_t convert(const Scanner &in, std::size_t start, std::string_view word,
		      const Notation &notation)
{
	const auto digits = word.substr(notation.prefix);
	std::uint64_t value = 0;
	const auto result =
		std::from_chars(digits.data(), digits.data() + digits.size(), value, notation.base);

	if (result.ec == std::errc::result_out_of_range)
		in.fail_at(start, formatted("{} does not fit 64 bits; the largest "
					    "number is 0xffffffffffffffff",
					    word));
	return value;
}

std::uint64_t take(Scanner &in, Binary binary_is)
{
	const std::size_t start = in.position();
	const std::string_view word = in.take_word();
	const Notation notation = notation_of(word);

	if (word.empty())
		in.fail_at(start, "a number is missing here");
	if (notation.base == 2 && binary_is == Binary::refused)
		in.fail_at(start, "binary numbers are for values only; write a "
				  "decimal or a 0x number");
	check_digits(in, start, word, notation);
	if (notation.base == 10)
		check_leading_zero(in, start, word);
	return convert(in, start, word, notation);
}

[[noreturn]] void refuse_ambiguity(const Scanner &in, std::size_t start, std::string_view word,
				   const Notation &notation)
{
	const auto digits = without_zeros(word.substr(notation.prefix));
	const auto value = convert(in, start, word, notation);

	if (notation.base == 10 && digits.size() == 1)
		in.fail_at(start,
			   formatted("leave out the leading zeros of {}; write {}", word, digits));
	in.fail_at(start, formatted("{} has two readings in configuration space; write 0x{:x} "
				    "({} {}) or 0x{} (as setpci reads it)",
				    word, value, notation.digit, digits,
				    notation.base == 2 ? word.substr(1) : digits));
}

} // namespace

std::uint64_t take_number(Scanner &in)
{
	return take(in, Binary::refused);
}

std::uint64_t take_value(Scanner &in)
{
	return take(in, Binary::allowed);
}

std::uint64_t take_config_number(Scanner &in)
{
	const std::size_t start = in.position();
	const std::string_view word = in.take_word();
	const Notation notation = notation_of(word);

	if (word.empty())
		in.fail_at(start, "a number is missing here");
	check_digits(in, start, word, notation);
	if (notation.base != 16 && word.size() > 1)
		refuse_ambiguity(in, start, word, notation);
	return convert(in, start, word, notation);
}

} // namespace pcipeek::tools
