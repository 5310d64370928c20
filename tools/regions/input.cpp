// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "regions/input.hpp"

#include "errors.hpp"
#include "format.hpp"

#include <algorithm>
#include <cerrno>
#include <sys/stat.h>
#include <system_error>

namespace pcipeek::tools {

namespace {

constexpr std::size_t longest_text = 1 << 20;

[[noreturn]] void throw_input_error(const std::string &name)
{
	throw std::system_error(errno, std::generic_category(), "cannot read " + name);
}

/* Standard input is nobody's to close. */
void close(std::FILE *file)
{
	if (file != stdin)
		(void)std::fclose(file);
}

[[noreturn]] void refuse_length(const std::string &path)
{
	throw UsageError(
		formatted("'{}' is longer than a script can be: {} bytes", path, longest_text));
}

} // namespace

Input::Input(const std::string &path)
	: name_(path == "-" ? "standard input" : formatted("'{}'", path)),
	  file_(path == "-" ? stdin : std::fopen(path.c_str(), "rbe"), close)
{
	if (!file_)
		throw_input_error(name_);
}

/* Standard input may be a file of which somebody else has read a part. */
std::optional<std::uint64_t> Input::size() const
{
	struct stat status {};
	const off_t before = ::ftello(file_.get());

	if (before < 0 || ::fstat(::fileno(file_.get()), &status) != 0)
		return std::nullopt;
	if (!S_ISREG(status.st_mode) || status.st_size == 0)
		return std::nullopt;
	return static_cast<std::uint64_t>(std::max<off_t>(status.st_size - before, 0));
}

std::size_t Input::read(std::span<std::byte> buffer)
{
	const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), file_.get());

	if (std::ferror(file_.get()) != 0)
		throw_input_error(name_);
	return got;
}

std::string read_text(const std::string &path)
{
	Input input(path);
	std::string text(longest_text + 1, '\0');

	if (input.size().value_or(0) > longest_text)
		refuse_length(path);
	text.resize(input.read(std::as_writable_bytes(std::span(text))));
	if (text.size() > longest_text)
		refuse_length(path);
	return text;
}

} // namespace pcipeek::tools
