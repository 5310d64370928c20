// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "large_file.hpp"

#include "unique_fd.hpp"

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace pcipeek::detail {

bool LargeFile::read(const char *path)
{
	const UniqueFd file{::open(path, O_RDONLY | O_CLOEXEC)};
	struct stat status {};
	if (!file || ::fstat(file.get(), &status) != 0)
		return false;
	text_.resize(static_cast<std::size_t>(status.st_size));
	// Only the end of a file makes a read short.
	const ssize_t count = ::read(file.get(), text_.data(), text_.size());
	text_.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
	return count >= 0;
}

} // namespace pcipeek::detail
