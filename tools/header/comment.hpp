// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <string>
#include <string_view>

namespace pcipeek::tools::header {

/* Text of a map as part of one line of a comment: nothing in it ends the line or the comment. */
std::string in_comment(std::string_view text);

/* A comment for what follows it, indented by @depth tabs; "" if both texts are empty. */
std::string doc_comment(const std::string &description, const std::string &source,
			std::size_t depth);

} // namespace pcipeek::tools::header
