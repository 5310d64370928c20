/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_STORM_CREW_HPP
#define PCIPEEK_TESTS_VM_STORM_CREW_HPP

#include <atomic>
#include <deque>
#include <random>
#include <thread>
#include <vector>

#include "answers.hpp"
#include "file.hpp"

namespace storm {

/*
 * Threads that use the targets in all ways, each with a few files, until they are
 * told to stop. They pass files to each other over sockets, so that some are used by
 * several threads at once.
 */
class Crew {
public:
	Crew(Answers &answers, unsigned threads);
	~Crew();
	Crew(const Crew &) = delete;
	Crew &operator=(const Crew &) = delete;

	/* Ends the threads; what they had open stays open, here. */
	std::vector<File> &stop();

private:
	struct Member {
		std::mt19937 chance;
		int mailbox = -1; /* where others' files arrive */
		int neighbour = -1; /* the other end of somebody's mailbox */
		std::vector<File> files;
		std::thread thread;
	};

	void run(Member &member);
	void step(Member &member);
	void act(Member &member, File &file);
	void open(Member &member);
	void pass(Member &member);
	void receive(Member &member);

	Answers &answers_;
	std::deque<Member> members_;
	std::vector<File> left_;
	std::atomic<bool> over_ = false;
};

} // namespace storm

#endif
