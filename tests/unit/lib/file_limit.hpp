// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <csignal>
#include <sys/resource.h>

namespace pcipeek::test {

// A limit of this process, as long as this lives.
class Limit {
public:
	Limit(decltype(RLIMIT_FSIZE) what, rlim_t most) : what_{what}
	{
		::getrlimit(what_, &before_);
		const rlimit limit{.rlim_cur = most, .rlim_max = before_.rlim_max};
		::setrlimit(what_, &limit);
	}
	~Limit()
	{
		::setrlimit(what_, &before_);
	}
	Limit(const Limit &) = delete;
	Limit &operator=(const Limit &) = delete;

private:
	decltype(RLIMIT_FSIZE) what_;
	rlimit before_{};
};

// No file can be written beyond so many bytes: EFBIG, and not a signal.
class FileLimit {
public:
	explicit FileLimit(rlim_t size)
		: handler_{std::signal(SIGXFSZ, SIG_IGN)}, limit_{RLIMIT_FSIZE, size}
	{
	}
	~FileLimit()
	{
		std::signal(SIGXFSZ, handler_);
	}
	FileLimit(const FileLimit &) = delete;
	FileLimit &operator=(const FileLimit &) = delete;

private:
	void (*handler_)(int);
	Limit limit_;
};

} // namespace pcipeek::test
