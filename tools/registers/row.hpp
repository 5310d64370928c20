// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "registers/selection.hpp"

#include <pcipeek/device.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pcipeek::tools {

/* A register in a listing. */
struct Row {
	const Map *map;
	const map::Register *reg;
	bool is_named = false; /* by its own name */
	/* Where its block is on the device, once that is known. */
	std::optional<map::Placement> place = {};
	/* Why its block is not on the device; empty if it is. */
	std::string absence = {};
	/* Why it is not read; empty if it is. */
	std::string obstacle = {};
	std::optional<std::uint64_t> value = {};

	bool is_read() const
	{
		return absence.empty() && obstacle.empty();
	}

	/* "bar0", "config", "rom"; of a placed one, on the device. */
	std::string region() const;

	/* In bytes from the start of the region if it is placed, or else of its block. */
	std::uint64_t offset() const;

	/* Its name without that of its block. */
	std::string short_name() const;
};

/* One row for each register, in their order. Accesses nothing; what is fixed is placed. */
std::vector<Row> make_rows(const std::vector<Selected> &selected);

} // namespace pcipeek::tools
