// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "block.hpp"

#include "access_path.hpp"
#include "byte_order.hpp"

#include <linux/pcipeek.h>
#include <pcipeek/access.hpp>

#include <algorithm>
#include <cerrno>
#include <vector>

namespace pcipeek::detail {
namespace {

pcipeek_block to_request(Direction direction, const Bar &bar, Width width)
{
	pcipeek_block request{};
	request.size = sizeof(request);
	request.flags = direction == Direction::write ? PCIPEEK_BLOCK_WRITE : 0;
	request.bar = static_cast<std::uint8_t>(bar.index());
	request.width = static_cast<std::uint8_t>(bytes(width));
	return request;
}

// Goes on after a signal: its handler has run then, and `done` says where to go on.
// The generation of the first call holds for the others, so that a reset is noticed.
void move_block(Direction direction, const Bar &bar, std::uint64_t offset, Width width,
		const std::byte *image, std::uint64_t count)
{
	Channel &channel = channel_for(direction, bar, offset, width);
	pcipeek_block request = to_request(direction, bar, width);
	const std::uint64_t max_count = PCIPEEK_BLOCK_MAX_BYTES / bytes(width);

	while (count > 0) {
		request.offset = offset;
		request.buffer = reinterpret_cast<std::uintptr_t>(image);
		request.count = std::min(count, max_count);
		request.done = 0;
		const int code = channel.call(PCIPEEK_IOC_BLOCK, &request);
		const std::uint64_t done = code ? request.done : request.count;
		offset += done * bytes(width);
		image += done * bytes(width);
		count -= done;
		if (code && code != EINTR)
			fail_access(direction, code, channel, bar, offset, width);
	}
}

// Turns what was read into the CPU's byte order, also when an error ends the reading.
struct CpuOrder {
	std::byte *image;
	Width width;
	std::size_t count;

	~CpuOrder()
	{
		swap_elements(image, width, count);
	}
};

} // namespace

void read_image(const Bar &bar, std::uint64_t offset, Width width, std::byte *image,
		std::size_t count)
{
	if (count == 1)
		store_little_endian(image, width, read_value(bar, offset, width));
	else
		move_block(Direction::read, bar, offset, width, image, count);
}

void write_image(const Bar &bar, std::uint64_t offset, Width width, const std::byte *image,
		 std::size_t count)
{
	if (count == 1)
		write_value(bar, offset, width, load_little_endian(image, width));
	else
		move_block(Direction::write, bar, offset, width, image, count);
}

void read_elements(const Bar &bar, std::uint64_t offset, Width width, void *values,
		   std::size_t count)
{
	const CpuOrder order{static_cast<std::byte *>(values), width, count};

	check_access(Direction::read, bar, offset, count * bytes(width), width);
	if (count > 0)
		read_image(bar, offset, width, order.image, count);
}

void write_elements(const Bar &bar, std::uint64_t offset, Width width, const void *values,
		    std::size_t count)
{
	const auto *image = static_cast<const std::byte *>(values);
	std::vector<std::byte> copy;

	check_access(Direction::write, bar, offset, count * bytes(width), width);
	if constexpr (std::endian::native == std::endian::big) {
		copy.assign(image, image + count * bytes(width));
		swap_elements(copy.data(), width, count);
		image = copy.data();
	}
	if (count > 0)
		write_image(bar, offset, width, image, count);
}

} // namespace pcipeek::detail
