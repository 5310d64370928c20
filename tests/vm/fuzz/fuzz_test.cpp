// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

// Sequences of calls that nobody would make, against functions that live through it. The
// run begins with those of the corpus, and ends by a count of ioctls:
//
//	vm_fuzz=N	that many (kernel command line, so through VM_APPEND)
//	vm_seed=N	other sequences
//	vm_fuzz_keep=1	show the corpus at the end, for keep.sh
//
// On a kernel with KCOV, sequences that reach an edge of the module are built upon.

#include <gtest/gtest.h>
#include <linux/pci_regs.h>
#include <sys/resource.h>

#include <chrono>
#include <iostream>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "attachment.hpp"
#include "corpus.hpp"
#include "kcov.hpp"
#include "option.hpp"
#include "player.hpp"
#include "target.hpp"
#include "witness.hpp"

namespace {

using fuzz::Corpus;
using fuzz::Kcov;
using fuzz::Player;
using fuzz::Random;
using fuzz::Sequence;
using fuzz::Target;
using fuzz::Witness;

/* So much of the trace at once; a look at it is not free either. */
constexpr std::uint64_t enough_trace = 16 << 20;

constexpr unsigned most_tries = 64;

std::set<std::string> addresses()
{
	std::set<std::string> all;
	for (const Target &target : fuzz::targets)
		all.insert(target.address);
	return all;
}

class Fuzz : public testing::Test {
protected:
	void SetUp() override
	{
		for (const Target &target : fuzz::targets) {
			const unsigned command = vm::command_of(target.address);
			vm::set_command(target.address,
					static_cast<std::uint16_t>(command & ~PCI_COMMAND_MASTER));
			if (target.granted)
				granted_.push_back(std::make_unique<vm::Granted>(target.address));
		}
		witness_ = std::make_unique<Witness>(addresses());
		std::cout << (kcov_.works() ? "guided by KCOV\n"
					    : "this kernel has no KCOV: not guided\n");
	}

	void replay()
	{
		for (const Sequence &sequence : corpus_.sequences())
			player_.play(sequence);
		std::cout << "corpus: " << corpus_.sequences().size() << " sequences, "
			  << player_.ioctls() << " ioctls, " << kcov_.edges() << " edges\n";
	}

	void search(std::uint64_t ioctls, Random &random)
	{
		for (unsigned i = 0; player_.ioctls() < ioctls; i++) {
			Sequence sequence = corpus_.make(random);
			player_.play(sequence);
			if (!kcov_.fresh().empty())
				corpus_.add(shortened(sequence));
			if (i % 1024 == 0)
				witness_->look(enough_trace);
		}
	}

	/* What reaches the same new edges with fewer bytes, if it is found soon. */
	Sequence shortened(Sequence sequence)
	{
		const std::vector<std::uint32_t> wanted = kcov_.fresh();
		unsigned tries = 0;
		for (std::size_t step = sequence.size() / 2; step > 0; step /= 2)
			for (std::size_t at = 0; at + step <= sequence.size() && tries < most_tries;
			     tries++) {
				Sequence shorter = sequence;
				const auto first =
					shorter.begin() + static_cast<std::ptrdiff_t>(at);
				shorter.erase(first, first + static_cast<std::ptrdiff_t>(step));
				player_.play(shorter);
				if (kcov_.took(wanted))
					sequence = shorter;
				else
					at += step;
			}
		return sequence;
	}

	/* Those that, the shortest first, reach what none before them did. */
	void show_corpus()
	{
		corpus_.sort_by_length();
		kcov_.forget();
		for (const Sequence &sequence : corpus_.sequences()) {
			player_.play(sequence);
			if (!kcov_.fresh().empty())
				std::cout << "keep " << fuzz::to_text(sequence) << '\n';
		}
	}

	void report(std::uint64_t seconds)
	{
		std::cout << player_.ioctls() << " ioctls in " << seconds << " s, " << kcov_.edges()
			  << " edges, " << corpus_.sequences().size() << " sequences\n";
		rusage usage{};
		::getrusage(RUSAGE_SELF, &usage);
		std::cout << "of which " << usage.ru_utime.tv_sec << " s here, "
			  << usage.ru_stime.tv_sec << " s in the kernel\n";
		player_.print(std::cout);
	}

	void expect_the_contract_was_kept()
	{
		for (const auto &[what, sequence] : player_.complaints())
			ADD_FAILURE() << what << "\nby " << fuzz::to_text(sequence);
		for (std::size_t i = 0; i < fuzz::command_count - 1; i++)
			EXPECT_LT(0U, player_.count(static_cast<fuzz::Command>(i), 0))
				<< "no success of command " << i << ": nothing was proved";
	}

	void expect_only_accesses_of_attached_functions()
	{
		witness_->look();
		witness_->print(std::cout);
		for (const auto &[what, times] : witness_->complaints())
			ADD_FAILURE() << what << ", " << times << " times";
		for (const auto &[function, count] : witness_->seen())
			EXPECT_LT(0U, count) << function << ": nothing was proved";
	}

	void expect_nothing_left()
	{
		EXPECT_EQ("0\n", vm::text_of("/sys/module/pcipeek/refcnt"));
		for (const Target &target : fuzz::targets)
			EXPECT_EQ(0U, vm::command_of(target.address) & PCI_COMMAND_MASTER)
				<< target.address;
		for (const Target &target : fuzz::targets) {
			if (!target.granted)
				continue;
			EXPECT_EQ(0, vm::Attachment().attach(target.address, vm::all_rights,
							     PCIPEEK_ATTACH_EXCLUSIVE))
				<< target.address << ": somebody is attached";
		}
		granted_.clear();
		EXPECT_EQ(std::string::npos, vm::text_of("/proc/iomem").find("pcipeek"));
		EXPECT_EQ(std::string::npos, vm::text_of("/proc/ioports").find("pcipeek"));
	}

	Kcov kcov_;
	Player player_{kcov_};
	Corpus corpus_ = Corpus::from_file("/tests/fuzz/corpus.txt");
	std::unique_ptr<Witness> witness_;
	std::vector<std::unique_ptr<vm::Granted>> granted_;
};

TEST_F(Fuzz, OfIoctlsKeepsTheContract)
{
	using std::chrono::steady_clock;
	const auto begin = steady_clock::now();
	Random random(vm::option("vm_seed", 1));
	replay();
	search(vm::option("vm_fuzz", 200'000), random);
	const auto took = steady_clock::now() - begin;
	report(static_cast<std::uint64_t>(
		std::chrono::duration_cast<std::chrono::seconds>(took).count()));
	if (vm::option("vm_fuzz_keep", 0) != 0)
		show_corpus();
	expect_the_contract_was_kept();
	expect_only_accesses_of_attached_functions();
	expect_nothing_left();
}

} // namespace
