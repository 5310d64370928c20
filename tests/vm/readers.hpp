/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_READERS_HPP
#define PCIPEEK_TESTS_VM_READERS_HPP

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <set>
#include <thread>

#include "attachment.hpp"

namespace vm {

/* Threads that read one register until told to stop, and what they were answered. */
class Readers {
public:
	Readers(const Attachment &attachment, pcipeek_access access)
	{
		for (auto &thread : threads_)
			thread = std::thread(
				[this, &attachment, access] { run(attachment, access); });
		while (reads_ < 100)
			std::this_thread::yield();
	}

	std::set<int> stop()
	{
		over_ = true;
		std::set<int> all;
		for (std::size_t i = 0; i < threads_.size(); i++) {
			threads_[i].join();
			all.insert(errors_[i].begin(), errors_[i].end());
		}
		return all;
	}

	/* What was read, after stop(). */
	std::set<std::uint64_t> values() const
	{
		std::set<std::uint64_t> all;
		for (const auto &values : values_)
			all.insert(values.begin(), values.end());
		return all;
	}
	void wait_for(int more)
	{
		const int goal = reads_ + more;
		while (reads_ < goal)
			std::this_thread::yield();
	}

private:
	void run(const Attachment &attachment, pcipeek_access access)
	{
		const std::size_t me = next_++;
		while (!over_) {
			const int error = attachment.read(access);
			errors_[me].insert(error);
			if (error == 0)
				values_[me].insert(access.value);
			reads_++;
		}
	}

	std::array<std::thread, 4> threads_;
	std::array<std::set<int>, 4> errors_;
	std::array<std::set<std::uint64_t>, 4> values_;
	std::atomic<std::size_t> next_ = 0;
	std::atomic<int> reads_ = 0;
	std::atomic<bool> over_ = false;
};

/*
 * Stops readers of a register that is @value, of a function that went away under them: an
 * error, and before that data. 0 is what QEMU answers for nobody in the moment before the
 * attachment hears of it; hardware says all ones.
 */
inline void expect_value_until_gone(Readers &readers, std::uint64_t value)
{
	readers.wait_for(100);
	const std::set<int> errors = readers.stop();
	EXPECT_TRUE(errors.contains(ENODEV));
	for (const int error : errors)
		EXPECT_TRUE(error == 0 || error == EIO || error == ENODEV) << error;
	for (const std::uint64_t read : readers.values())
		EXPECT_TRUE(read == value || read == 0) << read;
}

} // namespace vm

#endif
