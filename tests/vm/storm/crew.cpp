// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include "crew.hpp"

#include <gtest/gtest.h>
#include <linux/pcipeek.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "pass_fd.hpp"

namespace storm {
namespace {

constexpr std::size_t files_each = 4;
constexpr std::uint64_t rights = PCIPEEK_RIGHT_ALL_BARS | PCIPEEK_RIGHT_WRITE;
constexpr std::uint64_t map_rights = rights | PCIPEEK_RIGHT_MMAP;

/* Exclusively, with a mapping that combines writes where that can be. */
void hold(File &file, const Target &target)
{
	if (file.attach(target, map_rights, PCIPEEK_ATTACH_EXCLUSIVE) != 0)
		return;
	file.set_mode(PCIPEEK_BAR_MODE_WC);
	file.map(true);
}

} // namespace

Crew::Crew(Answers &answers, unsigned threads) : answers_(answers), members_(threads)
{
	for (unsigned i = 0; i < threads; i++) {
		std::array<int, 2> pair{};
		EXPECT_EQ(0, ::socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, pair.data()));
		members_[i].mailbox = pair[0];
		members_[(i + 1) % threads].neighbour = pair[1];
		members_[i].chance.seed(i + 1);
	}
	for (Member &member : members_)
		member.thread = std::thread([this, &member] { run(member); });
}

Crew::~Crew()
{
	stop();
}

std::vector<File> &Crew::stop()
{
	over_ = true;
	/* all before the first mailbox goes, into which others may still pass a file */
	for (Member &member : members_)
		member.thread.join();
	for (Member &member : members_) {
		receive(member);
		for (File &file : member.files)
			left_.push_back(std::move(file));
		::close(member.mailbox);
		::close(member.neighbour);
	}
	members_.clear();
	return left_;
}

/* They wait for the weather, not the weather for them: it needs the processor more. */
void Crew::run(Member &member)
{
	::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), 15);
	while (!over_)
		step(member);
}

void Crew::step(Member &member)
{
	receive(member);
	if (member.files.size() < files_each)
		open(member);
	if (member.files.empty())
		return;
	const std::size_t chosen = member.chance() % member.files.size();
	act(member, member.files[chosen]);
	if (member.chance() % 8 == 0) {
		std::swap(member.files[chosen], member.files.back());
		member.files.pop_back();
	}
}

void Crew::open(Member &member)
{
	File file(answers_);
	const Target &target = targets()[member.chance() % targets().size()];
	const auto dice = member.chance() % 16;
	if (dice < 4)
		hold(file, target);
	else if (file.attach(target, map_rights, dice < 7 ? PCIPEEK_ATTACH_BUS_MASTER : 0) == EPERM)
		file.attach(target, rights, PCIPEEK_ATTACH_FOREIGN);
	if (dice == 4)
		file.attach(target, rights, 0);
	/* few of those that came at the wrong moment: ENOTCONN is no great news */
	if (file.attached() || member.chance() % 8 == 0)
		member.files.push_back(std::move(file));
}

void Crew::act(Member &member, File &file)
{
	switch (member.chance() % 12) {
	case 0:
		file.write();
		break;
	case 1:
		file.block(1 + member.chance() % 255, 0);
		break;
	case 2:
		file.batch(0, 0, false);
		break;
	case 3:
		file.batch(300000, 0, member.chance() % 2 == 0);
		break;
	case 4:
		file.batch(300000, PCIPEEK_BATCH_HOLD, member.chance() % 2 == 0);
		break;
	case 5:
		file.look();
		break;
	case 6:
		file.map(member.chance() % 2 == 0);
		break;
	case 7:
		file.set_mode(member.chance() % 2 == 0 ? PCIPEEK_BAR_MODE_WC
						       : PCIPEEK_BAR_MODE_UNCACHED);
		break;
	case 8:
		file.restrict_to(member.chance() % 4 == 0 ? 0 : map_rights);
		break;
	case 9:
		pass(member);
		break;
	default:
		file.read();
		break;
	}
}

void Crew::pass(Member &member)
{
	const File &file = member.files[member.chance() % member.files.size()];
	answers_.note(Call::pass, vm::send_fd(member.neighbour, file.fd()));
}

/* What was passed takes part from now on, in this thread, too. */
void Crew::receive(Member &member)
{
	for (int fd = 0; (fd = vm::receive_fd(member.mailbox)) >= 0;) {
		File file(answers_, fd);
		if (member.files.size() < 2 * files_each)
			member.files.push_back(std::move(file));
	}
}

} // namespace storm
