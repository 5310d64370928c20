// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "access/access_path.hpp"
#include "errors/attempt.hpp"

#include <pcipeek/access.hpp>

#include <cerrno>

namespace pcipeek {
namespace {

// The upper half of a counter stands still for 4 G counts; this often is no bad luck.
constexpr int most_rounds = 16;

} // namespace

std::uint64_t read_counter64(const Bar &bar, std::uint64_t offset_low, std::uint64_t offset_high)
{
	detail::check_access(detail::Access::read, bar, offset_low, Width::w32);
	std::uint64_t high = read<std::uint32_t>(bar, offset_high);

	for (int round = 0; round < most_rounds; round++) {
		const std::uint64_t low = read<std::uint32_t>(bar, offset_low);
		const std::uint64_t again = read<std::uint32_t>(bar, offset_high);
		if (again == high)
			return high << 32 | low;
		high = again;
	}
	detail::to_attempt(detail::Access::read, bar, offset_high, Width::w32)
		.fail(EIO, {Cause::other,
			    "it is another at every read, and so not the upper half of a counter"});
}

} // namespace pcipeek
