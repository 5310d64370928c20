// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "testing/board.hpp"

namespace pcipeek::testing {

/** Has lspci() find the board. Throws std::invalid_argument: the address is taken. */
void add_board(const std::shared_ptr<FakeBoard::Board> &board);

/** Ends that. */
void remove_board(const std::shared_ptr<FakeBoard::Board> &board) noexcept;

} // namespace pcipeek::testing
