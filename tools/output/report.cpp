// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "output/report.hpp"

#include "format.hpp"
#include "output/printable.hpp"

#include <pcipeek/error.hpp>

#include <algorithm>
#include <cstdio>
#include <new>

namespace pcipeek::tools {

namespace {

bool breaks_line(char c)
{
	return c == '\n' || c == '\t';
}

/* The library's errors say what was tried; the others need the verb before them. */
std::string prefix(std::string_view verb, const std::exception &error)
{
	if (dynamic_cast<const Error *>(&error) || verb.empty())
		return "pcipeek: ";
	return formatted("pcipeek: {}: ", verb);
}

} // namespace

std::string sentence(std::string_view verb, const std::exception &error)
{
	const auto *outside = dynamic_cast<const BadAccessError *>(&error);

	if (dynamic_cast<const std::bad_alloc *>(&error))
		return "out of memory";
	if (!outside)
		return error.what();

	/* Its text is only the ranges; this is where they are. */
	const auto address = to_string(outside->address().value_or(Address{}));
	return formatted("cannot {} bar{}+{:#x} of {}: {} 'pcipeek info {}' shows the sizes of "
			 "its BARs",
			 verb, outside->bar().value_or(0), outside->offset().value_or(0), address,
			 error.what(), address);
}

std::string error_line(std::string_view verb, const std::exception &error)
{
	auto line = printable(prefix(verb, error) + sentence(verb, error));

	/* A quoted argument may contain anything; the error stays one line. */
	std::ranges::replace_if(line, breaks_line, '?');
	return line + '\n';
}

void note(std::string_view text)
{
	(void)std::fputs(formatted("pcipeek: {}\n", text).c_str(), stderr);
}

ExitStatus report(std::string_view verb, const std::exception &error)
{
	try {
		(void)std::fputs(error_line(verb, error).c_str(), stderr);
	} catch (const std::bad_alloc &) {
		(void)std::fputs("pcipeek: out of memory\n", stderr);
	}
	return exit_status(error);
}

} // namespace pcipeek::tools
