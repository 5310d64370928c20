// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <cstddef>
#include <optional>

namespace pcipeek::tools {

/* What the reader of an output can show. */
struct Terminal {
	/* Where lines are wrapped; they are not if it is no terminal. */
	std::optional<std::size_t> columns = {};
	bool has_styles = false;
};

/*
 * Asks the terminal for its size; one that does not know it has COLUMNS, or else 80. There
 * are no styles with NO_COLOR, and none on a TERM that is "dumb" or not set.
 */
Terminal terminal_of(int fd);

} // namespace pcipeek::tools
