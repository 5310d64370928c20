// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// Functions come and go, are granted, revoked, reset, put to sleep and switched off,
// while eight threads use them in every way. A storm is over after a number of cycles,
// and each cycle waits until the threads have done something in it.

#include <gtest/gtest.h>
#include <linux/pci_regs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <iostream>
#include <memory>

#include "attachment.hpp"
#include "bar_mover.hpp"
#include "crew.hpp"
#include "weather.hpp"

namespace {

using storm::Answers;
using storm::Call;
using storm::Crew;
using storm::Target;
using vm::Granted;
using vm::Attachment;

constexpr unsigned threads = 8;
constexpr std::uint64_t calls_each = 30;

std::uint16_t command_without_master(const std::string &address)
{
	return vm::command_of(address) & ~PCI_COMMAND_MASTER;
}

void set_first_word_of_ivshmem()
{
	const Target &target = storm::targets()[2];
	const Granted granted(target.address);
	const Attachment attachment(target.address);
	ASSERT_EQ(0, attachment.write(vm::access_at(target.bar, target.constant, 4, target.value)));
}

/* Data, or the mode that one of the crew has set. */
void expect_data(const Attachment &attachment, const Target &target)
{
	pcipeek_access access = vm::access_at(target.bar, target.constant, 4);
	const int error = attachment.read(access);
	EXPECT_TRUE(error == 0 || error == EOPNOTSUPP) << target.address << ": " << error;
	if (error == 0) {
		EXPECT_EQ(target.value, access.value) << target.address;
	}
}

void expect_end(const Attachment &attachment, const Target &target, unsigned reason)
{
	pcipeek_access access = vm::access_at(target.bar, target.constant, 4);
	EXPECT_EQ(ENODEV, attachment.read(access)) << target.address;
	EXPECT_EQ(reason, attachment.info().end_reason) << target.address;
}

void unload_and_load_the_module()
{
	EXPECT_EQ(0, ::syscall(SYS_delete_module, "pcipeek", O_NONBLOCK)) << errno;
	EXPECT_EQ(0, std::system("modprobe pcipeek"));
}

class Storm : public testing::Test {
protected:
	void SetUp() override
	{
		set_first_word_of_ivshmem();
		storm::remove_and_find_all();
		claims_ = storm::claims();
		for (const Target &target : storm::targets())
			commands_.push_back(command_without_master(target.address));
	}

	/* All that the crew left open is of functions that are gone. @also: an errno */
	void expect_all_ended(std::vector<storm::File> &files, int also = ENODEV)
	{
		unsigned ended = 0;
		storm::remove_and_find_all();
		for (storm::File &file : files) {
			const int error = file.read();
			if (error != also || !file.attached()) {
				EXPECT_EQ(file.attached() ? ENODEV : ENOTCONN, error);
			}
			ended += file.attached() ? 1 : 0;
		}
		EXPECT_LT(0U, ended) << "the storm left no attached file";
		std::cout << "files that were open at the end: " << files.size()
			  << ", attached: " << ended << '\n';
		files.clear();
	}

	void expect_all_as_before()
	{
		EXPECT_EQ(claims_, storm::claims());
		for (std::size_t i = 0; i < commands_.size(); i++)
			EXPECT_EQ(commands_[i],
				  command_without_master(storm::targets()[i].address));
		unload_and_load_the_module();
		for (const Target &target : storm::targets()) {
			const Granted granted(target.address);
			expect_data(Attachment(target.address), target);
		}
	}

	void expect_only_what_the_contract_says(int also = 0)
	{
		answers_.print(std::cout);
		for (const std::string &line : answers_.undocumented(also))
			ADD_FAILURE() << line;
		EXPECT_EQ(0U, answers_.lies()) << "reads that gave all ones as data";
		EXPECT_EQ(0U, answers_.wrong()) << "reads of a constant that gave another value";
		for (const Call call : {Call::read, Call::write, Call::block, Call::batch,
					Call::device_info, Call::restrict, Call::pass})
			EXPECT_LT(0U, answers_.count(call, 0)) << static_cast<int>(call);
		EXPECT_LT(0U, answers_.count(Call::batch, ETIMEDOUT));
	}

	/* In a storm that leaves functions granted for long enough. */
	void expect_mappings_to_have_worked()
	{
		EXPECT_LT(0U, answers_.count(Call::mmap, 0));
		EXPECT_LT(0U, answers_.count(Call::touch, 0));
	}

	Answers answers_;
	std::string claims_;
	std::vector<std::uint16_t> commands_;
};

/* Granted, used, reset where it can be, sometimes revoked, removed, found again. */
void come_and_go(const Answers &answers, const Target &target, unsigned cycle)
{
	auto granted = std::make_unique<Granted>(target.address);
	const Attachment witness(target.address);
	expect_data(witness, target);
	storm::let_work(answers, calls_each);
	if (target.can_reset && cycle % 3 == 0) {
		storm::reset(target);
		expect_data(witness, target);
	}
	if (cycle % 4 == 1) {
		granted.reset();
		expect_end(witness, target, PCIPEEK_END_UNBOUND);
		storm::let_work(answers, calls_each);
	}
	storm::remove(target);
	expect_end(witness, target, PCIPEEK_END_REMOVED);
	storm::rescan(target);
	storm::let_work(answers, calls_each);
}

TEST_F(Storm, OfRemovalsLeavesNothingBehind)
{
	Crew crew(answers_, threads);
	storm::blow(storm::cycles(), [this](const Target &target, unsigned cycle) {
		come_and_go(answers_, target, cycle);
	});
	std::cout << storm::cycles() << " cycles of each of " << storm::targets().size()
		  << " functions\n";
	expect_all_ended(crew.stop());
	expect_only_what_the_contract_says();
	expect_mappings_to_have_worked();
	EXPECT_EQ(0U, answers_.nothing()) << "reads of nobody's memory";
	EXPECT_LT(0U, answers_.count(Call::read, ENODEV));
	EXPECT_LT(0U, answers_.count(Call::touch, EFAULT));
	expect_all_as_before();
}

/*
 * What setpci does: decoding off and on, under open files. Ports that nobody decodes
 * answer all ones in this machine, and memory answers 0; the first read of a jiffy asks
 * the function, the others of that jiffy may still believe it.
 */
void switch_off_and_on(const Answers &answers, const Target &target, unsigned cycle)
{
	const Granted granted(target.address);
	const std::uint16_t before = vm::command_of(target.address);
	for (int i = 0; i < 3; i++) {
		storm::let_work(answers, calls_each);
		vm::set_command(target.address, before & ~(PCI_COMMAND_MEMORY | PCI_COMMAND_IO));
		storm::let_work(answers, calls_each);
		if (target.can_reset && cycle % 2 == 0)
			storm::reset(target);
		vm::set_command(target.address, before);
	}
}

TEST_F(Storm, OfSwitchingDecodingOffAndOnReadsNoOnes)
{
	Crew crew(answers_, threads);
	storm::blow(storm::cycles() / 2 + 1, [this](const Target &target, unsigned cycle) {
		switch_off_and_on(answers_, target, cycle);
	});
	expect_all_ended(crew.stop());
	expect_only_what_the_contract_says();
	expect_mappings_to_have_worked();
	EXPECT_LT(0U, answers_.count(Call::read, EIO));
	EXPECT_LT(0U, answers_.count(Call::read, ENODEV));
	expect_all_as_before();
}

/* What resizing does to a foreign BAR; one that is granted stays where it is. */
void move_while_foreign(const Answers &answers, const Target &target)
{
	if (!target.can_move)
		return;
	{
		const Granted granted(target.address);
		storm::let_work(answers, calls_each);
	}
	storm::let_work(answers, calls_each);
	storm::move_bar(target);
	storm::let_work(answers, calls_each);
}

/* Of an attachment that was opened when the BAR had no address: to it, there is none. */
TEST_F(Storm, OfMovingABarReadsNothingElse)
{
	constexpr int no_bar = ENXIO;
	const vm::BarMover mover;
	Crew crew(answers_, threads);
	storm::blow(storm::cycles(), [this](const Target &target, unsigned) {
		move_while_foreign(answers_, target);
	});
	expect_all_ended(crew.stop(), no_bar);
	expect_only_what_the_contract_says(no_bar);
	EXPECT_LT(0U, answers_.count(Call::read, ENODEV));
	for (const Target &target : storm::targets())
		for (int i = 0; target.can_move && claims_ != storm::claims() && i < 3; i++)
			storm::move_bar(target);
	expect_all_as_before();
}

} // namespace
