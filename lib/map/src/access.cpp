// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/map.hpp>

#include "access_checks.hpp"

#include <pcipeek/access.hpp>
#include <pcipeek/batch.hpp>
#include <pcipeek/config.hpp>
#include <pcipeek/rom.hpp>

namespace pcipeek::map {

namespace {

Width word_width(const Register &reg)
{
	return static_cast<Width>(reg.type->word_bits / 8);
}

std::size_t word_count(const Register &reg)
{
	return reg.type->bits / reg.type->word_bits;
}

// The shift of the word at that place, counted by ascending offsets.
unsigned shift_of(const Register &reg, std::size_t word)
{
	const std::size_t rank =
		reg.type->order == WordOrder::low_first ? word : word_count(reg) - 1 - word;
	return static_cast<unsigned>(rank) * reg.type->word_bits;
}

std::uint64_t offset_of(const Register &reg, std::uint64_t start, std::size_t word)
{
	return start + word * (reg.type->word_bits / 8);
}

std::uint64_t read_volatile(const Bar &bar, const Register &reg, std::uint64_t start)
{
	const bool low_first = reg.type->order == WordOrder::low_first;
	return read_counter64(bar, start + (low_first ? 0 : 4), start + (low_first ? 4 : 0));
}

bool is_counter(const Register &reg)
{
	return reg.type->is_volatile && reg.type->bits == 64 && reg.type->word_bits == 32;
}

// All words by one call into the kernel.
std::uint64_t read_words(const Device &device, const Bar &bar, const Register &reg,
			 std::uint64_t start)
{
	Batch batch{device};
	for (std::size_t word = 0; word < word_count(reg); word++)
		batch.read(bar, offset_of(reg, start, word), word_width(reg));
	const BatchResult result = batch.run();

	std::uint64_t value = 0;
	for (std::size_t word = 0; word < word_count(reg); word++)
		value |= result[word] << shift_of(reg, word);
	return value;
}

std::uint64_t read_in_bar(const Device &device, const Bar &bar, const Register &reg,
			  std::uint64_t start)
{
	if (word_count(reg) == 1)
		return read_value(bar, start, word_width(reg));
	return is_counter(reg) ? read_volatile(bar, reg, start)
			       : read_words(device, bar, reg, start);
}

std::uint64_t read_in_config(const Device &device, const Register &reg, std::uint64_t start)
{
	const Config config{device};
	std::uint64_t value = 0;
	for (std::size_t word = 0; word < word_count(reg); word++)
		value |= config.read_value(offset_of(reg, start, word), word_width(reg))
			 << shift_of(reg, word);
	return value;
}

std::uint64_t word_of(const Register &reg, std::uint64_t value, std::size_t word)
{
	const std::uint64_t all = ~std::uint64_t{0} >> (64 - reg.type->word_bits);
	return value >> shift_of(reg, word) & all;
}

void write_in_bar(const Device &device, const Bar &bar, const Register &reg, std::uint64_t start,
		  std::uint64_t value)
{
	if (word_count(reg) == 1)
		return write_value(bar, start, word_width(reg), value);
	Batch batch{device};
	for (std::size_t word = 0; word < word_count(reg); word++)
		batch.write_value(bar, offset_of(reg, start, word), word_width(reg),
				  word_of(reg, value, word));
	batch.run();
}

void write_in_config(const Device &device, const Register &reg, std::uint64_t start,
		     std::uint64_t value)
{
	const Config config{device};
	for (std::size_t word = 0; word < word_count(reg); word++)
		config.write_value(offset_of(reg, start, word), word_width(reg),
				   word_of(reg, value, word));
}

} // namespace

std::uint64_t read(const Device &device, const Map &map, const Register &reg)
{
	check_readable(device, reg);
	const Placement where = place(device, map, *reg.block);
	const std::uint64_t start = where.base + reg.offset;

	switch (where.space) {
	case Space::config:
		return read_in_config(device, reg, start);
	case Space::rom:
		refuse(device, reg, "registers in the ROM are not read by name; use 'pcipeek rom'");
	case Space::bar:
		break;
	}
	return read_in_bar(device, device.bar(where.bar), reg, start);
}

void write(const Device &device, const Map &map, const Register &reg, std::uint64_t value)
{
	check_writable(device, reg);
	check_fits(device, reg, value);
	const Placement where = place(device, map, *reg.block);
	const std::uint64_t start = where.base + reg.offset;

	switch (where.space) {
	case Space::config:
		return write_in_config(device, reg, start, value);
	case Space::rom:
		refuse(device, reg, "a ROM cannot be written");
	case Space::bar:
		break;
	}
	write_in_bar(device, device.bar(where.bar), reg, start, value);
}

} // namespace pcipeek::map
