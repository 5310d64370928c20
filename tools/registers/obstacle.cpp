// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "registers/obstacle.hpp"

#include "format.hpp"

#include <pcipeek/config.hpp>

#include <algorithm>

namespace pcipeek::tools {

namespace {

std::string_view verb_of(map::ReadEffect effect)
{
	switch (effect) {
	case map::ReadEffect::clears:
		return "clears";
	case map::ReadEffect::sets:
		return "sets";
	case map::ReadEffect::modifies:
		return "changes";
	case map::ReadEffect::other:
	case map::ReadEffect::none:
		break;
	}
	return "";
}

std::string effect_on(map::ReadEffect effect, std::string_view what)
{
	const auto verb = verb_of(effect);

	return verb.empty() ? "a read has a side effect" : formatted("read {} {}", verb, what);
}

std::string effect_of(const map::RegisterType &type)
{
	if (type.read_effect != map::ReadEffect::none)
		return effect_on(type.read_effect, "it");
	const auto field = std::ranges::find_if(type.fields, [](const map::Field &candidate) {
		return candidate.read_effect != map::ReadEffect::none;
	});
	return field == type.fields.end() ? "" : effect_on(field->read_effect, field->name);
}

std::string why_no_width(const map::RegisterType &type)
{
	constexpr unsigned widest = 64;

	if (type.bits > widest)
		return "wider than 64 bits";
	return formatted("{} bits: no bus width", std::min(type.bits, type.word_bits));
}

std::string why_no_64_bits(const Device &device, const map::Placement &place)
{
	if (place.space == map::Space::config)
		return "64 bits: configuration space has no such access";
	if (device.bar(place.bar).type() == BarType::io)
		return "64 bits: an I/O BAR has no such access";
	return "";
}

bool is_behind_config(const Device &device, const Row &row)
{
	return row.place->space == map::Space::config &&
	       row.offset() + row.reg->bytes() > Config(device).total_size();
}

} // namespace

std::string obstacle_of(const map::Register &reg)
{
	const auto &type = *reg.type;

	if (type.access == map::Access::write_only)
		return "write only";
	if (type.access == map::Access::none)
		return "not readable";
	if (!type.is_accessible())
		return why_no_width(type);
	if (type.has_read_effect())
		return effect_of(type);
	return reg.block->space == map::Space::rom ? "in the ROM; 'pcipeek dump' shows it" : "";
}

std::string obstacle_on(const Device &device, const Row &row)
{
	auto obstacle = obstacle_of(*row.reg);

	if (!row.is_named || obstacle.empty() || obstacle != effect_of(*row.reg->type))
		return obstacle;
	return formatted("{}; 'pcipeek read {} {}' reads it", obstacle, to_string(device.address()),
			 row.reg->name);
}

std::string obstacle_at(const Device &device, const Row &row)
{
	const unsigned bytes = row.reg->type->word_bits / 8;

	if (row.offset() % bytes != 0)
		return formatted("misaligned: not a multiple of {} bytes", bytes);
	if (is_behind_config(device, row))
		return "outside configuration space";
	return bytes == 8 ? why_no_64_bits(device, *row.place) : "";
}

} // namespace pcipeek::tools
