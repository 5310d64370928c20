// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "output/hexdump.hpp"

#include "format.hpp"

#include <algorithm>

namespace pcipeek::tools {

namespace {

char printable(std::byte byte)
{
	const char c = static_cast<char>(byte);

	return c >= ' ' && c <= '~' ? c : '.';
}

std::string format_line(std::uint64_t offset, std::span<const std::byte> line)
{
	std::string text = formatted("{:08x} ", offset);

	for (std::size_t i = 0; i < Hexdump::line_bytes; ++i) {
		text += i == Hexdump::line_bytes / 2 ? "  " : " ";
		text += i < line.size() ? formatted("{:02x}", line[i]) : "  ";
	}
	text += "  |";
	std::ranges::transform(line, std::back_inserter(text), printable);
	text += "|\n";
	return text;
}

} // namespace

Hexdump::Hexdump(std::uint64_t offset) : offset_(offset)
{
}

std::string Hexdump::add(std::span<const std::byte> piece)
{
	std::string text;

	while (!piece.empty()) {
		const auto line = piece.first(std::min(piece.size(), line_bytes));

		text += add_line(line);
		piece = piece.subspan(line.size());
	}
	return text;
}

std::string Hexdump::end() const
{
	return formatted("{:08x}\n", offset_);
}

std::string Hexdump::add_line(std::span<const std::byte> line)
{
	const std::uint64_t offset = offset_;
	const bool was_folding = folding_;

	offset_ += line.size();
	folding_ = repeats(line);
	if (folding_)
		return was_folding ? "" : "*\n";
	std::ranges::copy(line, previous_.begin());
	has_previous_ = line.size() == line_bytes;
	return format_line(offset, line);
}

bool Hexdump::repeats(std::span<const std::byte> line) const
{
	return has_previous_ && std::ranges::equal(line, previous_);
}

} // namespace pcipeek::tools
