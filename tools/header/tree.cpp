// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "header/tree.hpp"

#include "header/array.hpp"

#include <algorithm>

namespace pcipeek::tools::header {

namespace {

bool floats(const map::Block &block)
{
	return block.anchor.kind != map::Anchor::Kind::fixed;
}

Node &member(std::vector<Node> &nodes, std::string_view name, const map::Register &reg)
{
	const auto found = std::ranges::find_if(nodes, [&](const Node &node) {
		return node.name == name && node.bar == reg.block->bar && !node.reg;
	});

	if (found != nodes.end())
		return *found;
	nodes.push_back({.name = std::string(name), .offset = reg.offset, .bar = reg.block->bar});
	return nodes.back();
}

void insert(std::vector<Node> &top, const map::Register &reg)
{
	std::vector<Node> *nodes = &top;
	std::string_view rest = reg.name;

	for (auto dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
		Node &block = member(*nodes, rest.substr(0, dot), reg);

		block.offset = std::min(block.offset, reg.offset);
		if (floats(*reg.block) && nodes == &top) {
			block.floats = reg.block.get();
			block.offset = 0;
		}
		nodes = &block.members;
		rest.remove_prefix(dot + 1);
	}
	nodes->push_back({.name = std::string(rest),
			  .offset = reg.offset,
			  .bar = reg.block->bar,
			  .reg = &reg});
}

} // namespace

std::string_view why_left_out(const map::Register &reg)
{
	if (reg.block->space == map::Space::config)
		return "it is in configuration space; use pcipeek::Config";
	if (reg.block->space == map::Space::rom)
		return "it is in the ROM; use pcipeek::Rom";
	if (reg.type->access == map::Access::none)
		return "it can be neither read nor written";
	if (!reg.type->is_accessible())
		return "no bus access has its width";
	if (floats(*reg.block) && reg.name.find('.') == std::string::npos)
		return "the device says where it is, and it is in no block";
	return "";
}

Tree make_tree(const Map &map)
{
	Tree tree;

	for (const map::Register &reg : map.registers())
		if (const auto why = why_left_out(reg); why.empty())
			insert(tree.nodes, reg);
		else
			tree.left_out.push_back({reg.name, std::string(why)});
	fold_arrays(tree.nodes);
	return tree;
}

} // namespace pcipeek::tools::header
