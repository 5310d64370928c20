// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pcipeek::tools {

/* "; did you mean to_ram or to_rom?"; nothing without names. */
std::string did_you_mean(const std::vector<std::string> &names);

/*
 * "; did you mean to_ram or to_rom?" with those of @names that look like @name; if none
 * does, what there is: "; there are on and off".
 */
std::string suggestion(std::string_view name, const std::vector<std::string> &names);

/* "A, B or C", with " or " as @last. */
std::string join(const std::vector<std::string> &names, std::string_view last);

} // namespace pcipeek::tools
