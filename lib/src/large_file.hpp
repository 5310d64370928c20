// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace pcipeek::detail {

/**
 * What is in a large file: read at once, into memory that was not cleared before. Not
 * mapped, since whoever shortens a mapped file ends the program.
 */
class LargeFile {
public:
	/** Empty until then. Returns false if the file cannot be read. */
	bool read(const char *path);

	std::string_view text() const noexcept
	{
		return {data_.get(), size_};
	}

private:
	std::unique_ptr<char[]> data_;
	std::size_t size_ = 0;
};

} // namespace pcipeek::detail
