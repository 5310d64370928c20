// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "naming/neutral.hpp"

#include "errors.hpp"
#include "format.hpp"
#include "naming/described.hpp"

#include <bit>

namespace pcipeek::tools {

namespace {

std::uint64_t all_bits(const Location &location)
{
	return ~std::uint64_t{0} >> (64 - bits(location.width));
}

/* How far the word of the location is from bit 0 of its register. */
unsigned shift_of(const Location &location)
{
	const auto &reg = *location.described->reg;
	const auto first = static_cast<unsigned>(location.offset - reg.offset) * 8;

	if (bits(location.width) == reg.type->bits || reg.type->order == map::WordOrder::low_first)
		return first;
	return reg.type->bits - reg.type->word_bits - first;
}

bool is_same_word(const Location &a, const Location &b)
{
	return b.described && a.described->reg == b.described->reg && a.offset == b.offset &&
	       a.width == b.width;
}

/* "CTRL", or "CTRL:63:32" for one word of several. */
std::string word_name(const Location &location)
{
	const auto &reg = *location.described->reg;
	const unsigned low = shift_of(location);

	if (reg.type->bits == bits(location.width))
		return reg.name;
	return formatted("{}:{}:{}", reg.name, low + bits(location.width) - 1, low);
}

/* The same change, of the whole register under a mask. */
void widen(Assign &assign)
{
	const Masked own = assign.what.in_register(assign.location);

	assign.location.name = word_name(assign.location);
	assign.location.field.reset();
	assign.what.value = own.value;
	assign.what.mask = own.mask;
}

/* @second's bits into @first. */
void join(Assign &first, Assign second)
{
	const auto text = first.text;

	widen(first);
	widen(second);
	if (const auto both = *first.what.mask & *second.what.mask)
		throw UsageError(
			formatted("'{}': bit {} of {} is also assigned by '{}'; leave out one "
				  "of them",
				  second.text, std::countr_zero(both), first.location.name, text));
	first.what.value |= second.what.value;
	*first.what.mask |= *second.what.mask;
	first.neutral.mask = (first.neutral.mask | second.neutral.mask) & ~*first.what.mask;
	first.neutral.value = (first.neutral.value | second.neutral.value) & first.neutral.mask;
}

/* All later ones, up to a write of the whole register: that has its place in the order. */
void merge_into(std::size_t first, std::vector<Assign> &assigns)
{
	for (std::size_t other = first + 1; other < assigns.size();) {
		if (!is_same_word(assigns[first].location, assigns[other].location)) {
			++other;
			continue;
		}
		if (!assigns[other].is_partial())
			return;
		join(assigns[first], std::move(assigns[other]));
		assigns.erase(assigns.begin() + static_cast<std::ptrdiff_t>(other));
	}
}

} // namespace

Masked neutral_bits(const Assign &assign)
{
	const Location &location = assign.location;
	const auto &type = *location.described->reg->type;
	const unsigned shift = shift_of(location);
	const auto own = assign.what.in_register(location).mask;
	const auto one = type.written_as_one() >> shift & all_bits(location);
	const auto zero = type.written_as_zero() >> shift & all_bits(location);

	return {.value = one & ~own, .mask = (one | zero) & ~own};
}

void merge(std::vector<Assign> &assigns)
{
	for (std::size_t first = 0; first < assigns.size(); ++first)
		if (assigns[first].location.described && assigns[first].is_partial())
			merge_into(first, assigns);
}

void simplify(Assign &assign)
{
	const Masked all = assign.in_register();

	if (!assign.is_partial())
		return;
	if (assign.neutral.mask != 0)
		widen(assign);
	if (all.mask != all_bits(assign.location))
		return;
	widen(assign);
	assign.what = {.value = all.value, .mask = std::nullopt, .argument = "", .position = 0};
	assign.neutral = {.value = 0, .mask = 0};
}

} // namespace pcipeek::tools
