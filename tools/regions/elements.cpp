// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "regions/elements.hpp"

#include "grammar/element.hpp"
#include "regions/continuity.hpp"

#include <algorithm>
#include <vector>

namespace pcipeek::tools {

namespace {

constexpr std::uint64_t piece_bytes = 0x10000;

} // namespace

void read_pieces(const Place &place, const UsePiece &use)
{
	std::uint64_t left = place.bytes();
	std::uint64_t offset = place.location.offset;
	std::vector<std::byte> buffer(std::min(left, piece_bytes));
	const Continuity continuity(place, piece_bytes);

	while (left > 0) {
		const auto piece = std::span(buffer).first(std::min(left, piece_bytes));

		place.region->read(offset, piece, place.location.width);
		left -= piece.size();
		continuity.check(place.bytes() - left);
		use(piece);
		offset += piece.size();
	}
}

void read_elements(const Place &place, const UseElement &use)
{
	const Width width = place.location.width;
	std::uint64_t index = 0;

	if (place.location.elements() == 1)
		return use(0, place.region->read_value(place.location.offset, width));
	read_pieces(place, [&](std::span<const std::byte> piece) {
		for (std::size_t i = 0; i < piece.size() / bytes(width); ++i)
			use(index++, element(piece, i, width));
	});
}

} // namespace pcipeek::tools
