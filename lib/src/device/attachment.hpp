// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "access/channel.hpp"
#include "device/identity.hpp"
#include "errors/attempt.hpp"
#include "names/names.hpp"

#include <pcipeek/device.hpp>

#include <array>
#include <atomic>
#include <memory>
#include <mutex>

namespace pcipeek::detail {

/** What a channel is wanted for. */
enum class Use : std::uint8_t {
	read,
	write,
	map,
	map_and_write,
};

/**
 * What all handles on one device share: its identity, and its open files.
 *
 * Any thread may call anything. A channel, once published by channel(), stays open until
 * the attachment goes; the accesses take no lock.
 *
 * The files are opened one by one, as they are needed, or one serves all uses: what was
 * opened out loud, adopted, inherited or restricted. Whether it may do what it is used for
 * is then up to the kernel, and nothing else is opened.
 */
class Attachment {
public:
	Attachment(Identity identity, ChannelFactory factory);

	const Identity &identity() const noexcept
	{
		return identity_;
	}

	/** Looked up at the first call. */
	const Names &names();

	/** The channel for that; null until there is one. */
	Channel *channel(Use use) const noexcept
	{
		return channels_[static_cast<std::size_t>(use)].load(std::memory_order_acquire);
	}

	/** Makes the channel, unless there is one. */
	Channel &open_for(Use use, const Attempt &attempt);

	/** Makes the channel for everything. */
	void open(const OpenOptions &options);

	/** Takes the channel for everything. Before any other. */
	void adopt(std::unique_ptr<Channel> file) noexcept;

	/** Takes rights away from all files, and from the ones to come. */
	void drop_rights(const Restriction &restriction);

private:
	bool is_open() const noexcept;
	void serve(Use use, Channel &file) noexcept;
	void serve_the_rest(Channel &file) noexcept;
	void check_still_there(const Attempt &attempt) const;

	const Identity identity_;
	const ChannelFactory factory_;

	std::once_flag names_once_;
	Names names_;

	// Held while opening; guards the owners, and all stores to the pointers.
	std::mutex opening_;
	std::array<std::unique_ptr<Channel>, 4> files_;
	std::array<std::atomic<Channel *>, 4> channels_{};
};

} // namespace pcipeek::detail
