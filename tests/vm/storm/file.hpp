/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_STORM_FILE_HPP
#define PCIPEEK_TESTS_VM_STORM_FILE_HPP

#include <cstdint>
#include <utility>

#include "answers.hpp"
#include "target.hpp"

namespace storm {

/*
 * An open file of /dev/pcipeek and everything that can be done with it. Each function
 * is one call, whose answer is noted; it may fail in every way that the contract has.
 */
class File {
public:
	/* Opened, not attached. */
	explicit File(Answers &answers);
	/* One that somebody passed; attached to what DEVICE_INFO says. */
	File(Answers &answers, int fd);
	~File();
	File(File &&other) noexcept;
	File &operator=(File &&other) noexcept;

	int fd() const
	{
		return fd_;
	}
	bool attached() const
	{
		return target_ != nullptr;
	}

	int attach(const Target &target, std::uint64_t rights, std::uint32_t flags);
	int read();
	int write();
	int block(std::uint64_t count, std::uint32_t flags);
	/* Reads, polls for the constant, updates, writes, and polls again, in vain or not. */
	int batch(std::uint64_t timeout_ns, std::uint32_t flags, bool in_vain);
	void look() const;
	int set_mode(std::uint8_t mode);
	/* Never takes the right to read away. */
	int restrict_to(std::uint64_t rights);
	/* Map, touch each page, unmap. */
	int map(bool write);

private:
	int ioctl(Call call, unsigned long request, void *argument) const;

	Answers *answers_;
	int fd_;
	const Target *target_ = nullptr;
	bool foreign_ = false;
};

} // namespace storm

#endif
