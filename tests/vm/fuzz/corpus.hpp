/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_FUZZ_CORPUS_HPP
#define PCIPEEK_TESTS_VM_FUZZ_CORPUS_HPP

#include <iosfwd>
#include <random>
#include <string>
#include <vector>

#include "choices.hpp"

namespace fuzz {

using Random = std::mt19937_64;

/* Sequences that reached something, from which others are made. */
class Corpus {
public:
	/* A line each, in hexadecimal digits; behind a # is a comment. */
	static Corpus from_file(const std::string &path);

	const std::vector<Sequence> &sequences() const
	{
		return sequences_;
	}
	void add(Sequence sequence)
	{
		sequences_.push_back(std::move(sequence));
	}
	/* Sometimes of nothing, mostly of one that is here, or of two. */
	Sequence make(Random &random) const;
	void sort_by_length();

private:
	std::vector<Sequence> sequences_;
};

std::string to_text(const Sequence &sequence);

} // namespace fuzz

#endif
