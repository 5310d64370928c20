// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "access/ioctl_channel.hpp"

#include "device/map_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>

namespace pcipeek::detail {

int IoctlChannel::call(unsigned long request, void *argument) noexcept
{
	return ::ioctl(fd_.get(), request, argument) < 0 ? errno : 0;
}

int IoctlChannel::fd() const noexcept
{
	return fd_.get();
}

int IoctlChannel::map(const MapRequest &request, void *&address) noexcept
{
	return map_file(fd_.get(), request.offset, request.length, request.write, address);
}

void IoctlChannel::unmap(void *address, std::size_t length) noexcept
{
	::munmap(address, length);
}

void IoctlChannel::release() noexcept
{
	fd_.release();
}

bool is_character_device(int fd) noexcept
{
	struct stat status {};
	return ::fstat(fd, &status) == 0 && S_ISCHR(status.st_mode);
}

Opened open_ioctl_channel(const std::string &path, int flags)
{
	const int fd = ::open(path.c_str(), flags | O_CLOEXEC);
	if (fd < 0)
		return {.error = errno};
	return {.channel = std::make_unique<IoctlChannel>(fd)};
}

} // namespace pcipeek::detail
