// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "access/access_path.hpp"

#include <linux/pcipeek.h>

#include <cstddef>

namespace pcipeek::detail {

/**
 * Many accesses of one width between a BAR and its byte image in memory, by BLOCKs. The
 * caller has checked them. Opens the device.
 *
 * All of a transfer is in one generation of the device: a reset in between ends it.
 */
class Transfer {
public:
	/** Upwards from the offset; with PCIPEEK_BLOCK_FIXED, all of them there. */
	Transfer(Access access, const Bar &bar, std::uint64_t offset, Width width,
		 std::uint32_t flags = 0);

	/**
	 * Goes on with so many accesses. A signal does not end it.
	 * @return 0 or the errno.
	 */
	int move(const std::byte *image, std::uint64_t count);

	/** How many accesses were made in all. */
	std::uint64_t done() const noexcept
	{
		return done_;
	}

	Channel &channel() const noexcept
	{
		return channel_;
	}

private:
	Channel &channel_;
	pcipeek_block request_{};
	std::uint64_t done_ = 0;
};

} // namespace pcipeek::detail
