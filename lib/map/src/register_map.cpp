// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/register_map.hpp>

#include "effect_words.hpp"
#include "text.hpp"

#include <algorithm>

namespace pcipeek::map {

namespace {

bool acts_as_one(WriteEffect effect)
{
	switch (effect) {
	case WriteEffect::one_to_clear:
	case WriteEffect::one_to_set:
	case WriteEffect::one_to_toggle:
		return true;
	default:
		return false;
	}
}

bool acts_as_zero(WriteEffect effect)
{
	switch (effect) {
	case WriteEffect::zero_to_clear:
	case WriteEffect::zero_to_set:
	case WriteEffect::zero_to_toggle:
		return true;
	default:
		return false;
	}
}

// Bits without a field do what the register does.
std::uint64_t bits_that(bool (*acts)(WriteEffect), const RegisterType &type)
{
	std::uint64_t acting = 0;
	std::uint64_t described = 0;
	for (const Field &field : type.fields) {
		described |= field.mask();
		if (acts(field.write_effect))
			acting |= field.mask();
	}
	if (acts(type.write_effect))
		acting |= ~described;
	return type.bits < 64 ? acting & ((std::uint64_t{1} << type.bits) - 1) : acting;
}

bool is_bus_width(unsigned bits)
{
	return bits == 8 || bits == 16 || bits == 32 || bits == 64;
}

} // namespace

std::string_view to_string(ReadEffect effect) noexcept
{
	return read_words.at(static_cast<std::size_t>(effect));
}

std::string_view to_string(WriteEffect effect) noexcept
{
	return write_words.at(static_cast<std::size_t>(effect));
}

unsigned Field::bits() const noexcept
{
	return high - low + 1;
}

std::uint64_t Field::mask() const noexcept
{
	return ~std::uint64_t{0} >> (64 - bits()) << low;
}

std::uint64_t Field::of(std::uint64_t register_value) const noexcept
{
	return (register_value & mask()) >> low;
}

const NamedValue *Field::name_of(std::uint64_t value) const noexcept
{
	if (!values)
		return nullptr;
	const auto found = std::ranges::find_if(*values, [&](const NamedValue &named) {
		return (value & named.mask) == (named.value & named.mask);
	});
	return found == values->end() ? nullptr : &*found;
}

const NamedValue *Field::value_named(std::string_view wanted) const noexcept
{
	if (!values)
		return nullptr;
	const auto found = std::ranges::find_if(*values, [&](const NamedValue &named) {
		return same_word(named.name, wanted);
	});
	return found == values->end() ? nullptr : &*found;
}

const Field *RegisterType::field(std::string_view wanted) const noexcept
{
	const auto found = std::ranges::find_if(fields, [&](const Field &field) {
		return same_word(field.name, wanted);
	});
	return found == fields.end() ? nullptr : &*found;
}

bool RegisterType::has_read_effect() const noexcept
{
	return read_effect != ReadEffect::none ||
	       std::ranges::any_of(fields, [](const Field &field) {
		       return field.read_effect != ReadEffect::none;
	       });
}

bool RegisterType::is_accessible() const noexcept
{
	return is_bus_width(bits) && is_bus_width(word_bits) && word_bits <= bits;
}

std::uint64_t RegisterType::written_as_zero() const noexcept
{
	return bits_that(acts_as_one, *this);
}

std::uint64_t RegisterType::written_as_one() const noexcept
{
	return bits_that(acts_as_zero, *this);
}

std::string region_name(Space space, unsigned bar)
{
	switch (space) {
	case Space::config:
		return "config";
	case Space::rom:
		return "rom";
	case Space::bar:
		break;
	}
	return "bar" + std::to_string(bar);
}

std::string Block::region() const
{
	return region_name(space, bar);
}

std::uint64_t Register::bytes() const noexcept
{
	return (type->bits + 7) / 8;
}

std::vector<Register::Decoded> Register::decode(std::uint64_t value) const
{
	std::vector<Decoded> decoded;
	decoded.reserve(type->fields.size());
	for (const Field &field : type->fields)
		decoded.push_back({&field, field.of(value), field.name_of(field.of(value))});
	return decoded;
}

} // namespace pcipeek::map
