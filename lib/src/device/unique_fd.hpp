// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <unistd.h>
#include <utility>

namespace pcipeek::detail {

/** Owns a file descriptor, or none (-1). */
class UniqueFd {
public:
	UniqueFd() = default;
	explicit UniqueFd(int fd) noexcept : fd_{fd}
	{
	}
	UniqueFd(UniqueFd &&other) noexcept : fd_{std::exchange(other.fd_, -1)}
	{
	}
	UniqueFd &operator=(UniqueFd &&other) noexcept
	{
		std::swap(fd_, other.fd_);
		return *this;
	}
	~UniqueFd()
	{
		if (fd_ >= 0)
			::close(fd_);
	}

	int get() const noexcept
	{
		return fd_;
	}

	/** Owns nothing from now on. */
	int release() noexcept
	{
		return std::exchange(fd_, -1);
	}

	explicit operator bool() const noexcept
	{
		return fd_ >= 0;
	}

private:
	int fd_ = -1;
};

} // namespace pcipeek::detail
