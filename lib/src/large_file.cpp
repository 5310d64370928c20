// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "large_file.hpp"

#include "unique_fd.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace pcipeek::detail {

std::optional<std::string> read_large_file(const char *path)
{
	const UniqueFd file{::open(path, O_RDONLY | O_CLOEXEC)};
	struct stat status {};
	if (!file || ::fstat(file.get(), &status) != 0)
		return std::nullopt;
	std::string text(static_cast<std::size_t>(status.st_size), '\0');
	const ssize_t count = ::read(file.get(), text.data(), text.size());
	if (count < 0)
		return std::nullopt;
	// Only the end of a file makes a read short.
	text.resize(static_cast<std::size_t>(count));
	return text;
}

} // namespace pcipeek::detail
