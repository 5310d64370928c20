// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "naming/capability.hpp"

#include "format.hpp"
#include "naming/described.hpp"
#include "naming/words.hpp"
#include "output/report.hpp"

#include <pcipeek/config_register.hpp>

namespace pcipeek::tools {

namespace {

bool is_of(const map::Register &reg, const ConfigRegister &base)
{
	const auto &anchor = reg.block->anchor;
	const auto kind = base.base == ConfigBase::capability
				  ? map::Anchor::Kind::capability
				  : map::Anchor::Kind::extended_capability;

	return anchor.kind == kind && anchor.id == base.capability_id;
}

/* Why it is not read; empty if it is. */
std::string_view why_not(const map::RegisterType &type)
{
	if (type.access == map::Access::write_only)
		return "write-only";
	if (type.access == map::Access::none || !type.is_accessible())
		return "not readable";
	return type.has_read_effect() ? "a read changes it" : "";
}

Location describe(const Map &map, const map::Register &reg, const map::Field *field)
{
	Location location;

	location.name = field ? formatted("{}:{}", reg.name, field->name) : reg.name;
	location.text = location.name;
	location.space = Space::config;
	location.offset = reg.offset;
	location.width = static_cast<Width>(reg.type->bits / 8);
	location.described = std::make_shared<const Described>(Described{map, &reg, field});
	if (field)
		location.field = BitField{field->high, field->low};
	return location;
}

void add(const Map &map, const map::Register &reg, std::vector<Location> &locations)
{
	locations.push_back(describe(map, reg, nullptr));
	for (const auto &field : reg.type->fields)
		if (field.access != map::Access::write_only && field.access != map::Access::none)
			locations.push_back(describe(map, reg, &field));
}

} // namespace

bool is_capability_alone(const ConfigTarget &target)
{
	return !target.what && target.base.base != ConfigBase::header &&
	       find_config_register(target.location.text).has_value();
}

std::vector<Location> find_capability(const Map &map, const ConfigRegister &base)
{
	std::vector<Location> locations;

	for (const auto &reg : map.registers()) {
		if (!is_of(reg, base))
			continue;
		if (const auto why = why_not(*reg.type); !why.empty())
			note(formatted("config: {} is left out: {}", reg.name, why));
		else
			add(map, reg, locations);
	}
	return locations;
}

} // namespace pcipeek::tools
