// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "output/register_toml.hpp"

#include "format.hpp"
#include "output/regs_words.hpp"

namespace pcipeek::tools {

namespace {

/* One that has many names would make a line nobody reads; all its names are kept. */
std::string named_value(const map::NamedValue &named)
{
	TomlTable table;

	if (named.description.empty())
		return toml_number(named.value);
	table.add("value", toml_number(named.value));
	table.add_text("description", named.description);
	return table.inline_table();
}

std::uint64_t free_bits(const map::Field &field, const map::NamedValue &named)
{
	return ~named.mask & field.mask() >> field.low;
}

/* The format has no bits that do not matter: each value gets a name of its own. */
void add_each(TomlTable &table, const map::NamedValue &named, std::uint64_t free)
{
	map::NamedValue one = named;
	std::uint64_t bits = 0;

	do {
		one.value = (named.value & ~free) | bits;
		table.add(formatted("{}_{:x}", named.name, one.value), named_value(one));
		bits = (bits - free) & free;
	} while (bits != 0);
}

std::string values_of(const map::Field &field)
{
	constexpr std::uint64_t most = 256;
	TomlTable table;

	for (const auto &named : *field.values)
		if (const auto free = free_bits(field, named); free == 0)
			table.add(named.name, named_value(named));
		else if (table.size() < most)
			add_each(table, named, free);
	return table.inline_table();
}

bool behaves_like(const map::Field &field, const map::RegisterType &type)
{
	return field.access == type.access && field.read_effect == type.read_effect &&
	       field.write_effect == type.write_effect;
}

void add_effects(TomlTable &table, map::ReadEffect read, map::WriteEffect write)
{
	table.add_text("read", word_of(read));
	table.add_text("write", word_of(write));
}

std::string field_of(const map::Field &field, const map::RegisterType &type)
{
	TomlTable table;

	table.add_text("bits", bits_of(field));
	if (!behaves_like(field, type)) {
		table.add_text("access", access_word(field.access));
		add_effects(table, field.read_effect, field.write_effect);
	}
	if (field.values && !field.values->empty())
		table.add("values", values_of(field));
	table.add_text("description", field.description);
	table.add_text("source", field.source);
	return table.size() == 1 ? toml_string(bits_of(field)) : table.inline_table();
}

void add_words(TomlTable &table, const map::RegisterType &type)
{
	constexpr unsigned usual = 32;

	if (type.bits != usual)
		table.add("width", toml_number(type.bits));
	if (type.word_bits != type.bits)
		table.add("word", toml_number(type.word_bits));
	if (type.order == map::WordOrder::high_first)
		table.add_text("order", "high-first");
}

void add_behaviour(TomlTable &table, const map::RegisterType &type)
{
	const auto access = access_word(type.access, type.write_once);

	if (access != "rw")
		table.add_text("access", access);
	add_effects(table, type.read_effect, type.write_effect);
	if (type.reset)
		table.add("reset", toml_hex(*type.reset));
	if (type.is_volatile)
		table.add("volatile", "true");
	if (type.overlaps)
		table.add("overlaps", "true");
}

} // namespace

void add_register_keys(TomlTable &table, const map::RegisterType &type)
{
	add_words(table, type);
	add_behaviour(table, type);
	table.add_text("description", type.description);
	table.add_text("source", type.source);
	for (const auto &field : type.fields)
		table.add("fields." + field.name, field_of(field, type));
}

} // namespace pcipeek::tools
