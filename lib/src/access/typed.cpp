// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "format.hpp"

#include <pcipeek/batch.hpp>
#include <pcipeek/error.hpp>
#include <pcipeek/registers.hpp>

#include <cerrno>
#include <utility>

namespace pcipeek::typed::detail {
namespace {

[[noreturn]] void refuse(std::string text)
{
	throw Error{{.code = EINVAL, .cause = Cause::invalid, .text = std::move(text)}};
}

unsigned word_bits(const Words &reg)
{
	return bits(reg.width) / reg.words;
}

Width word_width(const Words &reg)
{
	return static_cast<Width>(bytes(reg.width) / reg.words);
}

// By how much the word at that index, by ascending offset, is shifted in the value.
unsigned shift_of(const Words &reg, unsigned word)
{
	const bool low_first = reg.order == WordOrder::low_first;
	return word_bits(reg) * (low_first ? word : reg.words - 1 - word);
}

std::uint64_t offset_of(const Words &reg, unsigned word)
{
	return reg.place.offset + std::uint64_t{word} * bytes(word_width(reg));
}

bool is_counter(const Words &reg)
{
	return reg.is_volatile && reg.words == 2 && reg.width == Width::w64;
}

std::uint64_t read_counter(const Bar &bar, const Words &reg)
{
	const bool low_first = reg.order == WordOrder::low_first;
	return read_counter64(bar, offset_of(reg, low_first ? 0 : 1),
			      offset_of(reg, low_first ? 1 : 0));
}

} // namespace

void refuse_value(std::uint64_t value, bool negative, std::uint64_t largest)
{
	if (negative)
		refuse(formatted("{} is negative; a register holds 0 to {:#x}",
				 static_cast<std::int64_t>(value), largest));
	refuse(formatted("{:#x} does not fit; the register or field holds 0 to {:#x}", value,
			 largest));
}

void refuse_index(std::uint64_t index, std::uint64_t first, std::uint64_t last)
{
	refuse(formatted("there is no register {}; the array has {} to {}", index, first, last));
}

void refuse_combination()
{
	refuse("fields of different array elements, or the same field twice, cannot be written "
	       "together; use one update for each");
}

Bar bar_of(const Device &device, const Place &place)
{
	return device.bar(place.bar);
}

Bar bar_of(const Bar &bar, const Place &place)
{
	if (bar.index() != place.bar)
		refuse(formatted("the register is in BAR {}, not in BAR {} of {}; pass that BAR, "
				 "or the device",
				 place.bar, bar.index(), to_string(bar.device().address())));
	return bar;
}

std::uint64_t read_words(const Bar &bar, const Words &reg)
{
	if (reg.words == 1)
		return read_value(bar, reg.place.offset, reg.width);
	if (is_counter(reg))
		return read_counter(bar, reg);
	Batch batch{bar.device()};
	for (unsigned i = 0; i < reg.words; i++)
		batch.read(bar, offset_of(reg, i), word_width(reg));
	const BatchResult result = batch.run();

	std::uint64_t value = 0;
	for (unsigned i = 0; i < reg.words; i++)
		value |= result[i] << shift_of(reg, i);
	return value;
}

void write_words(const Bar &bar, const Words &reg, std::uint64_t value)
{
	if (reg.words == 1)
		return write_value(bar, reg.place.offset, reg.width, value);
	const auto all = ~std::uint64_t{0} >> (64 - word_bits(reg));
	Batch batch{bar.device()};
	for (unsigned i = 0; i < reg.words; i++)
		batch.write_value(bar, offset_of(reg, i), word_width(reg),
				  value >> shift_of(reg, i) & all);
	batch.run();
}

} // namespace pcipeek::typed::detail
