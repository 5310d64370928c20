// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "ioctl_channel.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <system_error>

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
	const int protection = PROT_READ | (request.write ? PROT_WRITE : 0);
	address = ::mmap(nullptr, request.length, protection, MAP_SHARED, fd_.get(),
			 static_cast<off_t>(request.offset));
	return address == MAP_FAILED ? errno : 0;
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

std::unique_ptr<Channel> open_ioctl_channel(bool write)
{
	const int fd = ::open(node_path, (write ? O_RDWR : O_RDONLY) | O_CLOEXEC);
	if (fd < 0)
		throw std::system_error{errno, std::generic_category()};
	return std::make_unique<IoctlChannel>(fd);
}

} // namespace pcipeek::detail
