// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

// C's headers alone: a test builds this for 32 bits, where no C++ library may be there.
// NOLINTBEGIN(modernize-deprecated-headers)
#include <stddef.h>
#include <stdint.h>
// NOLINTEND(modernize-deprecated-headers)

namespace pcipeek::detail {

/**
 * @brief Map @p length bytes from @p offset of a file, shared, for reading or for both.
 *
 * The offset has 64 bits on every machine: that of BAR n is beyond 4 GiB for all n but 0.
 *
 * @param[out] address where it is, unless it failed
 * @return 0 or the errno
 */
int map_file(int fd, uint64_t offset, size_t length, bool write, void *&address) noexcept;

} // namespace pcipeek::detail
