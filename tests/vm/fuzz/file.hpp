/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_FUZZ_FILE_HPP
#define PCIPEEK_TESTS_VM_FUZZ_FILE_HPP

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "argument.hpp"
#include "memory.hpp"

namespace fuzz {

/*
 * A descriptor of /dev/pcipeek. Duplicates share what the contract says of the open
 * file. Each function returns what was wrong with the answer, or nothing.
 */
class File {
public:
	using Complaint = std::optional<std::string>;

	File() = default;
	~File();
	File(File &&other) noexcept;
	File &operator=(File &&other) noexcept;

	bool is_open() const
	{
		return fd_ >= 0;
	}
	bool is_attached() const
	{
		return description_ && description_->attached;
	}
	static File open(int mode);
	/* Of the same open file: by dup(), or received through a socket. */
	File duplicate() const;
	File pass() const;

	/* The errno goes to @error. Looks at the memory around the argument ... */
	Complaint call(const Call &call, Memory &memory, int &error) const;
	/* ... and this at all of it, after one call or more. */
	static Complaint look(Memory &memory);
	Complaint map(std::uint64_t bytes, int protection, int flags, std::uint64_t offset,
		      void *&at) const;
	Complaint poll() const;
	/* There is nothing to read or write as bytes. */
	Complaint read_and_write() const;

private:
	struct Description {
		bool attached = false;
	};

	int fd_ = -1;
	std::shared_ptr<Description> description_;
};

} // namespace fuzz

#endif
