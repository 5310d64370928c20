// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include "memory.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace fuzz {
namespace {

constexpr std::uint8_t filling = 0xaa;
constexpr std::size_t all = Memory::pages * Memory::page;
/* Behind it two pages: an operation that begins in the first one ends in the second. */
constexpr std::size_t with_nothing_around = Memory::page + all + 2 * Memory::page;
/* What is compared at once, of which a page has a whole number. */
constexpr std::size_t part = 64;

void *map(void *at, std::size_t bytes, int protection, int flags, int fd)
{
	void *where = ::mmap(at, bytes, protection, flags, fd, 0);
	if (where == MAP_FAILED)
		throw std::system_error(errno, std::generic_category(), "mmap");
	return where;
}

bool is_in(std::uint64_t address, const std::vector<Range> &ranges)
{
	return std::any_of(ranges.begin(), ranges.end(), [address](const Range &range) {
		return address - range.first < range.bytes;
	});
}

} // namespace

Memory::Memory() : before_(all, filling)
{
	const int fd = ::memfd_create("pcipeek", MFD_CLOEXEC);
	if (fd < 0 || ::ftruncate(fd, all) != 0)
		throw std::system_error(errno, std::generic_category(), "memfd");
	own_ = static_cast<std::uint8_t *>(
		map(nullptr, all, PROT_READ | PROT_WRITE, MAP_SHARED, fd));
	auto *hole = static_cast<std::uint8_t *>(
		map(nullptr, with_nothing_around, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1));
	map(hole + page, all, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd);
	::mprotect(hole + all, page, PROT_READ);
	::close(fd);
	view_ = reinterpret_cast<std::uintptr_t>(hole) + page;
	fill();
}

void Memory::fill()
{
	std::memset(own_, filling, all);
	std::memset(before_.data(), filling, all);
}

Memory::~Memory()
{
	::munmap(own_, all);
	::munmap(reinterpret_cast<void *>(view_ - page), with_nothing_around);
}

bool Memory::has(std::uint64_t address, std::uint64_t count) const
{
	return address >= view_ && count <= all && address - view_ <= all - count;
}

void Memory::put(std::uint64_t address, const void *bytes, std::size_t count)
{
	const auto *from = static_cast<const std::uint8_t *>(bytes);
	if (has(address, count)) {
		std::memcpy(own_ + (address - view_), from, count);
		std::memcpy(before_.data() + (address - view_), from, count);
		return;
	}
	for (std::size_t i = 0; i < count; i++)
		if (const std::uint64_t offset = address + i - view_; offset < all)
			before_[offset] = own_[offset] = from[i];
}

void Memory::clear(std::uint64_t address, std::size_t count)
{
	const std::uint64_t offset = address - view_;
	if (offset >= all)
		return;
	count = std::min<std::size_t>(count, all - offset);
	std::memset(own_ + offset, 0, count);
	std::memset(before_.data() + offset, 0, count);
}

std::optional<std::uint64_t> Memory::changed(std::size_t from, std::size_t to,
					     const std::vector<Range> &allowed)
{
	std::optional<std::uint64_t> first;
	if (std::memcmp(own_ + from, before_.data() + from, to - from) == 0)
		return first;
	for (std::size_t at = from; at < to; at += part) {
		if (std::memcmp(own_ + at, before_.data() + at, part) == 0)
			continue;
		for (std::size_t i = at; i < at + part; i++)
			if (own_[i] != before_[i] && !first && !is_in(view_ + i, allowed))
				first = view_ + i;
		std::memcpy(before_.data() + at, own_ + at, part);
	}
	return first;
}

std::optional<std::uint64_t> Memory::changed(const std::vector<Range> &allowed)
{
	return changed(0, all, allowed);
}

std::optional<std::uint64_t> Memory::changed_near(std::uint64_t address,
						  const std::vector<Range> &allowed)
{
	if (!has(address, 1))
		return {};
	const std::size_t middle = (address - view_) / part * part;
	return changed(middle - std::min(middle, part), std::min(middle + 4 * part, all), allowed);
}

} // namespace fuzz
