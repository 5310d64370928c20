// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "output/terminal.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace pcipeek::tools {

enum class Style {
	plain,
	bold,
	dim
};

/* A piece of a line. */
struct Piece {
	std::string text;
	Style style = Style::plain;
};

/* A line of text in the making, and how many columns it takes. */
class Line {
public:
	/* Spaces, so that the next piece begins at @column; at least one if there is a piece. */
	void go_to(std::size_t column);
	void add(Piece piece);

	std::size_t columns() const
	{
		return columns_;
	}

	bool empty() const
	{
		return pieces_.empty();
	}

	/* With its newline. What a terminal would obey in it is replaced; see printable.hpp. */
	void print(const Terminal &terminal) const;

private:
	std::vector<Piece> pieces_;
	std::size_t columns_ = 0;
};

/*
 * Prints a line and items behind it, separated by spaces. Those that do not fit go into
 * lines of their own, below the first one; where that leaves too little room, further left.
 */
void print_wrapped(Line line, const std::vector<Piece> &items, const Terminal &terminal);

/* The words of a text, in one style: line breaks of a file mean nothing. */
std::vector<Piece> words_of(const std::string &text, Style style);

} // namespace pcipeek::tools
