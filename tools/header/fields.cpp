// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "header/fields.hpp"

#include "format.hpp"
#include "header/comment.hpp"
#include "header/names.hpp"

namespace pcipeek::tools::header {

namespace {

std::string access_name(map::Access access)
{
	switch (access) {
	case map::Access::read_only:
		return "pcipeek::typed::Access::read_only";
	case map::Access::write_only:
		return "pcipeek::typed::Access::write_only";
	case map::Access::read_write:
	case map::Access::none:
		break;
	}
	return "pcipeek::typed::Access::read_write";
}

bool has_names(const map::Field &field)
{
	return field.values && !field.values->empty();
}

std::string value_names(const map::Field &field, const std::string &names,
			const std::string &indent, std::size_t depth)
{
	std::string text = formatted("{}struct {} {{\n", indent, names);
	Scope scope(names);

	for (const map::NamedValue &value : *field.values)
		text += doc_comment(value.description, "", depth + 1) +
			formatted("{}\tstatic constexpr pcipeek::typed::Named<{}, value_type> "
				  "{}{{{:#x}}};\n",
				  indent, names, scope.add(value.name), value.value);
	return text + indent + "};\n";
}

/* What Field has behind its bits. */
std::string behind_bits(const map::Field &field, const std::string &names)
{
	if (!names.empty())
		return formatted(", {}, {}", access_name(field.access), names);
	if (field.access == map::Access::read_write)
		return "";
	return ", " + access_name(field.access);
}

} // namespace

std::string traits(const map::RegisterType &type, std::uint64_t offset)
{
	std::string text = formatted("pcipeek::typed::Traits{{.offset = {:#x}", offset);

	if (type.bits != 32)
		text += formatted(", .width = pcipeek::Width::w{}", type.bits);
	if (type.word_bits != type.bits)
		text += formatted(", .words = {}", type.bits / type.word_bits);
	if (type.word_bits != type.bits && type.order == map::WordOrder::high_first)
		text += ", .order = pcipeek::typed::WordOrder::high_first";
	if (type.access != map::Access::read_write)
		text += ", .access = " + access_name(type.access);
	if (type.has_read_effect())
		text += ", .read_has_effect = true";
	if (type.is_volatile)
		text += ", .is_volatile = true";
	if (const auto zero = type.written_as_zero())
		text += formatted(", .written_as_zero = {:#x}", zero);
	if (const auto one = type.written_as_one())
		text += formatted(", .written_as_one = {:#x}", one);
	return text + "}";
}

std::string fields(const map::RegisterType &type, const std::string &name, std::size_t depth)
{
	const std::string indent(depth, '\t');
	std::string text;
	Scope scope(name);

	for (const map::Field &field : type.fields) {
		if (field.access == map::Access::none)
			continue;
		const auto own = scope.add(field.name);
		std::string names;
		if (has_names(field)) {
			names = scope.add(field.name + "_names");
			text += value_names(field, names, indent, depth);
		}
		text += doc_comment(field.description, field.source, depth) +
			formatted("{}pcipeek::typed::Field<Register, {}, {}{}> {}{{*this}};\n",
				  indent, field.high, field.low, behind_bits(field, names), own);
	}
	return text;
}

} // namespace pcipeek::tools::header
