// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "access/block.hpp"

#include "access/byte_order.hpp"
#include "access/transfer.hpp"

#include <pcipeek/access.hpp>

#include <algorithm>
#include <limits>
#include <vector>

namespace pcipeek::detail {
namespace {

// How much fill() writes at once.
constexpr std::uint64_t fill_bytes = 64 << 10;

void move(Access access, const Bar &bar, std::uint64_t offset, Width width, const std::byte *image,
	  std::size_t count)
{
	Transfer transfer{access, bar, offset, width};
	if (const int code = transfer.move(image, count))
		fail_access(access, code, transfer.channel(), bar,
			    offset + transfer.done() * bytes(width), width);
}

// The size of so many elements; of more than there can be, a size that no BAR has.
std::uint64_t size_of(std::uint64_t count, Width width) noexcept
{
	constexpr auto highest = std::numeric_limits<std::uint64_t>::max();
	return count > highest / bytes(width) ? highest : count * bytes(width);
}

std::vector<std::byte> image_of(std::uint64_t value, Width width, std::uint64_t count)
{
	std::vector<std::byte> image(static_cast<std::size_t>(count * bytes(width)));
	for (std::size_t at = 0; at < image.size(); at += bytes(width))
		store_little_endian(&image[at], width, value);
	return image;
}

} // namespace

void read_image(const Bar &bar, std::uint64_t offset, Width width, std::byte *image,
		std::size_t count)
{
	if (count == 1)
		store_little_endian(image, width, read_value(bar, offset, width));
	else
		move(Access::read, bar, offset, width, image, count);
}

void write_image(const Bar &bar, std::uint64_t offset, Width width, const std::byte *image,
		 std::size_t count)
{
	if (count == 1)
		write_value(bar, offset, width, load_little_endian(image, width));
	else
		move(Access::write, bar, offset, width, image, count);
}

void read_elements(const Bar &bar, std::uint64_t offset, Width width, void *values,
		   std::size_t count)
{
	check_access(Access::read, bar, offset, count * bytes(width), width);
	const CpuOrder order{static_cast<std::byte *>(values), width, count};
	if (count > 0)
		read_image(bar, offset, width, order.image, count);
}

void write_elements(const Bar &bar, std::uint64_t offset, Width width, const void *values,
		    std::size_t count)
{
	check_access(Access::write, bar, offset, count * bytes(width), width);
	const DeviceOrder order{values, width, count};
	if (count > 0)
		write_image(bar, offset, width, order.image(), count);
}

void fill_elements(const Bar &bar, std::uint64_t offset, Width width, std::uint64_t value,
		   std::uint64_t count)
{
	check_access(Access::write, bar, offset, size_of(count, width), width);
	if (count == 0)
		return;
	const std::uint64_t most = std::min(count, fill_bytes / bytes(width));
	const std::vector<std::byte> image = image_of(value, width, most);
	Transfer transfer{Access::write, bar, offset, width};
	while (transfer.done() < count) {
		const std::uint64_t next = std::min(most, count - transfer.done());
		if (const int code = transfer.move(image.data(), next))
			fail_access(Access::write, code, transfer.channel(), bar,
				    offset + transfer.done() * bytes(width), width);
	}
}

} // namespace pcipeek::detail
