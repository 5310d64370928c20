/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_EVERY_READ_HPP
#define PCIPEEK_TESTS_VM_EVERY_READ_HPP

#include <atomic>
#include <cstdint>
#include <set>
#include <string>

#include "attachment.hpp"

namespace vm {

/*
 * Eight bytes from @first and four at @constant of one BAR, no aligned part of which is all
 * ones. What nobody decodes is 0 in QEMU's memory, and all ones, as on every bus, in ports.
 */
struct Board {
	std::string address;
	const char *name = nullptr;
	std::uint64_t first = 0;
	std::uint64_t constant = 0;
	std::uint32_t value = 0; /* at @constant */
	bool ports = false;
	std::uint8_t bar = 0;
};

/* It answers with what is at @constant; if not, that is a failed test. */
void expect_data(const Attachment &attachment, const Board &board);

/*
 * Makes 10,000 reads of each kind there is, and prints what they were answered. All ones as
 * data is a failed test, and so is what is not in @errors (0: data). Refusals are counted
 * as they come.
 */
void expect_no_ones(const Attachment &attachment, const Board &board, const std::set<int> &errors,
		    std::atomic<unsigned> &refusals);
void expect_no_ones(const Attachment &attachment, const Board &board, const std::set<int> &errors);

} // namespace vm

#endif
