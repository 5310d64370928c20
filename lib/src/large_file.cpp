// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "large_file.hpp"

#include "unique_fd.hpp"

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
	const auto size = static_cast<std::size_t>(status.st_size);
	data_ = std::make_unique_for_overwrite<char[]>(size);
	// Only the end of a file makes a read short.
	const ssize_t count = ::read(file.get(), data_.get(), size);
	if (count < 0)
		return false;
	size_ = static_cast<std::size_t>(count);
	return true;
}

} // namespace pcipeek::detail
