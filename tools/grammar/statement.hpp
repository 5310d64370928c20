// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "grammar/action.hpp"

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace pcipeek::tools {

/* The words of one statement of a script, and its line. Points into the text. */
struct Statement {
	std::size_t line;
	std::vector<std::string_view> words;
};

/* All that are not empty. Never fails. */
std::vector<Statement> split_statements(std::string_view text);

/* What the words, at least one, mean. Throws UsageError. */
Action parse_action(std::span<const std::string_view> words);

} // namespace pcipeek::tools
