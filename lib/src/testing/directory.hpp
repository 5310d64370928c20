// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "device/identity.hpp"

#include <string>

namespace pcipeek::testing {

/** The files that sysfs would show of a fake board, as long as this lives. */
class Directory {
public:
	/** Makes it below the directory for temporary files. Throws std::system_error. */
	explicit Directory(const pcipeek::detail::Identity &identity);
	~Directory();
	Directory(const Directory &) = delete;
	Directory &operator=(const Directory &) = delete;

	const std::string &path() const noexcept
	{
		return path_;
	}

private:
	std::string path_;
};

} // namespace pcipeek::testing
