/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_PATHS_CURE_HPP
#define PCIPEEK_TESTS_VM_PATHS_CURE_HPP

#include <string>

#include "every_read.hpp"

namespace paths {

/* What the command prints of a read of the board. That it has not status 6 is a failed test. */
std::string refusal_of(const vm::Board &board);

/* The command lines for root that a message ends with; that it names none is a failed test. */
std::string cure_of(const std::string &message);

/* Does that, as it stands there. */
void follow(const std::string &cure);

} // namespace paths

#endif
