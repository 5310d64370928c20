// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// A function, a clock and neighbours for the batch interpreter, which watch it.
#pragma once

#include "claim.hpp"
#include "model.hpp"

/* What it answers is in @answers, and zero or success when that is used up. */
struct pcipeek_host {
	pcipeek::fuzz::Input answers;
	pcipeek_limits limits;
	std::uint64_t rights;
	std::uint64_t now;
	std::uint64_t deadline = ~std::uint64_t{0};

	const pcipeek_op *op = nullptr; /* the one that made the last access */
	unsigned reads = 0;
	unsigned writes = 0;
	unsigned flushes = 0;
	unsigned sleeps = 0;
	unsigned patience = 64; /* sleeps before one is interrupted for sure */
	std::uint64_t seen = 0; /* what was read last */

	/* One answer in four is an error. */
	int answer()
	{
		constexpr int errors[] = {-EIO, -ENODEV, -EAGAIN, -EINTR};
		const auto choice = answers.take<std::uint8_t>();

		return choice % 4 == 3 ? errors[choice / 4 % 4] : 0;
	}

	void check(const pcipeek_op *accessed, std::uint64_t needed)
	{
		using namespace pcipeek::fuzz;

		const Range range{accessed->offset, accessed->width, accessed->bar,
				  accessed->width};
		claim(is_inside(range, limits), "an access is inside its BAR");
		claim(holds(rights, needed, accessed->bar), "an access has its right");
		claim(op == nullptr || accessed >= op, "operations run in order");
		op = accessed;
	}
};
