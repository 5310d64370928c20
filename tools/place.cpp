// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "place.hpp"

#include "usage_error.hpp"

#include <pcipeek/error.hpp>

#include <fmt/format.h>

#include <cerrno>
#include <limits>

namespace pcipeek::tools {

namespace {

constexpr std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();

std::uint64_t saturating_add(std::uint64_t a, std::uint64_t b)
{
	return a > largest - b ? largest : a + b;
}

std::uint64_t saturating_multiply(std::uint64_t a, std::uint64_t b)
{
	return a > largest / b ? largest : a * b;
}

Error::Details details(const Place &place, int code, Cause cause, std::string text)
{
	return {.code = code,
		.cause = cause,
		.text = std::move(text),
		.address = place.bar.device().address(),
		.bar = place.bar.index(),
		.offset = place.location.offset};
}

[[noreturn]] void refuse(std::string_view verb, const Place &place, int code, Cause cause,
			 std::string_view why)
{
	throw Error(details(place, code, cause,
			    fmt::format("cannot {} {} bits at bar{}+{:#x} of {}: {}", verb,
					bits(place.location.width), place.bar.index(),
					place.location.offset,
					to_string(place.bar.device().address()), why)));
}

[[noreturn]] void refuse_range(const Place &place)
{
	const Bar &bar = place.bar;
	const auto size =
		saturating_multiply(place.location.elements(), bytes(place.location.width));
	const auto first = saturating_add(bar.addr(), place.location.offset);

	throw BadAccessError(details(place, ERANGE, Cause::out_of_range,
				     fmt::format("PCI addr space is {:#x}-{:#x} while tried to "
						 "access {:#x}-{:#x}.",
						 bar.addr(), bar.addr() + bar.size() - 1, first,
						 saturating_add(first, size - 1))));
}

void check_width(std::string_view verb, const Place &place)
{
	if (place.bar.type() == BarType::io && place.location.width == Width::w64)
		refuse(verb, place, EOPNOTSUPP, Cause::unsupported,
		       "an I/O BAR cannot do accesses of 64 bits; use narrower ones");
}

void check_range(const Place &place)
{
	const std::uint64_t size = place.bar.size();
	const std::uint64_t offset = place.location.offset;

	if (offset > size ||
	    place.location.elements() > (size - offset) / bytes(place.location.width))
		refuse_range(place);
}

void check_alignment(std::string_view verb, const Place &place)
{
	const unsigned width = bytes(place.location.width);

	if (place.location.offset % width != 0)
		refuse(verb, place, EINVAL, Cause::misaligned,
		       fmt::format("the offset is no multiple of {} bytes; use one that is, or "
				   "a narrower width",
				   width));
}

} // namespace

std::uint64_t Place::bytes() const
{
	return location.elements() * pcipeek::bytes(location.width);
}

std::uint64_t Place::bytes_behind() const
{
	return bar.size() - location.offset - bytes();
}

Place find_place(std::string_view verb, const Device &device, const Location &location)
{
	if (location.space != Space::bar)
		throw UsageError(fmt::format("'{}': the region {} is not there yet; write "
					     "bar0 to bar5",
					     location.text, location.region()));

	Place place{location, device.bar(location.bar)};
	check_width(verb, place);
	check_range(place);
	check_alignment(verb, place);
	return place;
}

} // namespace pcipeek::tools
