// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "output/terminal.hpp"
#include "registers/row.hpp"

#include <memory>
#include <string_view>
#include <vector>

namespace pcipeek::tools {

/* How registers are printed as text. */
struct RegsForm {
	bool one_line_per_field = false;
	bool has_descriptions = false; /* and what software may do with them */
	bool has_headings = true;
	Terminal terminal = {};
};

/* Prints registers one by one, as they are read. */
class RegsPrinter {
public:
	RegsPrinter() = default;
	RegsPrinter(const RegsPrinter &) = delete;
	RegsPrinter &operator=(const RegsPrinter &) = delete;
	virtual ~RegsPrinter() = default;

	virtual void add(const Row &row) = 0;

	/* There are no more. */
	virtual void end() = 0;

	/* There are no more, since a read failed. */
	virtual void fail(std::string_view why) = 0;
};

/* @rows are all that will come: columns are as wide as the widest of them needs. */
std::unique_ptr<RegsPrinter> make_regs_text(const std::vector<Row> &rows, const RegsForm &form);

/* A list of objects; see pcipeek(1). */
std::unique_ptr<RegsPrinter> make_regs_json(bool has_descriptions);

} // namespace pcipeek::tools
