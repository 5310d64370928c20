// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "access/access_path.hpp"
#include "access/op.hpp"

#include <pcipeek/access.hpp>

#include <cerrno>

namespace pcipeek {
namespace {

// How long to wait for the batches of others.
constexpr std::uint64_t patience_ns = 1000000000;

} // namespace

std::uint64_t update(const Bar &bar, std::uint64_t offset, const Masked &masked, Width width)
{
	pcipeek_op op = detail::make_update(bar, offset, width, masked);
	detail::Channel &channel = detail::channel_for(detail::Access::update, bar, offset, width);
	int code = EINTR;
	while (code == EINTR) {
		pcipeek_batch batch{};
		batch.timeout_ns = patience_ns;
		code = detail::submit(channel, batch, {&op, 1});
	}
	if (code)
		detail::fail_access(detail::Access::update, code, channel, bar, offset, width);
	return op.result;
}

} // namespace pcipeek
