// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include "corpus.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

namespace fuzz {
namespace {

constexpr std::size_t longest = 600;

std::size_t below(Random &random, std::size_t count)
{
	return random() % count;
}

std::uint8_t any_byte(Random &random)
{
	return static_cast<std::uint8_t>(random());
}

Sequence of_nothing(Random &random)
{
	Sequence sequence(8 + below(random, 300));
	std::generate(sequence.begin(), sequence.end(), [&random] { return any_byte(random); });
	return sequence;
}

void insert(Sequence &into, const Sequence &from, Random &random)
{
	if (from.empty())
		return;
	const auto first = static_cast<std::ptrdiff_t>(below(random, from.size()));
	const auto most = from.size() - static_cast<std::size_t>(first);
	const auto last = first + 1 + static_cast<std::ptrdiff_t>(below(random, most));
	const auto at = static_cast<std::ptrdiff_t>(below(random, into.size() + 1));
	into.insert(into.begin() + at, from.begin() + first, from.begin() + last);
}

void erase(Sequence &sequence, Random &random)
{
	const auto first = below(random, sequence.size());
	const auto count = 1 + below(random, std::min<std::size_t>(16, sequence.size() - first));
	const auto at = sequence.begin() + static_cast<std::ptrdiff_t>(first);
	sequence.erase(at, at + static_cast<std::ptrdiff_t>(count));
}

void mutate(Sequence &sequence, const Sequence &other, Random &random)
{
	if (sequence.empty())
		sequence.push_back(0);
	std::uint8_t &byte = sequence[below(random, sequence.size())];
	switch (below(random, 6)) {
	case 0:
		byte = static_cast<std::uint8_t>(byte ^ 1U << below(random, 8));
		break;
	case 1:
		byte = any_byte(random);
		break;
	case 2:
		byte = static_cast<std::uint8_t>(byte + below(random, 9) - 4);
		break;
	case 3:
		insert(sequence, other, random);
		break;
	case 4:
		insert(sequence, of_nothing(random), random);
		break;
	default:
		erase(sequence, random);
	}
}

Sequence from_text(const std::string &digits)
{
	Sequence sequence;
	for (std::size_t at = 0; at + 1 < digits.size(); at += 2)
		sequence.push_back(
			static_cast<std::uint8_t>(std::stoul(digits.substr(at, 2), nullptr, 16)));
	return sequence;
}

} // namespace

Corpus Corpus::from_file(const std::string &path)
{
	Corpus corpus;
	std::ifstream file(path);
	for (std::string line; std::getline(file, line);)
		if (!line.empty() && line[0] != '#')
			corpus.add(from_text(line));
	return corpus;
}

Sequence Corpus::make(Random &random) const
{
	if (sequences_.empty() || below(random, 16) == 0)
		return of_nothing(random);
	Sequence sequence = sequences_[below(random, sequences_.size())];
	const Sequence &other = sequences_[below(random, sequences_.size())];
	for (std::size_t times = std::size_t{1} << below(random, 5); times > 0; times--)
		mutate(sequence, other, random);
	if (sequence.size() > longest)
		sequence.resize(longest);
	return sequence;
}

void Corpus::sort_by_length()
{
	std::stable_sort(sequences_.begin(), sequences_.end(),
			 [](const Sequence &a, const Sequence &b) { return a.size() < b.size(); });
}

std::string to_text(const Sequence &sequence)
{
	constexpr std::array<char, 17> digits{"0123456789abcdef"};
	std::string text;
	for (const std::uint8_t byte : sequence) {
		text += digits.at(byte >> 4);
		text += digits.at(byte & 15);
	}
	return text;
}

} // namespace fuzz
