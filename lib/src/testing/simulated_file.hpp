// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "testing/board.hpp"
#include "testing/check.hpp"

namespace pcipeek::testing {

/**
 * What an open file has of a board, by ATTACH: rights, for one of the board's stays in
 * the machine. The functions are ioctls, and return 0 or the errno. The caller holds
 * the board's mutex.
 */
class SimulatedFile {
public:
	SimulatedFile(std::shared_ptr<FakeBoard::Board> board, bool writable);
	~SimulatedFile();
	SimulatedFile(const SimulatedFile &) = delete;
	SimulatedFile &operator=(const SimulatedFile &) = delete;

	FakeBoard::Board &board() const noexcept
	{
		return *board_;
	}

	bool is_attached() const noexcept
	{
		return stay_ != 0;
	}

	Limits limits() const
	{
		return {rights_, board_->identity().bars};
	}

	/** Whether the attachment is live: 0, ENOTCONN or ENODEV. */
	int check_live() const noexcept;

	int attach(const pcipeek_attach &attach);
	int restrict_to(const pcipeek_restrict &restriction);
	int device_info(pcipeek_device_info &info) const;
	int bar_info(pcipeek_bar_info &info) const;

private:
	void stop_mastering() noexcept;
	void identify(pcipeek_device_info &info) const;

	const std::shared_ptr<FakeBoard::Board> board_;
	const bool writable_;
	// 0: it is not attached.
	std::uint64_t stay_ = 0;
	std::uint64_t rights_ = 0;
	bool exclusive_ = false;
	bool bus_master_ = false;
};

} // namespace pcipeek::testing
