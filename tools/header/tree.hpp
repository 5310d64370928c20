// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/map.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pcipeek::tools::header {

/* A register, a block of them, or an array of either. */
struct Node {
	std::string name;
	/* In bytes from the start of the region. Of an array, of its first element. */
	std::uint64_t offset = 0;
	unsigned bar = 0;
	/* Of a block it is null. */
	const map::Register *reg = nullptr;
	/* What a block has in it. */
	std::vector<Node> members = {};
	/* The device says where this block is: offsets count from there. */
	const map::Block *floats = nullptr;
	/* Elements of an array; 0 of what is none. */
	std::size_t count = 0;
	std::uint64_t stride = 0;
	std::size_t first = 0;
};

/* A register that a header cannot have. */
struct LeftOut {
	std::string name;
	std::string why;
};

/* What a header has of a map. */
struct Tree {
	std::vector<Node> nodes;
	std::vector<LeftOut> left_out;
};

/* Elements of arrays, which the map has expanded, are together again. */
Tree make_tree(const Map &map);

/* "" if the register can be in a header. */
std::string_view why_left_out(const map::Register &reg);

} // namespace pcipeek::tools::header
