// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "output/regs_words.hpp"

#include "format.hpp"

namespace pcipeek::tools {

std::string hex_of(std::uint64_t value, unsigned bits)
{
	constexpr unsigned bits_per_digit = 4;

	return formatted("0x{:0{}x}", value, (bits + bits_per_digit - 1) / bits_per_digit);
}

std::string short_number(std::uint64_t value)
{
	constexpr std::uint64_t largest_digit = 9;

	return value <= largest_digit ? formatted("{}", value) : formatted("{:#x}", value);
}

std::string bits_of(const map::Field &field)
{
	return field.high == field.low ? formatted("{}", field.low)
				       : formatted("{}:{}", field.high, field.low);
}

std::string meaning_of(const map::Register::Decoded &decoded)
{
	return decoded.name ? decoded.name->name : short_number(decoded.value);
}

std::string access_word(map::Access access, bool write_once)
{
	switch (access) {
	case map::Access::read_write:
		return write_once ? "rwo" : "rw";
	case map::Access::read_only:
		return "ro";
	case map::Access::write_only:
		return "wo";
	case map::Access::none:
		break;
	}
	return "none";
}

std::string word_of(map::ReadEffect effect)
{
	return effect == map::ReadEffect::none ? "" : std::string(to_string(effect));
}

std::string word_of(map::WriteEffect effect)
{
	return effect == map::WriteEffect::plain ? "" : std::string(to_string(effect));
}

std::string behaviour_of(map::Access access, map::ReadEffect read, map::WriteEffect write,
			 bool write_once)
{
	auto text = access_word(access, write_once);

	if (write != map::WriteEffect::plain)
		text += ", write " + word_of(write);
	if (read != map::ReadEffect::none)
		text += ", read " + word_of(read);
	return text;
}

} // namespace pcipeek::tools
