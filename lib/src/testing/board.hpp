// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "access/channel.hpp"
#include "device/identity.hpp"
#include "testing/clock.hpp"
#include "testing/directory.hpp"
#include "testing/memory.hpp"

#include <linux/pcipeek.h>
#include <pcipeek/testing.hpp>

#include <array>
#include <mutex>

namespace pcipeek::testing {

/**
 * What a FakeBoard and the handles on it share: the registers, and what the kernel
 * would know of the board.
 *
 * Whoever calls anything holds the mutex, but for identity() and device(). It is
 * recursive, since hooks run under it and use the board.
 */
class FakeBoard::Board : public std::enable_shared_from_this<Board> {
public:
	explicit Board(const FakeBoardOptions &options);

	std::recursive_mutex mutex;

	const detail::Identity &identity() const noexcept
	{
		return identity_;
	}

	/** The bytes behind a BAR. Throws std::out_of_range if they are not inside it. */
	std::vector<std::byte> load(unsigned bar, std::uint64_t offset, std::size_t size) const;
	void store(unsigned bar, std::uint64_t offset, std::span<const std::byte> data);

	/** One access, as the bus brings it: hooks run, time goes on, the log grows. */
	std::uint64_t read(unsigned bar, std::uint64_t offset, Width width);
	void write(unsigned bar, std::uint64_t offset, Width width, std::uint64_t value);

	/** Whether it can answer now: 0 or the errno of an access. */
	int check_answer(unsigned bar) const noexcept;
	int check_function() const noexcept;

	/** PCIPEEK_REACH_* of BAR_INFO. */
	std::uint8_t reach(unsigned bar) const noexcept;

	/** The bits of DEVICE_INFO that do not depend on who asks. */
	std::uint32_t state_bits() const noexcept;

	/** Where its files are; where none are, while it is unplugged. */
	std::string directory() const;

	/** A fresh handle. */
	Device device();

	struct Hooks {
		std::map<std::uint64_t, ReadHook> read;
		std::map<std::uint64_t, StoreHook> store;
		std::map<std::uint64_t, WriteHook> write;
	};

	std::array<Hooks, PCIPEEK_BAR_COUNT> hooks;
	std::vector<Access> accesses;
	Clock clock;
	bool memory_decode = true;
	bool io_decode = true;
	bool answering = true;
	bool in_reset = false;
	bool plugged = true;
	/** Counts how often it was plugged in: an attachment is on one of these stays. */
	std::uint64_t stay = 1;
	std::uint8_t power_state = 0;
	std::uint64_t generation = 1;
	/**
	 * The files that are attached to it, those of them that asked for bus mastering, and
	 * whether one of them is the only one.
	 */
	unsigned files = 0;
	unsigned masters = 0;
	bool exclusive = false;

private:
	void check_inside(unsigned bar, std::uint64_t offset, std::uint64_t size) const;

	const detail::Identity identity_;
	const Directory directory_;
	std::array<Memory, PCIPEEK_BAR_COUNT> memory_;
};

/** A file of /dev/pcipeek that leads to the board, which has no other node. */
detail::Opened open_board_node(std::shared_ptr<FakeBoard::Board> board, const std::string &path,
			       int flags);

/** The identity that the options describe. Throws std::invalid_argument. */
detail::Identity to_identity(const FakeBoardOptions &options);

} // namespace pcipeek::testing
