// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace pcipeek::detail {

/** What to map: an offset as BAR_INFO gives it, and whole pages. */
struct MapRequest {
	std::uint64_t offset = 0;
	std::size_t length = 0;
	bool write = false;
};

/**
 * The one seam between the library and the kernel: an open file of one of its nodes.
 *
 * IoctlChannel is the real one; tests put their own in its place. call() may be
 * used by any number of threads at once.
 */
class Channel {
public:
	Channel() = default;
	Channel(const Channel &) = delete;
	Channel &operator=(const Channel &) = delete;
	virtual ~Channel() = default;

	/**
	 * One ioctl of <linux/pcipeek.h>, with its structure.
	 * @return 0, or the errno.
	 */
	virtual int call(unsigned long request, void *argument) noexcept = 0;

	/** The descriptor, to be polled or handed on; -1 where there is none. */
	virtual int fd() const noexcept
	{
		return -1;
	}

	/** Maps what is behind a BAR, until unmap(). Returns 0 or the errno. */
	virtual int map(const MapRequest &, void *& /*address*/) noexcept
	{
		return EOPNOTSUPP;
	}

	virtual void unmap(void * /*address*/, std::size_t /*length*/) noexcept
	{
	}
};

/** A channel, or the errno of open(). */
struct Opened {
	std::unique_ptr<Channel> channel = nullptr;
	int error = 0;
};

/**
 * Opens a node with flags of open(2). Returns the errno instead of throwing, because many
 * boards have no node of their own.
 */
using ChannelFactory = std::function<Opened(const std::string &path, int flags)>;

/** The node by which ATTACH reaches every device. */
inline constexpr const char *common_node = "/dev/pcipeek";

/** The ChannelFactory of the real world. */
Opened open_ioctl_channel(const std::string &path, int flags);

} // namespace pcipeek::detail
