/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_PATHS_LOSS_HPP
#define PCIPEEK_TESTS_VM_PATHS_LOSS_HPP

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "attachment.hpp"
#include "every_read.hpp"

namespace paths {

using vm::Board;
using vm::Attachment;

/* A way to lose the board, and what the module must say of it. */
struct Loss {
	std::string name;
	Board board;
	std::function<void()> lose;
	std::uint8_t reach = 0; /* PCIPEEK_REACH_* */
	std::string where; /* the function that is in the way */
};

/* The board behind @bridge, which @close keeps from forwarding; @way is for its name. */
Loss closed(const std::string &way, const std::string &bridge, const Board &board,
	    const std::function<void(const std::string &)> &close, std::uint8_t reach);

/* An address as a part of such a name. */
std::string short_name(const std::string &address);

/* For parameterised tests. */
std::string name_of(const testing::TestParamInfo<Loss> &info);

/* A board, granted and used, so that its BAR is mapped by the module, but not by a program. */
class Lost {
public:
	explicit Lost(const Board &board);

	/*
	 * Lose it under a reader that makes no pause, and so is always in time for the next
	 * question: EIO soon, though that never asks for everything.
	 */
	void lose_while_reading(const std::function<void()> &lose) const;
	/* 10,000 reads of each kind: EIO, and SIGBUS of a page that is touched anew. */
	void expect_every_read_refused() const;
	void expect_reach(std::uint8_t reach, const std::string &where) const;
	/* Data again, after this cure, which may have taken the board away and brought it back. */
	void expect_cured_by(const std::string &cure);

private:
	void open();

	const Board board_;
	std::optional<vm::Granted> granted_;
	std::optional<Attachment> attachment_;
};

/* The whole of it: lose, be refused, be told why, follow the advice, have the board back. */
void expect_honesty(const Loss &loss);

/* BAR_INFO of the board's BAR. */
pcipeek_bar_info bar_info(const Attachment &attachment, const Board &board);

/* Longer than it may take until any loss is noticed. */
void wait_until_noticed();

/* ---- ways ---- */

/* A secondary bus reset, by the bridge above. */
void reset_bus_below(const std::string &bridge);
void set_config_dword(const std::string &address, std::uint8_t offset, std::uint32_t value);
/* Bits of the command word off. */
void clear_command(const std::string &address, std::uint16_t bits);
void put_to_sleep(const std::string &address);
/* A window of a bridge ends before it begins. */
void close_io_window(const std::string &bridge);
void close_memory_window(const std::string &bridge);
void close_prefetchable_window(const std::string &bridge);
/* It begins 1 MiB later than before, as where the kernel made it smaller. */
void narrow_memory_window(const std::string &bridge);

} // namespace paths

#endif
