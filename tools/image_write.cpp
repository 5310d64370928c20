// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "image_write.hpp"

#include "element.hpp"
#include "fifo.hpp"
#include "format.hpp"
#include "input.hpp"
#include "saturating.hpp"
#include "usage_error.hpp"

#include <pcipeek/access.hpp>

#include <algorithm>

namespace pcipeek::tools {

namespace {

/* What is held in memory at once. */
constexpr std::uint64_t largest_file = 1 << 30;

[[noreturn]] void refuse(const std::string &path, const std::string &why)
{
	throw UsageError(formatted("'{}' {}", path, why));
}

/* A byte more than there may be, so that too much is noticed. */
std::uint64_t limit(const Place &first, const Location &location, Direction direction)
{
	const std::uint64_t wanted =
		saturating_multiply(location.elements(), bytes(location.width));
	const std::uint64_t room = first.bytes() + first.bytes_behind() + 1;

	if (location.count)
		return std::min(wanted, largest_file + 1);
	return direction == Direction::upwards ? std::min(room, largest_file + 1)
					       : largest_file + 1;
}

void check_size(const std::vector<std::byte> &image, const Location &location,
		const std::string &path)
{
	const unsigned width = bytes(location.width);

	if (image.empty())
		refuse(path, "is empty; there is nothing to write");
	if (image.size() > largest_file)
		refuse(path, formatted("is too large; write {} bytes at most", largest_file));
	if (location.count && image.size() < saturating_multiply(*location.count, width))
		refuse(path, formatted("has {} bytes, and {} is {} of {} bytes each", image.size(),
				       location.text, *location.count, width));
}

void check_wholeness(const std::vector<std::byte> &image, const Location &location,
		     const std::string &path)
{
	const unsigned width = bytes(location.width);

	if (image.size() % width != 0)
		refuse(path, formatted("has {} bytes, which is no whole number of {}-byte "
				       "elements",
				       image.size(), width));
}

Place find_first(const Device &device, Location location)
{
	location.count.reset();
	return find_place(Use::write, device, location);
}

} // namespace

ImageWrite read_image(const Device &device, const Location &location, const std::string &path,
		      Direction direction)
{
	Place place = find_first(device, location);

	if (location.count && direction == Direction::upwards)
		find_place(Use::write, device, location);
	auto image = read_input(path, limit(place, location, direction));
	check_size(image, location, path);
	place.location.count = (image.size() + bytes(location.width) - 1) / bytes(location.width);
	if (direction == Direction::upwards)
		place = find_place(Use::write, device, place.location);
	check_wholeness(image, location, path);
	return {std::move(place), std::move(image), direction};
}

void write_image(const ImageWrite &write)
{
	const Location &location = write.place.location;

	if (write.direction == Direction::fixed)
		return write_fifo(write.place, write.image);
	pcipeek::write(write.place.bar(), location.offset, std::span(write.image), location.width);
}

std::vector<Write> writes_of(const ImageWrite &write)
{
	std::vector<Write> writes;
	Place place = write.place;
	const unsigned width = bytes(place.location.width);

	place.location.count.reset();
	for (std::size_t i = 0; i < write.image.size() / width; ++i) {
		writes.push_back({place, {element(write.image, i, place.location.width), {}}});
		if (write.direction == Direction::upwards)
			place.location.offset += width;
	}
	return writes;
}

} // namespace pcipeek::tools
