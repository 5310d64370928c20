// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "regions/place.hpp"

#include "format.hpp"
#include "naming/words.hpp"
#include "output/report.hpp"

#include <pcipeek/error.hpp>

#include <cerrno>
#include <optional>

namespace pcipeek::tools {

namespace {

[[noreturn]] void refuse(Use use, const Place &place, int code, Cause cause, std::string_view why)
{
	const Location &location = place.location;

	throw Error(
		{.code = code,
		 .cause = cause,
		 .text = formatted("cannot {} {} bits at {}+{:#x} of {}: {}",
				   use == Use::read ? "read" : "write", bits(location.width),
				   location.region(), location.offset,
				   to_string(place.device.address()), why),
		 .address = place.device.address(),
		 .bar = location.space == Space::bar ? std::optional(location.bar) : std::nullopt,
		 .offset = location.offset});
}

void check_use(Use use, const Place &place)
{
	if (use == Use::write && !place.region->is_writable())
		refuse(use, place, EOPNOTSUPP, Cause::unsupported, "it is read-only");
}

void check_width(Use use, const Place &place)
{
	if (place.location.width > place.region->widest())
		refuse(use, place, EOPNOTSUPP, Cause::unsupported, place.region->why_no_wider());
}

void check_range(const Place &place)
{
	if (!place.location.is_inside(place.region->size()))
		place.region->refuse_range(place.location);
}

void check_alignment(Use use, const Place &place)
{
	const unsigned width = bytes(place.location.width);

	if (place.location.offset % width != 0)
		refuse(use, place, EINVAL, Cause::misaligned,
		       formatted("the offset is not a multiple of {} bytes; use one that is, "
				 "or a narrower width",
				 width));
}

Place find_numbers(Use use, const Device &device, const Location &location)
{
	Place place{location, device, find_region(device, location)};

	check_use(use, place);
	check_width(use, place);
	check_range(place);
	check_alignment(use, place);
	return place;
}

/* Its words are checked as what they are on the bus. */
Place find_words(Use use, const Device &device, const Location &location)
{
	const auto &type = *location.described->reg->type;
	Location words = location;

	words.width = static_cast<Width>(type.word_bits / 8);
	words.count = type.bits / type.word_bits;
	Place place = find_numbers(use, device, words);
	place.location = location;
	place.region = make_words_region(device, location, place.region);
	return place;
}

/* The user did not write the numbers in the error, but the map has them. */
[[noreturn]] void throw_with_name(Use use, const Location &location, const Error &error)
{
	const auto &block = *location.described->reg->block;

	throw Error({.code = error.code().value(),
		     .cause = error.cause(),
		     .text = formatted("{} of {}: {}", location.name, block.file,
				       sentence(use == Use::read ? "read" : "write", error)),
		     .address = error.address(),
		     .bar = error.bar(),
		     .offset = error.offset()});
}

} // namespace

std::uint64_t Place::bytes() const
{
	return location.elements() * pcipeek::bytes(location.width);
}

std::uint64_t Place::bytes_behind() const
{
	return region->size() - location.offset - bytes();
}

Bar Place::bar() const
{
	require_bar(location);
	return device.bar(location.bar);
}

Place find_place(Use use, const Device &device, const Location &location)
{
	if (!location.described)
		return find_numbers(use, device, location);
	try {
		return has_several_words(location) ? find_words(use, device, location)
						   : find_numbers(use, device, location);
	} catch (const Error &error) {
		throw_with_name(use, location, error);
	}
}

} // namespace pcipeek::tools
