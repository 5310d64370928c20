// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "access/access_path.hpp"

#include "errors/attempt.hpp"
#include "errors/diagnosis.hpp"
#include "format.hpp"

#include <cerrno>

namespace pcipeek::detail {
namespace {

const char *verb(Access access) noexcept
{
	switch (access) {
	case Access::read:
		return "read";
	case Access::write:
		return "write";
	case Access::update:
		return "update";
	case Access::poll:
		break;
	}
	return "poll";
}

} // namespace

Attempt to_attempt(Access access, const Bar &bar, std::uint64_t offset, Width width)
{
	return Attempt::access(verb(access), bar, offset, width);
}

void refuse_access(Access access, const Bar &bar, std::uint64_t offset, std::uint64_t size,
		   Width width)
{
	const Attempt attempt = to_attempt(access, bar, offset, width);

	if (bar.type() == BarType::io && width == Width::w64)
		attempt.fail(EOPNOTSUPP, diagnose_width(bar, width));
	if (!is_inside(bar, offset, size))
		throw_bad_access(bar, offset, size);
	attempt.fail(EINVAL,
		     {Cause::misaligned,
		      formatted("the {} is not a multiple of {} bytes",
				is_aligned(offset, width) ? "size" : "offset", bytes(width))});
}

void refuse_value(Access access, const Bar &bar, std::uint64_t offset, Width width)
{
	to_attempt(access, bar, offset, width)
		.fail(EINVAL, {Cause::invalid, "the value does not fit that width"});
}

void fail_access(Access access, int code, Channel &channel, const Bar &bar, std::uint64_t offset,
		 Width width)
{
	if (code == ERANGE)
		throw_bad_access(bar, offset, bytes(width));
	to_attempt(access, bar, offset, width)
		.fail(code, diagnose_access(code, channel, bar, width));
}

Channel &open_channel(Access access, const Bar &bar, std::uint64_t offset, Width width)
{
	return bar.attachment().open_for(use_of(access), to_attempt(access, bar, offset, width));
}

} // namespace pcipeek::detail
