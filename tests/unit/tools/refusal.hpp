// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "errors.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace pcipeek::tools {

/* An argument that is refused, and the whole complaint about it. */
struct Refusal {
	std::string claim; /* the name of the test */
	std::string text;
	std::string complaint;
};

/* GoogleTest prints the parameter of a failed test with this. */
inline std::ostream &operator<<(std::ostream &out, const Refusal &refusal)
{
	return out << refusal.text;
}

inline std::string claim_of(const testing::TestParamInfo<Refusal> &info)
{
	return info.param.claim;
}

/* What @parse complains about @text; empty if it does not. */
template <class Parse>
std::string complaint_about(const std::string &text, Parse parse)
{
	try {
		parse(text);
	} catch (const UsageError &error) {
		return error.what();
	}
	return "";
}

} // namespace pcipeek::tools
