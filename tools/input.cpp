// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "input.hpp"

#include "format.hpp"
#include "usage_error.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

namespace pcipeek::tools {

namespace {

constexpr std::size_t piece_bytes = 0x10000;
constexpr std::size_t longest_text = 1 << 20;

[[noreturn]] void throw_input_error(const std::string &path)
{
	const std::string name = path == "-" ? "standard input" : formatted("'{}'", path);

	throw std::system_error(errno, std::generic_category(), "cannot read " + name);
}

/* Standard input is nobody's to close. */
void close(std::FILE *file)
{
	if (file != stdin)
		(void)std::fclose(file);
}

using File = std::unique_ptr<std::FILE, void (*)(std::FILE *)>;

File open(const std::string &path)
{
	File file(path == "-" ? stdin : std::fopen(path.c_str(), "rbe"), close);

	if (!file)
		throw_input_error(path);
	return file;
}

} // namespace

std::vector<std::byte> read_input(const std::string &path, std::size_t limit)
{
	const File file = open(path);
	std::vector<std::byte> bytes;

	while (bytes.size() < limit) {
		const std::size_t wanted = std::min(piece_bytes, limit - bytes.size());
		const std::size_t before = bytes.size();

		bytes.resize(before + wanted);
		const std::size_t got = std::fread(&bytes[before], 1, wanted, file.get());
		bytes.resize(before + got);
		if (std::ferror(file.get()) != 0)
			throw_input_error(path);
		if (got < wanted)
			break;
	}
	return bytes;
}

std::string read_text(const std::string &path)
{
	const auto bytes = read_input(path, longest_text + 1);

	if (bytes.size() > longest_text)
		throw UsageError(formatted("'{}' is longer than a script can be: {} bytes", path,
					   longest_text));
	return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

} // namespace pcipeek::tools
