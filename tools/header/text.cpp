// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "header/text.hpp"

#include "format.hpp"
#include "header/comment.hpp"
#include "header/fields.hpp"
#include "header/names.hpp"
#include "header/tree.hpp"

namespace pcipeek::tools::header {

namespace {

/* Where @node is declared: what offsets count from there. */
struct Surroundings {
	std::size_t depth = 0;
	std::uint64_t start = 0;

	bool is_block() const
	{
		return depth > 0;
	}
};

std::string definition(const Node &node, const std::string &name, const Surroundings &around);

std::string place(const Node &node, std::uint64_t offset, const Surroundings &around)
{
	if (!around.is_block())
		return formatted("pcipeek::typed::Place{{.bar = {}, .offset = {:#x}}}", node.bar,
				 offset);
	if (offset == 0)
		return "block";
	return formatted("pcipeek::typed::Place{{block.bar, block.offset + {:#x}}}", offset);
}

/* What declares the object of a struct, or the array of such objects. */
std::string object(const Node &node, const std::string &name, const Surroundings &around)
{
	const std::string indent(around.depth, '\t');
	const auto *storage = around.is_block() ? "" : "inline constexpr ";
	/* A register of its own has its offset in its type. */
	const bool in_type = node.reg && node.count == 0;
	const auto where = place(node, in_type ? 0 : node.offset - around.start, around);

	if (node.count == 0)
		return formatted("{}{}struct {} {}{{{}}};\n", indent, storage, name, name, where);
	const auto first = node.first == 0 ? "" : formatted(", {}", node.first);
	return formatted("{}{}pcipeek::typed::Array<struct {}, {}, {:#x}{}> {}{{{}}};\n", indent,
			 storage, name, node.count, node.stride, first, name, where);
}

std::string register_struct(const Node &node, const std::string &name, const Surroundings &around)
{
	const std::string indent(around.depth, '\t');
	const auto &type = *node.reg->type;
	const auto offset = node.count == 0 ? node.offset - around.start : 0;

	return doc_comment(type.description, type.source, around.depth) +
	       formatted("{0}struct {1}\n{0}\t: pcipeek::typed::Register<struct {1}, {2}> {{\n"
			 "{0}\tusing Register::Register;\n",
			 indent, name, traits(type, offset)) +
	       fields(type, name, around.depth + 1) + indent + "};\n";
}

std::string floating_comment(const Node &node, const std::string &name, const std::string &indent)
{
	const auto &anchor = node.floats->anchor;
	const auto where = anchor.kind == map::Anchor::Kind::base_register
				   ? formatted("the value of {}", in_comment(anchor.base))
				   : std::string("a capability in configuration space");

	return formatted("{0}// Where it begins, {1} says: "
			 "{2}{{pcipeek::typed::Place{{bar, offset}}}}.\n",
			 indent, where, name);
}

std::string block_struct(const Node &node, const std::string &name, const Surroundings &around)
{
	const std::string indent(around.depth, '\t');
	const Surroundings inside{around.depth + 1, node.offset};
	std::string text = node.floats ? floating_comment(node, name, indent) : "";
	Scope scope(name);

	text += formatted("{0}struct {1} {{\n{0}\tpcipeek::typed::Place block;\n", indent, name);
	for (const Node &member : node.members)
		text += '\n' + definition(member, scope.add(member.name), inside);
	return text + indent + "};\n";
}

std::string definition(const Node &node, const std::string &name, const Surroundings &around)
{
	auto text =
		node.reg ? register_struct(node, name, around) : block_struct(node, name, around);

	return node.floats ? text : text + object(node, name, around);
}

std::string left_out(const Tree &tree)
{
	std::string text;

	for (const LeftOut &reg : tree.left_out)
		text += formatted("// {} is not here: {}.\n", reg.name, reg.why);
	return text.empty() ? "" : '\n' + text;
}

} // namespace

std::string header_text(const Map &map, const std::string &name_space, const std::string &origin)
{
	const Tree tree = make_tree(map);
	if (tree.nodes.empty())
		throw MapError(
			formatted("{}: none of its {} registers can be in a header; they are "
				  "not in a BAR, or no bus access has their width",
				  map.name(), map.registers().size()));

	std::string text = "// " + in_comment(origin) + "\n#pragma once\n\n" +
			   "#include <pcipeek/registers.hpp>\n\n" +
			   doc_comment(map.name(), map.description(), 0) +
			   formatted("namespace {} {{\n", name_space);
	Scope scope;
	for (const Node &node : tree.nodes)
		text += '\n' + definition(node, scope.add(node.name), {});
	return text + left_out(tree) + formatted("\n}} // namespace {}\n", name_space);
}

} // namespace pcipeek::tools::header
