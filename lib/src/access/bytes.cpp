// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "access/access_path.hpp"
#include "access/block.hpp"

#include <pcipeek/access.hpp>

// Byte strings: the device's bytes in ascending order.
namespace pcipeek {
namespace {

using detail::Access;

// The accesses that come next: as wide as alignment and length allow, up to 32 bits.
struct Step {
	Width width;
	std::size_t count;

	std::size_t size() const noexcept
	{
		return count * bytes(width);
	}
};

Step next_step(std::uint64_t offset, std::size_t size) noexcept
{
	if (offset % 4 == 0 && size >= 4)
		return {Width::w32, size / 4};
	if (offset % 2 == 0 && size >= 2)
		return {Width::w16, 1};
	return {Width::w8, 1};
}

} // namespace

std::vector<std::byte> read(const Bar &bar, std::uint64_t offset, std::size_t size)
{
	detail::check_access(Access::read, bar, offset, size, Width::w8);
	std::vector<std::byte> data(size);
	for (std::span rest{data}; !rest.empty();) {
		const Step step = next_step(offset, rest.size());
		detail::read_image(bar, offset, step.width, rest.data(), step.count);
		offset += step.size();
		rest = rest.subspan(step.size());
	}
	return data;
}

void read(const Bar &bar, std::uint64_t offset, std::span<std::byte> buffer, Width width)
{
	detail::check_access(Access::read, bar, offset, buffer.size(), width);
	if (!buffer.empty())
		detail::read_image(bar, offset, width, buffer.data(), buffer.size() / bytes(width));
}

void write(const Bar &bar, std::uint64_t offset, std::span<const std::byte> data)
{
	detail::check_access(Access::write, bar, offset, data.size(), Width::w8);
	while (!data.empty()) {
		const Step step = next_step(offset, data.size());
		detail::write_image(bar, offset, step.width, data.data(), step.count);
		offset += step.size();
		data = data.subspan(step.size());
	}
}

void write(const Bar &bar, std::uint64_t offset, std::span<const std::byte> data, Width width)
{
	detail::check_access(Access::write, bar, offset, data.size(), width);
	if (!data.empty())
		detail::write_image(bar, offset, width, data.data(), data.size() / bytes(width));
}

} // namespace pcipeek
