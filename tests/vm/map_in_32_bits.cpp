// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// The library's map_file(), built for 32 bits and linked without a C library, which a build
// machine may not have for them. Maps a page of the attachment that is descriptor 3, at the
// offset that comes from its input, and writes the four bytes there to its output. Ends
// with the errno, or 0.

#include "device/map_file.hpp"

namespace {

enum : long {
	nr_exit = 1,
	nr_read = 3,
	nr_write = 4,
	nr_mmap2 = 192
};

struct Call {
	long number;
	long arguments[6];
};

// The sixth argument is in the register of the frame.
long call(const Call &call)
{
	long result = 0;
	__asm__ volatile("push %%ebp\n\t"
			 "mov 24(%%eax), %%ebp\n\t"
			 "mov 4(%%eax), %%ebx\n\t"
			 "mov 8(%%eax), %%ecx\n\t"
			 "mov 12(%%eax), %%edx\n\t"
			 "mov 16(%%eax), %%esi\n\t"
			 "mov 20(%%eax), %%edi\n\t"
			 "mov (%%eax), %%eax\n\t"
			 "int $0x80\n\t"
			 "pop %%ebp"
			 : "=a"(result)
			 : "a"(&call)
			 : "ebx", "ecx", "edx", "esi", "edi", "memory");
	return result;
}

int error;

void *map(void *at, size_t length, int protection, int flags, int fd, int64_t offset)
{
	const long result = call({nr_mmap2,
				  {reinterpret_cast<long>(at), static_cast<long>(length),
				   protection, flags, fd, static_cast<long>(offset >> 12)}});
	if (result >= 0 || result < -4095)
		return reinterpret_cast<void *>(result);
	error = static_cast<int>(-result);
	return reinterpret_cast<void *>(-1);
}

void exit(long status)
{
	call({nr_exit, {status}});
}

} // namespace

// What glibc has for the two sizes of off_t.
extern "C" {

void *mmap64(void *at, size_t length, int protection, int flags, int fd, int64_t offset)
{
	return map(at, length, protection, flags, fd, offset);
}

void *mmap(void *at, size_t length, int protection, int flags, int fd, long offset)
{
	return map(at, length, protection, flags, fd, offset);
}

int *__errno_location()
{
	return &error;
}

void _start()
{
	uint64_t offset = 0;
	void *address = nullptr;

	if (call({nr_read, {0, reinterpret_cast<long>(&offset), sizeof(offset)}}) != 8)
		exit(255);
	if (const int code = pcipeek::detail::map_file(3, offset, 4096, false, address))
		exit(code);
	const uint32_t value = *static_cast<volatile uint32_t *>(address);
	call({nr_write, {1, reinterpret_cast<long>(&value), sizeof(value)}});
	exit(0);
}
}
