// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "names/large_file.hpp"

#include "device/unique_fd.hpp"
#include "names/gzip.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace pcipeek::detail {
namespace {

// As many bytes as the file had when it was opened, even if it grows.
std::optional<std::string> read_bytes(int fd, std::size_t size)
{
	std::string text(size, '\0');
	std::size_t have = 0;

	while (have < size) {
		const ssize_t count = ::read(fd, text.data() + have, size - have);
		if (count < 0)
			return std::nullopt;
		if (count == 0)
			break;
		have += static_cast<std::size_t>(count);
	}
	text.resize(have);
	return text;
}

} // namespace

std::optional<std::string> read_large_file(const char *path)
{
	const UniqueFd file{::open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)};
	struct stat status {};
	if (!file || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode) ||
	    static_cast<std::uint64_t>(status.st_size) > largest_file)
		return std::nullopt;
	auto text = read_bytes(file.get(), static_cast<std::size_t>(status.st_size));
	if (text && is_gzip(*text))
		return gunzip(*text, largest_file);
	return text;
}

} // namespace pcipeek::detail
