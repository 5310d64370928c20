// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "channel.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <system_error>
#include <unistd.h>

namespace pcipeek::detail {
namespace {

class IoctlChannel final : public Channel {
public:
	explicit IoctlChannel(int fd) noexcept : fd_{fd}
	{
	}

	~IoctlChannel() override
	{
		::close(fd_);
	}

	int call(unsigned long request, void *argument) noexcept override
	{
		return ::ioctl(fd_, request, argument) < 0 ? errno : 0;
	}

private:
	int fd_;
};

} // namespace

std::unique_ptr<Channel> open_ioctl_channel(bool write)
{
	const int fd = ::open(node_path, (write ? O_RDWR : O_RDONLY) | O_CLOEXEC);
	if (fd < 0)
		throw std::system_error{errno, std::generic_category()};
	return std::make_unique<IoctlChannel>(fd);
}

} // namespace pcipeek::detail
