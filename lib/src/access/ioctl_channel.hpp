// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "access/channel.hpp"
#include "device/unique_fd.hpp"

namespace pcipeek::detail {

/** The real channel: owns an open file of a node. */
class IoctlChannel final : public Channel {
public:
	explicit IoctlChannel(int fd) noexcept : fd_{fd}
	{
	}

	int call(unsigned long request, void *argument) noexcept override;
	int fd() const noexcept override;
	int map(const MapRequest &request, void *&address) noexcept override;
	void unmap(void *address, std::size_t length) noexcept override;

	/** Gives the descriptor back to whom it was taken from. */
	void release() noexcept;

private:
	UniqueFd fd_;
};

/** Whether a descriptor may be asked to be /dev/pcipeek: ioctls of others are not ours. */
bool is_character_device(int fd) noexcept;

} // namespace pcipeek::detail
