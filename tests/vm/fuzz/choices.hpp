/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_FUZZ_CHOICES_HPP
#define PCIPEEK_TESTS_VM_FUZZ_CHOICES_HPP

#include <cstddef>
#include <cstdint>
#include <vector>

namespace fuzz {

/* What is mutated, kept and replayed: the choices of one run of calls, as bytes. */
using Sequence = std::vector<std::uint8_t>;

/* Reads them. Behind the end every choice is 0, which is the harmless one. */
class Choices {
public:
	explicit Choices(const Sequence &sequence) : sequence_(sequence)
	{
	}

	bool over() const
	{
		return at_ >= sequence_.size();
	}
	std::uint8_t byte()
	{
		return over() ? 0 : sequence_[at_++];
	}
	/* Below @count, which is at most 256. */
	std::size_t below(std::size_t count)
	{
		return byte() % count;
	}
	bool rarely()
	{
		return byte() >= 244;
	}
	std::uint64_t bytes(unsigned count);
	/* Small, or at a boundary, or anything. */
	std::uint64_t number();

private:
	const Sequence &sequence_;
	std::size_t at_ = 0;
};

} // namespace fuzz

#endif
