// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <csignal>
#include <sys/resource.h>

namespace pcipeek::test {

// As long as this lives, no file can be written beyond so many bytes: EFBIG.
class FileLimit {
public:
	explicit FileLimit(rlim_t size) : handler_{std::signal(SIGXFSZ, SIG_IGN)}
	{
		::getrlimit(RLIMIT_FSIZE, &before_);
		const rlimit limit{.rlim_cur = size, .rlim_max = before_.rlim_max};
		::setrlimit(RLIMIT_FSIZE, &limit);
	}
	~FileLimit()
	{
		::setrlimit(RLIMIT_FSIZE, &before_);
		std::signal(SIGXFSZ, handler_);
	}
	FileLimit(const FileLimit &) = delete;
	FileLimit &operator=(const FileLimit &) = delete;

private:
	void (*handler_)(int);
	rlimit before_{};
};

} // namespace pcipeek::test
