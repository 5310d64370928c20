// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "output/line.hpp"

#include "output/output.hpp"
#include "output/printable.hpp"

#include <algorithm>
#include <span>
#include <sstream>

namespace pcipeek::tools {

namespace {

constexpr std::string_view ending = "\033[0m";

std::string_view beginning_of(Style style)
{
	switch (style) {
	case Style::bold:
		return "\033[1m";
	case Style::dim:
		return "\033[2m";
	case Style::plain:
		break;
	}
	return "";
}

bool begins_character(char c)
{
	return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
}

std::size_t columns_of(const std::string &text)
{
	return static_cast<std::size_t>(std::ranges::count_if(text, begins_character));
}

std::string rendered(const Piece &piece, const Terminal &terminal)
{
	const auto text = printable(piece.text);
	const auto beginning = terminal.has_styles ? beginning_of(piece.style) : "";

	return beginning.empty() ? text : std::string(beginning) + text + std::string(ending);
}

std::size_t indentation_below(const Line &line, const Terminal &terminal)
{
	constexpr std::size_t enough = 24;
	constexpr std::size_t least = 6;
	const auto column = line.columns() + 2;

	return terminal.columns && column + enough > *terminal.columns ? least : column;
}

} // namespace

void Line::go_to(std::size_t column)
{
	const std::size_t least = pieces_.empty() ? 0 : columns_ + 1;

	add({std::string(std::max(column, least) - columns_, ' ')});
}

void Line::add(Piece piece)
{
	columns_ += columns_of(piece.text);
	pieces_.push_back(std::move(piece));
}

void Line::print(const Terminal &terminal) const
{
	std::string text;

	for (const auto &piece : pieces_)
		text += rendered(piece, terminal);
	text.erase(text.find_last_not_of(' ') + 1);
	text += '\n';
	print_bytes(std::as_bytes(std::span(text)));
}

void print_wrapped(Line line, const std::vector<Piece> &items, const Terminal &terminal)
{
	const auto indentation = indentation_below(line, terminal);
	bool is_first = true;

	for (const auto &item : items) {
		const auto column = is_first ? line.columns() + 2 : line.columns() + 1;
		if (terminal.columns && column + columns_of(item.text) > *terminal.columns &&
		    line.columns() > indentation) {
			line.print(terminal);
			line = {};
			line.go_to(indentation);
		} else {
			line.go_to(column);
		}
		line.add(item);
		is_first = false;
	}
	line.print(terminal);
}

std::vector<Piece> words_of(const std::string &text, Style style)
{
	std::istringstream in(text);
	std::vector<Piece> words;

	for (std::string word; in >> word;)
		words.push_back({word, style});
	return words;
}

} // namespace pcipeek::tools
