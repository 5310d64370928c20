// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <string>
#include <string_view>

namespace pcipeek::detail {

/**
 * What is in a large file, read at once. Not mapped, since whoever shortens a mapped file
 * ends the program.
 */
class LargeFile {
public:
	/** Empty until then. Returns false if the file cannot be read. */
	bool read(const char *path);

	std::string_view text() const noexcept
	{
		return text_;
	}

private:
	std::string text_;
};

} // namespace pcipeek::detail
