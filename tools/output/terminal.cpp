// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "output/terminal.hpp"

#include <charconv>
#include <cstdlib>
#include <string_view>
#include <sys/ioctl.h>
#include <unistd.h>

namespace pcipeek::tools {

namespace {

std::string_view variable(const char *name)
{
	const char *value = ::secure_getenv(name);

	return value ? value : "";
}

std::size_t columns_of(int fd)
{
	constexpr std::size_t usual = 80;
	winsize size{};
	std::size_t columns = 0;

	if (::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col != 0)
		return size.ws_col;
	const auto text = variable("COLUMNS");
	std::from_chars(text.data(), text.data() + text.size(), columns);
	return columns != 0 ? columns : usual;
}

} // namespace

Terminal terminal_of(int fd)
{
	if (!::isatty(fd))
		return {};
	const auto term = variable("TERM");
	return {columns_of(fd), variable("NO_COLOR").empty() && !term.empty() && term != "dumb"};
}

} // namespace pcipeek::tools
