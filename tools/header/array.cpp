// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "header/array.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace pcipeek::tools::header {

namespace {

constexpr std::string_view digits = "0123456789";

/* "CH3_CTRL": "CH", 3 and "_CTRL". */
struct Numbered {
	std::string_view before;
	std::size_t number = 0;
	std::string_view after;
};

/* By its last number; nothing if it has none, or one that starts with a zero. */
std::optional<Numbered> numbered(std::string_view name)
{
	const auto last = name.find_last_of(digits);
	if (last == std::string_view::npos)
		return std::nullopt;
	const auto previous = name.find_last_not_of(digits, last);
	const auto start = previous == std::string_view::npos ? 0 : previous + 1;

	Numbered parts{name.substr(0, start), 0, name.substr(last + 1)};
	const auto [end, error] =
		std::from_chars(name.data() + start, name.data() + last + 1, parts.number);
	const bool padded = last > start && name[start] == '0';
	if (start == 0 || error != std::errc{} || padded)
		return std::nullopt;
	return parts;
}

std::string array_name(const Numbered &parts)
{
	std::string name = std::string(parts.before) + std::string(parts.after);

	while (name.size() > 1 && name.ends_with('_'))
		name.pop_back();
	return name;
}

bool same_kind(const Node &a, const Node &b);

bool same_members(const Node &a, const Node &b)
{
	return std::ranges::equal(a.members, b.members, [&](const Node &x, const Node &y) {
		return x.name == y.name && x.offset - a.offset == y.offset - b.offset &&
		       same_kind(x, y);
	});
}

/* Whether they differ in name and place only. */
bool same_kind(const Node &a, const Node &b)
{
	if (a.bar != b.bar || a.count != b.count || a.stride != b.stride || a.first != b.first ||
	    a.floats || b.floats || !a.reg != !b.reg)
		return false;
	return a.reg ? a.reg->type == b.reg->type : same_members(a, b);
}

/* Whether @node is the element behind @previous. */
bool continues(const Node &first, const Node &previous, const Node &node, std::uint64_t stride)
{
	const auto before = numbered(previous.name);
	const auto here = numbered(node.name);

	return before && here && before->before == here->before && before->after == here->after &&
	       here->number == before->number + 1 && node.offset > previous.offset &&
	       node.offset - previous.offset == stride && same_kind(first, node);
}

/* The indices of the elements of the array that starts there; one index if none does. */
std::vector<std::size_t> elements(const std::vector<Node> &nodes, std::size_t start)
{
	std::vector<std::size_t> found{start};
	std::uint64_t stride = 0;

	for (std::size_t i = start + 1; i < nodes.size(); ++i) {
		const Node &last = nodes[found.back()];
		const auto distance = found.size() == 1 ? nodes[i].offset - last.offset : stride;

		if (!continues(nodes[start], last, nodes[i], distance))
			continue;
		stride = distance;
		found.push_back(i);
	}
	return found;
}

bool is_taken(const std::vector<Node> &nodes, const std::string &name)
{
	return std::ranges::any_of(nodes, [&](const Node &node) { return node.name == name; });
}

void fold(std::vector<Node> &nodes, const std::vector<std::size_t> &found)
{
	const auto parts = *numbered(nodes[found[0]].name);
	const auto name = array_name(parts);
	if (is_taken(nodes, name))
		return;

	Node &array = nodes[found[0]];
	array.count = found.size();
	array.stride = nodes[found[1]].offset - array.offset;
	array.first = parts.number;
	array.name = name;
	for (std::size_t i = 1; i < found.size(); ++i)
		nodes[found[i]].name.clear();
	std::erase_if(nodes, [](const Node &node) { return node.name.empty(); });
}

} // namespace

void fold_arrays(std::vector<Node> &nodes)
{
	for (Node &node : nodes)
		fold_arrays(node.members);
	for (std::size_t i = 0; i < nodes.size(); ++i)
		if (nodes[i].count == 0 && numbered(nodes[i].name))
			if (const auto found = elements(nodes, i); found.size() > 1)
				fold(nodes, found);
}

} // namespace pcipeek::tools::header
