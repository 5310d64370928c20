/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_STORM_ANSWERS_HPP
#define PCIPEEK_TESTS_VM_STORM_ANSWERS_HPP

#include <array>
#include <atomic>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace storm {

enum class Call {
	attach,
	attach_foreign,
	read,
	write,
	block,
	batch,
	device_info,
	bar_info,
	bar_mode,
	restrict,
	mmap,
	touch,
	pass,
	close,
	count,
};

/* How every call was answered, counted by all threads. */
class Answers {
public:
	/* Returns @error. */
	int note(Call call, int error);
	/* What a successful read of a register gave that always has one value. */
	void note_value(std::uint64_t got, std::uint64_t wanted);

	std::uint64_t all() const
	{
		return all_;
	}
	std::uint64_t count(Call call, int error) const;
	/*
	 * Reads that succeeded with all ones, with 0, which is what QEMU answers for
	 * memory that nobody decodes, and with another wrong value.
	 */
	std::uint64_t lies() const
	{
		return lies_;
	}
	std::uint64_t nothing() const
	{
		return nothing_;
	}
	std::uint64_t wrong() const
	{
		return wrong_;
	}
	/* A line for each errno that is not @also and not the contract's for its call. */
	std::vector<std::string> undocumented(int also) const;
	void print(std::ostream &out) const;

private:
	static constexpr std::size_t calls = static_cast<std::size_t>(Call::count);
	static constexpr std::size_t errors = 136;

	std::array<std::array<std::atomic<std::uint64_t>, errors>, calls> counts_{};
	std::atomic<std::uint64_t> all_ = 0;
	std::atomic<std::uint64_t> lies_ = 0;
	std::atomic<std::uint64_t> nothing_ = 0;
	std::atomic<std::uint64_t> wrong_ = 0;
};

} // namespace storm

#endif
