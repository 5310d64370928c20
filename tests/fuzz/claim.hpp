// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "errors.hpp"

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <type_traits>

namespace pcipeek::fuzz {

/* What is always so. If it is not, the program ends, and the input is kept. */
inline void claim(bool is_so, const char *what)
{
	if (is_so)
		return;
	(void)std::fprintf(stderr, "this is not so: %s\n", what);
	std::abort();
}

/* What @parse makes of the text; nullopt if it refuses it, as it may, with a reason. */
template <class Parse>
auto parsed(Parse parse, std::string_view text)
	-> std::optional<std::invoke_result_t<Parse, std::string_view>>
{
	try {
		return parse(text);
	} catch (const tools::UsageError &error) {
		claim(*error.what() != '\0', "a refusal has a reason");
		return std::nullopt;
	}
}

} // namespace pcipeek::fuzz
