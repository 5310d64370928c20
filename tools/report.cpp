// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "report.hpp"

#include <pcipeek/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace pcipeek::tools {

namespace {

/* The text of a BadAccessError is only the ranges; this is where they are. */
std::string sentence(std::string_view verb, const BadAccessError &error)
{
	const auto address = to_string(error.address().value_or(Address{}));

	return fmt::format("cannot {} bar{}+{:#x} of {}: {} 'pcipeek info {}' shows the sizes of "
			   "its BARs",
			   verb, error.bar().value_or(0), error.offset().value_or(0), address,
			   error.what(), address);
}

/* The library's errors say what was tried; the others need the verb before them. */
std::string sentence(std::string_view verb, const std::exception &error)
{
	if (const auto *outside = dynamic_cast<const BadAccessError *>(&error))
		return sentence(verb, *outside);
	if (dynamic_cast<const Error *>(&error) || verb.empty())
		return error.what();
	return fmt::format("{}: {}", verb, error.what());
}

bool is_control(char c)
{
	return static_cast<unsigned char>(c) < ' ' || c == '\x7f';
}

} // namespace

std::string error_line(std::string_view verb, const std::exception &error)
{
	auto line = fmt::format("pcipeek: {}", sentence(verb, error));

	/* A quoted argument may contain anything; the error stays one line. */
	std::ranges::replace_if(line, is_control, '?');
	return line + '\n';
}

ExitStatus report(std::string_view verb, const std::exception &error)
{
	(void)std::fputs(error_line(verb, error).c_str(), stderr);
	return exit_status(error);
}

} // namespace pcipeek::tools
