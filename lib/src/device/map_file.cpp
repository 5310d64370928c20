// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "device/map_file.hpp"

#include <errno.h> // NOLINT(modernize-deprecated-headers): see map_file.hpp
#include <sys/mman.h>

namespace pcipeek::detail {

int map_file(int fd, uint64_t offset, size_t length, bool write, void *&address) noexcept
{
	static_assert(sizeof(off_t) == 8, "build with -D_FILE_OFFSET_BITS=64");
	address = ::mmap(nullptr, length, write ? PROT_READ | PROT_WRITE : PROT_READ, MAP_SHARED,
			 fd, static_cast<off_t>(offset));
	return address == MAP_FAILED ? errno : 0;
}

} // namespace pcipeek::detail
