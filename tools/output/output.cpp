// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "output/output.hpp"

#include "output/printable.hpp"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace pcipeek::tools {

namespace {

[[noreturn]] void throw_output_error()
{
	throw std::system_error(errno, std::generic_category(), "cannot write to standard output");
}

void write_all(const void *data, std::size_t size)
{
	if (std::fwrite(data, 1, size, stdout) != size)
		throw_output_error();
}

} // namespace

void print(std::string_view text)
{
	if (is_plain(text))
		return write_all(text.data(), text.size());
	const std::string clean = printable(text);
	write_all(clean.data(), clean.size());
}

void print_bytes(std::span<const std::byte> bytes)
{
	write_all(bytes.data(), bytes.size());
}

void write_file(const std::string &path, std::span<const std::byte> bytes)
{
	std::FILE *file = std::fopen(path.c_str(), "wbe");
	bool failed = !file;

	if (file) {
		failed = std::fwrite(bytes.data(), 1, bytes.size(), file) != bytes.size();
		failed = std::fclose(file) != 0 || failed;
	}
	if (failed)
		throw std::system_error(errno, std::generic_category(),
					"cannot write '" + path + "'");
}

void flush_output()
{
	if (std::fflush(stdout) != 0)
		throw_output_error();
}

void print_before_failure(std::string_view text) noexcept
{
	const auto before = std::signal(SIGPIPE, SIG_IGN);

	(void)std::fwrite(text.data(), 1, text.size(), stdout);
	(void)std::fflush(stdout);
	(void)std::signal(SIGPIPE, before);
}

void prepare_output()
{
	/* Read-only, so that writing to what was closed still fails. */
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; ++fd)
		if (::fcntl(fd, F_GETFD) < 0)
			::open("/dev/null", O_RDONLY);
}

} // namespace pcipeek::tools
