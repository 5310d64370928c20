// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "file.hpp"

#include "builder.hpp"
#include "format.hpp"

#include <cerrno>
#include <fstream>
#include <system_error>

namespace pcipeek::map {

namespace {

constexpr std::uintmax_t most_bytes = 64 << 20;

} // namespace

std::string read_text(const std::filesystem::path &file)
{
	std::error_code code;
	const auto status = std::filesystem::status(file, code);
	if (!exists(status))
		fail(file.string(), 0, code ? code.message() : "No such file or directory");
	if (!is_regular_file(status))
		fail(file.string(), 0, "a map is a plain file, and this is not one");
	const auto size = file_size(file, code);
	if (size > most_bytes)
		fail(file.string(), 0, "it has more than 64 MiB, which no map needs");

	std::ifstream in{file, std::ios::binary};
	std::string text(static_cast<std::size_t>(size), '\0');
	if (!in.read(text.data(), static_cast<std::streamsize>(size)))
		fail(file.string(), 0,
		     formatted("cannot be read: {}", std::generic_category().message(errno)));
	return text;
}

} // namespace pcipeek::map
