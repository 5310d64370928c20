// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "toml_register.hpp"

#include "format.hpp"

#include <array>

namespace pcipeek::map {

namespace {

using namespace std::string_view_literals;

constexpr std::array register_keys{"offset"sv,	    "width"sv,	  "word"sv,  "order"sv,
				   "access"sv,	    "reset"sv,	  "read"sv,  "write"sv,
				   "volatile"sv,    "overlaps"sv, "like"sv,  "fields"sv,
				   "count"sv,	    "stride"sv,	  "index"sv, "first"sv,
				   "description"sv, "source"sv};
constexpr std::array orders{"low-first"sv, "high-first"sv};
constexpr unsigned most_bits = 1024;

unsigned width_in(const Keys &keys, std::string_view key, unsigned otherwise)
{
	const auto width = keys.number(key, most_bits).value_or(otherwise);
	if (width == 0)
		keys.fail(key, formatted("'{}' is 0, but a register has at least one bit", key));
	return static_cast<unsigned>(width);
}

void take_words(const Keys &keys, RegisterType &type)
{
	type.word_bits = width_in(keys, "word", type.bits);
	if (type.word_bits > type.bits || type.bits % type.word_bits != 0)
		keys.fail("word", formatted("{} bits are not a whole number of words of {} bits",
					    type.bits, type.word_bits));
	type.order = static_cast<WordOrder>(keys.word("order", orders).value_or(0));
}

void take_reset(const Keys &keys, RegisterType &type)
{
	type.reset = keys.number("reset");
	if (type.reset && type.bits < 64 && *type.reset >> type.bits != 0)
		keys.fail("reset",
			  formatted("0x{:x} does not fit {} bits", *type.reset, type.bits));
}

void check_fields(const Keys &keys, const RegisterType &type)
{
	for (const Field &field : type.fields)
		if (field.high >= type.bits)
			keys.fail("fields",
				  formatted("field {} has the bits {}:{}, but the register "
					    "has {}",
					    field.name, field.high, field.low, type.bits));
}

RegisterType read_type(const Keys &keys, const Defaults &defaults, const NamedLists &lists)
{
	RegisterType type;
	const Behaviour behaviour = behaviour_of(keys, defaults.behaviour);

	type.bits = width_in(keys, "width", defaults.width);
	take_words(keys, type);
	type.access = behaviour.access;
	type.read_effect = behaviour.read_effect;
	type.write_effect = behaviour.write_effect;
	type.write_once = behaviour.write_once;
	type.is_volatile = keys.flag("volatile").value_or(false);
	type.overlaps = keys.flag("overlaps").value_or(false);
	take_reset(keys, type);
	type.fields = read_fields(keys, behaviour, lists);
	check_fields(keys, type);
	type.description = keys.text("description").value_or("");
	type.source = keys.text("source").value_or("");
	return type;
}

} // namespace

Defaults Defaults::with(const Keys &keys) const
{
	Defaults own = *this;
	own.width = width_in(keys, "width", width);
	own.behaviour = behaviour_of(keys, behaviour);
	return own;
}

RegisterTypes::RegisterTypes(const TomlFile &file, const NamedLists &lists)
	: file_{file}, lists_{lists}
{
}

Keys RegisterTypes::keys_of(const Entry &entry, const toml::table &siblings) const
{
	constexpr unsigned longest_chain = 16;
	Keys keys(file_, *entry.node->as_table(), formatted("register {}", entry.name()));
	const toml::table *table = entry.node->as_table();

	keys.allow(register_keys);
	for (unsigned i = 0; const toml::node *like = table->get("like"); i++) {
		const auto *name = like->as_string();
		if (!name)
			keys.fail("like", "'like' has to be the name of a register");
		table = siblings[name->get()].as_table();
		if (!table)
			keys.fail("like",
				  formatted("there is no register {} beside it", name->get()));
		if (i == longest_chain)
			keys.fail("like", "the registers that it is like form a circle");
		keys.add_base(*table);
	}
	return keys;
}

std::shared_ptr<const RegisterType> RegisterTypes::type_of(const Keys &keys,
							   const toml::table &table,
							   const Defaults &defaults)
{
	auto &type = types_[{&table, defaults.width}];
	if (!type)
		type = std::make_shared<const RegisterType>(read_type(keys, defaults, lists_));
	return type;
}

} // namespace pcipeek::map
