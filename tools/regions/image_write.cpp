// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "regions/image_write.hpp"

#include "errors.hpp"
#include "format.hpp"
#include "grammar/element.hpp"
#include "grammar/saturating.hpp"
#include "regions/continuity.hpp"
#include "regions/fifo.hpp"

#include <pcipeek/access.hpp>

#include <limits>

namespace pcipeek::tools {

namespace {

[[noreturn]] void refuse(const std::string &path, const std::string &why)
{
	throw UsageError(formatted("'{}' {}", path, why));
}

/* What is taken of the file: without a COUNT all of it, so that too much is noticed. */
std::uint64_t limit(const Location &location)
{
	const auto every_element = std::numeric_limits<std::uint64_t>::max();

	return saturating_multiply(location.count.value_or(every_element), bytes(location.width));
}

void check_size(const Image &image, const Location &location, const std::string &path)
{
	const unsigned width = bytes(location.width);

	if (image.size() == 0)
		refuse(path, "is empty; there is nothing to write");
	if (location.count && image.size() < limit(location))
		refuse(path, formatted("has {} bytes, and {} is {} of {} bytes each", image.size(),
				       location.text, *location.count, width));
}

void check_wholeness(const Image &image, const Location &location, const std::string &path)
{
	const unsigned width = bytes(location.width);

	if (image.size() % width != 0)
		refuse(path, formatted("has {} bytes, which is not a whole number of {}-byte "
				       "elements",
				       image.size(), width));
}

Place find_first(const Device &device, Location location)
{
	location.count.reset();
	return find_place(Use::write, device, location);
}

} // namespace

ImageWrite open_image(const Device &device, const Location &location, const std::string &path,
		      Direction direction)
{
	Place place = find_first(device, location);

	if (location.count && direction == Direction::upwards)
		find_place(Use::write, device, location);
	Image image(path, limit(location));
	check_size(image, location, path);
	place.location.count = (image.size() + bytes(location.width) - 1) / bytes(location.width);
	if (direction == Direction::upwards)
		place = find_place(Use::write, device, place.location);
	check_wholeness(image, location, path);
	return {std::move(place), std::move(image), direction};
}

void write_image(ImageWrite &write)
{
	const Location &location = write.place.location;
	const Continuity continuity(write.place, Image::piece_bytes);
	std::uint64_t done = 0;

	write.image.for_each_piece([&](std::span<const std::byte> piece) {
		if (write.direction == Direction::fixed)
			write_fifo(write.place, piece, done);
		else
			pcipeek::write(write.place.bar(), location.offset + done, piece,
				       location.width);
		done += piece.size();
		continuity.check(done);
	});
}

void for_each_write(ImageWrite &write, const UseWrite &use)
{
	const Width width = write.place.location.width;
	Write each{write.place, {}};

	each.place.location.count.reset();
	write.image.for_each_piece([&](std::span<const std::byte> piece) {
		for (std::size_t i = 0; i < piece.size() / bytes(width); ++i) {
			each.what.value = element(piece, i, width);
			use(each);
			if (write.direction == Direction::upwards)
				each.place.location.offset += bytes(width);
		}
	});
}

} // namespace pcipeek::tools
