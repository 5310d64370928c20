// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "sysfs/capability_walk.hpp"

#include "errors/attempt.hpp"
#include "format.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cerrno>
#include <vector>

namespace pcipeek::detail {
namespace {

// Where a walk has been. Bounds it: offsets are multiples of 4, and come once.
class Trail {
public:
	Trail(const Address &address, std::uint16_t lowest) : address_{address}, lowest_{lowest}
	{
	}

	void step(std::uint16_t offset)
	{
		const bool again = std::ranges::find(offsets_, offset) != offsets_.end();
		offsets_.push_back(offset);
		if (again)
			fail("loops back on itself");
		if (offset < lowest_)
			fail("points to where no capability can be");
	}

	[[noreturn]] void fail(const char *what) const
	{
		Attempt{"list the capabilities of", address_}.fail(
			EIO, {Cause::other,
			      formatted("its list {}: {:#x}", what, fmt::join(offsets_, ", "))});
	}

private:
	Address address_;
	std::uint16_t lowest_;
	std::vector<std::uint16_t> offsets_;
};

std::uint16_t first_capability(const Config::File &file)
{
	constexpr std::uint64_t has_list = 1 << 4;
	constexpr std::uint64_t cardbus = 2;

	if (!(file.read(0x06, Width::w16) & has_list))
		return 0;
	const bool is_cardbus = (file.read(0x0e, Width::w8) & 0x7f) == cardbus;
	return file.read(is_cardbus ? 0x14 : 0x34, Width::w8) & 0xfc;
}

} // namespace

void walk_capabilities(const Config::File &file, const Visitor &visit)
{
	Trail trail{file.address(), 0x40};

	for (std::uint16_t offset = first_capability(file); offset != 0;) {
		trail.step(offset);
		const auto entry = static_cast<std::uint16_t>(file.read(offset, Width::w16));
		if (entry == 0xffff)
			trail.fail("points to where nothing answers");
		const auto id = static_cast<std::uint16_t>(entry & 0xff);
		if (visit({.id = id, .offset = offset}) == Visit::stop)
			return;
		offset = entry >> 8 & 0xfc;
	}
}

void walk_extended_capabilities(const Config::File &file, const Visitor &visit)
{
	constexpr std::uint16_t first = 0x100;
	constexpr std::uint32_t nothing = 0xffffffff;
	Trail trail{file.address(), first};

	for (std::uint16_t offset = file.space() > first ? first : 0; offset != 0;) {
		trail.step(offset);
		const auto entry = static_cast<std::uint32_t>(file.read(offset, Width::w32));
		if (offset == first && (entry == 0 || entry == nothing))
			return;
		if (entry == nothing)
			trail.fail("points to where nothing answers");
		const Capability capability{.id = static_cast<std::uint16_t>(entry),
					    .version = static_cast<std::uint8_t>(entry >> 16 & 0xf),
					    .offset = offset,
					    .extended = true};
		if (visit(capability) == Visit::stop)
			return;
		offset = entry >> 20 & 0xffc;
	}
}

} // namespace pcipeek::detail
