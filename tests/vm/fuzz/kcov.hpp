/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_FUZZ_KCOV_HPP
#define PCIPEEK_TESTS_VM_FUZZ_KCOV_HPP

#include <cstddef>
#include <cstdint>
#include <vector>

namespace fuzz {

/*
 * Which edges of the module this thread took, on a kernel with KCOV, where only
 * pcipeek.ko is instrumented. On any other kernel all of it does nothing.
 */
class Kcov {
public:
	Kcov();
	~Kcov();
	Kcov(const Kcov &) = delete;
	Kcov &operator=(const Kcov &) = delete;

	bool works() const
	{
		return area_ != nullptr;
	}
	/* From here to collect() is one call; from begin_run() on, many are one run. */
	void begin_run();
	void begin();
	void collect();

	/* Edges that no run took before this one. */
	const std::vector<std::uint32_t> &fresh() const
	{
		return fresh_;
	}
	/* Did this run take them all? */
	bool took(const std::vector<std::uint32_t> &edges) const;
	std::size_t edges() const
	{
		return edges_;
	}
	void forget();

private:
	int fd_ = -1;
	std::uint64_t *area_ = nullptr;
	std::uint32_t run_ = 0;
	std::size_t edges_ = 0;
	/* The last run that took an edge, by the edge's hash. */
	std::vector<std::uint32_t> last_;
	std::vector<std::uint32_t> fresh_;
};

} // namespace fuzz

#endif
