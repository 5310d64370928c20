/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_FUZZ_PLAYER_HPP
#define PCIPEEK_TESTS_VM_FUZZ_PLAYER_HPP

#include <array>
#include <cstdint>
#include <iosfwd>
#include <map>
#include <string>

#include "choices.hpp"
#include "file.hpp"
#include "kcov.hpp"
#include "memory.hpp"

namespace fuzz {

/* Makes the calls of a sequence, on a few files that are closed at its end. */
class Player {
public:
	explicit Player(Kcov &kcov) : kcov_(kcov)
	{
	}

	void play(const Sequence &sequence);

	std::uint64_t ioctls() const
	{
		return ioctls_;
	}
	/* What was wrong, and a sequence that shows it; each once. */
	const std::map<std::string, Sequence> &complaints() const
	{
		return complaints_;
	}
	std::uint64_t count(Command command, int error) const;
	void print(std::ostream &out) const;

private:
	struct Mapping {
		void *at = nullptr;
		std::uint64_t bytes = 0;
		int protection = 0;
	};
	static constexpr std::size_t errors = 136;

	void step(Choices &choices);
	void open(Choices &choices, File &file);
	void spread(Choices &choices, File &file);
	void ioctl(const Call &call, const File &file);
	void ioctl_and_neighbours(const Call &call, const File &file, Choices &choices);
	void map(Choices &choices, const File &file);
	void change_mapping(Choices &choices);
	void protect(const Mapping &mapping, int protection);
	void split(const Mapping &mapping, std::uint64_t where);
	void grow(const Mapping &mapping, std::uint64_t bytes);
	void close_all();
	void expect_none(const File::Complaint &complaint);

	Kcov &kcov_;
	Memory memory_;
	std::array<File, 3> files_;
	std::array<Mapping, 3> mappings_;
	const Sequence *playing_ = nullptr;
	std::uint64_t ioctls_ = 0;
	std::map<std::string, Sequence> complaints_;
	std::array<std::array<std::uint64_t, errors>, command_count> counts_{};
};

} // namespace fuzz

#endif
