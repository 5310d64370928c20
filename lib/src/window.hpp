// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "attempt.hpp"
#include "channel.hpp"
#include "identity.hpp"
#include "names.hpp"

#include <pcipeek/device.hpp>

#include <atomic>
#include <memory>
#include <mutex>

namespace pcipeek::detail {

/**
 * What all handles on one device share: its identity, and its open files.
 *
 * Any thread may call anything. A channel, once published by reader() or writer(),
 * stays open until the window goes; the accesses take no lock.
 */
class Window {
public:
	Window(const Identity &identity, ChannelFactory factory);

	const Identity &identity() const noexcept
	{
		return identity_;
	}

	/** Looked up at the first call. */
	const Names &names();

	/** The channel to read by; null until there is one. */
	Channel *reader() const noexcept
	{
		return reader_.load(std::memory_order_acquire);
	}

	/** The channel to write by; null until there is one. */
	Channel *writer() const noexcept
	{
		return writer_.load(std::memory_order_acquire);
	}

	/** Makes the channel, unless another thread just did. */
	Channel &open_reader(const Attempt &attempt);
	Channel &open_writer(const Attempt &attempt);

	/** Makes the channel for both; whether it may write is then up to the kernel. */
	void open(const OpenOptions &options);

private:
	void check_still_there(const Attempt &attempt) const;

	const Identity identity_;
	const ChannelFactory factory_;

	std::once_flag names_once_;
	Names names_;

	// Held while opening; guards the two owners, and all stores to the two pointers.
	std::mutex opening_;
	std::unique_ptr<Channel> reading_;
	std::unique_ptr<Channel> writing_;
	std::atomic<Channel *> reader_ = nullptr;
	std::atomic<Channel *> writer_ = nullptr;
};

} // namespace pcipeek::detail
