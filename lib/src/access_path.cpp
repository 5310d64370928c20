// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "access_path.hpp"

#include "attempt.hpp"
#include "diagnosis.hpp"

#include <fmt/format.h>

#include <cerrno>

namespace pcipeek::detail {
namespace {

Attempt to_attempt(Direction direction, const Bar &bar, std::uint64_t offset, Width width)
{
	return Attempt::access(direction == Direction::read ? "read" : "write", bar, offset, width);
}

} // namespace

void refuse_access(Direction direction, const Bar &bar, std::uint64_t offset, std::uint64_t size,
		   Width width)
{
	const Attempt attempt = to_attempt(direction, bar, offset, width);

	if (bar.type() == BarType::io && width == Width::w64)
		attempt.fail(EOPNOTSUPP, diagnose_width(bar, width));
	if (!is_inside(bar, offset, size))
		throw_bad_access(bar, offset, size);
	attempt.fail(EINVAL,
		     {Cause::misaligned,
		      fmt::format("the {} is no multiple of {} bytes",
				  is_aligned(offset, width) ? "size" : "offset", bytes(width))});
}

void fail_access(Direction direction, int code, Channel &channel, const Bar &bar,
		 std::uint64_t offset, Width width)
{
	if (code == ERANGE)
		throw_bad_access(bar, offset, bytes(width));
	to_attempt(direction, bar, offset, width)
		.fail(code, diagnose_access(code, channel, bar, width));
}

Channel &open_channel(Direction direction, const Bar &bar, std::uint64_t offset, Width width)
{
	const Attempt attempt = to_attempt(direction, bar, offset, width);

	return direction == Direction::read ? bar.window().open_reader(attempt)
					    : bar.window().open_writer(attempt);
}

} // namespace pcipeek::detail
