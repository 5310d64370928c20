// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "device/bar_table.hpp"

#include <linux/pcipeek.h>

/**
 * The checks that the module makes before an access, in its order; see "Errors" in
 * <linux/pcipeek.h>. All return 0 or the errno. Reserved fields are not looked at: the
 * library is the only caller.
 */
namespace pcipeek::testing {

/** What a caller may, and what there is. */
struct Limits {
	std::uint64_t rights;
	const detail::BarTable &bars;
};

/** One access, or as many bytes from there. Value: all bits that have to fit the width. */
int check_place(const Limits &limits, const pcipeek_access &access, std::uint64_t needed,
		std::uint64_t value, std::uint64_t bytes);

int check_block(const Limits &limits, const pcipeek_block &block);

/** The whole of a batch. An operation that is refused has its error set. */
int check_batch(const Limits &limits, const pcipeek_batch &batch, pcipeek_op *ops);

/** The place of an operation, as of a single access. */
pcipeek_access to_access(const pcipeek_op &op) noexcept;

} // namespace pcipeek::testing
