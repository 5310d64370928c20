// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <cstddef>
#include <string_view>

namespace pcipeek::tools {

/*
 * Reads one argument from left to right, and knows where it is: every complaint
 * quotes the argument and names the column, counted from 1.
 *
 * The text must outlive the scanner.
 */
class Scanner {
public:
	explicit Scanner(std::string_view text);

	bool at_end() const;
	std::size_t position() const;
	std::string_view text() const;

	/* Whether @expected comes next. */
	bool sees(std::string_view expected) const;

	/* Whether a name comes next: a letter or an underscore. */
	bool sees_name() const;

	/* Steps over @expected if it comes next; says whether it did. */
	bool take(std::string_view expected);

	/* Steps over letters and digits, and returns them; may be empty. */
	std::string_view take_word();

	/* The same, with underscores. */
	std::string_view take_name();

	/* Throws UsageError: "'TEXT', column N: COMPLAINT". */
	[[noreturn]] void fail(std::string_view complaint) const;
	[[noreturn]] void fail_at(std::size_t position, std::string_view complaint) const;

	/* What has not been read yet. */
	std::string_view rest() const;

private:
	std::string_view take_while(bool (*wanted)(char c));

	std::string_view text_;
	std::size_t position_ = 0;
};

} // namespace pcipeek::tools
