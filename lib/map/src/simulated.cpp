// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/map_testing.hpp>

#include <algorithm>
#include <bit>
#include <charconv>

namespace pcipeek::testing {

namespace {

using map::ReadEffect;
using map::WriteEffect;

constexpr std::uint64_t smallest_bar = 4096;

// Bits of a word that behave alike.
struct Bits {
	std::uint64_t mask = 0;
	map::Access access = map::Access::read_write;
	ReadEffect read = ReadEffect::none;
	WriteEffect write = WriteEffect::plain;
};

// All bits of a register: those of its fields, and the rest.
std::vector<Bits> bits_of(const map::RegisterType &type)
{
	std::uint64_t rest = ~std::uint64_t{0} >> (64 - type.bits);
	std::vector<Bits> parts;
	for (const map::Field &field : type.fields) {
		parts.push_back(
			{field.mask() & rest, field.access, field.read_effect, field.write_effect});
		rest &= ~field.mask();
	}
	parts.push_back({rest, type.access, type.read_effect, type.write_effect});
	return parts;
}

std::uint64_t after_write(WriteEffect effect, std::uint64_t stored, std::uint64_t written)
{
	switch (effect) {
	case WriteEffect::one_to_clear:
		return stored & ~written;
	case WriteEffect::one_to_set:
		return stored | written;
	case WriteEffect::one_to_toggle:
		return stored ^ written;
	case WriteEffect::zero_to_clear:
		return stored & written;
	case WriteEffect::zero_to_set:
		return stored | ~written;
	case WriteEffect::zero_to_toggle:
		return stored ^ ~written;
	case WriteEffect::clears:
		return 0;
	case WriteEffect::sets:
		return ~std::uint64_t{0};
	case WriteEffect::plain:
	case WriteEffect::modifies:
		break;
	}
	return written;
}

bool is_writable(const Bits &bits)
{
	return bits.access == map::Access::read_write || bits.access == map::Access::write_only;
}

std::uint64_t written(const std::vector<Bits> &parts, std::uint64_t stored, std::uint64_t value)
{
	std::uint64_t result = stored;
	for (const Bits &bits : parts)
		if (is_writable(bits))
			result = (result & ~bits.mask) |
				 (after_write(bits.write, stored, value) & bits.mask);
	return result;
}

// What a read returns of what is stored, and what it leaves there.
std::uint64_t visible(const std::vector<Bits> &parts, std::uint64_t stored)
{
	for (const Bits &bits : parts)
		if (bits.access == map::Access::write_only || bits.access == map::Access::none)
			stored &= ~bits.mask;
	return stored;
}

std::uint64_t left(const std::vector<Bits> &parts, std::uint64_t stored)
{
	for (const Bits &bits : parts)
		if (bits.read == ReadEffect::clears)
			stored &= ~bits.mask;
		else if (bits.read == ReadEffect::sets)
			stored |= bits.mask;
	return stored;
}

std::vector<Bits> shifted(std::vector<Bits> parts, unsigned shift)
{
	for (Bits &bits : parts)
		bits.mask >>= shift;
	return parts;
}

void add_hooks(FakeBoard &board, unsigned bar, std::uint64_t offset, const std::vector<Bits> &parts)
{
	board.on_store(bar, offset, [parts](const Access &access, std::uint64_t stored) {
		return written(parts, stored, access.value);
	});
	board.on_read(bar, offset, [&board, parts](const Access &access) {
		if (const auto rest = left(parts, access.value); rest != access.value)
			board.set_value(access.bar, access.offset, access.width, rest);
		return visible(parts, access.value);
	});
}

void add_register(FakeBoard &board, const map::Register &reg)
{
	const map::RegisterType &type = *reg.type;
	const unsigned words = type.bits / type.word_bits;
	const auto parts = bits_of(type);
	for (unsigned word = 0; word < words; word++) {
		const bool low_first = type.order == map::WordOrder::low_first;
		const unsigned shift = type.word_bits * (low_first ? word : words - 1 - word);
		const std::uint64_t offset = reg.offset + std::uint64_t{word} * type.word_bits / 8;
		const auto width = static_cast<Width>(type.word_bits / 8);
		const auto mask = ~std::uint64_t{0} >> (64 - type.word_bits);

		board.set_value(reg.block->bar, offset, width,
				type.reset.value_or(0) >> shift & mask);
		add_hooks(board, reg.block->bar, offset, shifted(parts, shift));
	}
}

bool is_simulated(const map::Register &reg)
{
	return reg.block->space == map::Space::bar && reg.type->is_accessible() &&
	       reg.block->anchor.kind == map::Anchor::Kind::fixed;
}

void make_room(const Map &map, FakeBoardOptions &options)
{
	for (const map::Register &reg : map.registers())
		if (is_simulated(reg)) {
			FakeBar &bar = options.bars[reg.block->bar];
			bar.size = std::max(
				{bar.size, smallest_bar, std::bit_ceil(reg.offset + reg.bytes())});
		}
}

// "1234:11e8", also with subsystem ids behind it.
void take_ids(const std::string &match, FakeBoardOptions &options)
{
	if (match.size() < 9 || match[4] != ':')
		return;
	std::from_chars(match.data(), match.data() + 4, options.vendor_id, 16);
	std::from_chars(match.data() + 5, match.data() + 9, options.device_id, 16);
}

} // namespace

FakeBoardOptions options_from(const Map &map)
{
	FakeBoardOptions options{.bars = {}};
	if (!map.matches().empty())
		take_ids(map.matches().front(), options);
	make_room(map, options);
	return options;
}

std::unique_ptr<FakeBoard> board_from(const Map &map, FakeBoardOptions options)
{
	make_room(map, options);
	auto board = std::make_unique<FakeBoard>(options);
	for (const map::Register &reg : map.registers())
		if (is_simulated(reg))
			add_register(*board, reg);
	return board;
}

std::unique_ptr<FakeBoard> board_from(const Map &map)
{
	return board_from(map, options_from(map));
}

} // namespace pcipeek::testing
