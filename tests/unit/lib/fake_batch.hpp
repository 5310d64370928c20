// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <linux/pcipeek.h>

#include <cstdint>

namespace pcipeek::test {

class FakeBoard;

// BATCH, by the module's own interpreter. Returns 0 or the errno.
int run_batch(FakeBoard &board, std::uint64_t rights, pcipeek_batch &batch);

} // namespace pcipeek::test
