// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// Nobody takes more than is his: what files hold is charged to who opened them, and who
// waits in the kernel can be killed there.

#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "attachment.hpp"
#include "machine.hpp"
#include "trace.hpp"

namespace {

using namespace std::chrono_literals;
using vm::batch_of;
using vm::Granted;
using vm::Attachment;

using vm::edu;
constexpr std::uint64_t alive = 4;
constexpr unsigned files = 1000;

/* A group of processes of which the kernel says how much memory is charged to it. */
class Group {
public:
	Group()
	{
		::mkdir(root_.c_str(), 0755);
		mounted_ = ::mount("none", root_.c_str(), "cgroup2", 0, nullptr) == 0;
		std::ofstream(root_ + "/cgroup.subtree_control") << "+memory" << std::flush;
		::mkdir(own_.c_str(), 0755);
	}
	~Group()
	{
		::rmdir(own_.c_str());
		if (mounted_)
			::umount(root_.c_str());
	}
	Group(const Group &) = delete;
	Group &operator=(const Group &) = delete;

	bool accounts() const
	{
		return ::access((own_ + "/memory.stat").c_str(), R_OK) == 0;
	}
	void join() const
	{
		std::ofstream(own_ + "/cgroup.procs") << ::getpid() << std::flush;
	}
	/* what the kernel itself allocated for it */
	std::uint64_t kernel_bytes() const
	{
		std::ifstream stat(own_ + "/memory.stat");
		std::string name;
		std::uint64_t bytes = 0, all = 0;
		while (stat >> name >> bytes)
			if (name == "kernel")
				all += bytes;
		return all;
	}

private:
	const std::string root_ = "/run/cgroup";
	const std::string own_ = root_ + "/pcipeek";
	bool mounted_ = false;
};

/* Each file keeps the memory of its last batch; charges come in portions. */
int use_files(const Group &group)
{
	group.join();
	std::vector<pcipeek_op> ops = vm::reads(256);
	const rlimit limit{2 * files, 2 * files};
	::setrlimit(RLIMIT_NOFILE, &limit);
	const std::uint64_t before = group.kernel_bytes();
	std::vector<std::unique_ptr<Attachment>> attachments;
	for (unsigned i = 0; i < files; i++) {
		attachments.push_back(std::make_unique<Attachment>(edu));
		pcipeek_batch batch = batch_of(ops);
		if (attachments.back()->ioctl(PCIPEEK_IOC_BATCH, &batch) != 0)
			return 2;
	}
	const std::uint64_t with = group.kernel_bytes();
	attachments.clear();
	std::cout << files << " files: " << (with - before) / 1024 << " KiB are charged\n";
	return with - before < files * ops.size() * sizeof(pcipeek_op);
}

TEST(AThousandFiles, AreChargedToWhoOpenedThem)
{
	const Group group;
	if (!group.accounts())
		GTEST_SKIP() << "this kernel keeps no account of memory (CONFIG_MEMCG)";
	const Granted granted(edu);
	const pid_t child = ::fork();
	if (child == 0) {
		const int result = use_files(group);
		std::cout << std::flush;
		::_exit(result);
	}
	int status = 0;
	ASSERT_EQ(child, ::waitpid(child, &status, 0));
	EXPECT_EQ(0, WEXITSTATUS(status)) << "1: less is charged than is held";
}

/* Keeps the function, and waits for what does not come. */
void poll_in_vain()
{
	const Attachment attachment(edu);
	std::vector<pcipeek_op> ops(2);
	ops[0].code = PCIPEEK_OP_WRITE;
	ops[1].code = PCIPEEK_OP_POLL;
	ops[1].mask = ops[1].value = 1;
	ops[1].timeout_ns = PCIPEEK_BATCH_MAX_TIMEOUT_NS;
	for (pcipeek_op &op : ops) {
		op.width = 4;
		op.offset = alive;
	}
	ops[0].value = 0xffffffff; /* edu answers with its complement */
	pcipeek_batch batch = batch_of(ops, 10s);
	batch.flags = PCIPEEK_BATCH_HOLD;
	attachment.ioctl(PCIPEEK_IOC_BATCH, &batch);
}

void wait_for_its_accesses(const vm::Mark &mark)
{
	while (vm::accesses_since(mark, edu).size() < 3)
		std::this_thread::sleep_for(5ms);
}

TEST(WhoPollsForLong, CanBeKilledAndHoldsTheFunctionNoLonger)
{
	const Granted granted(edu);
	const Attachment attachment(edu);
	const vm::Mark mark = vm::mark_trace();
	const pid_t child = ::fork();
	if (child == 0) {
		poll_in_vain();
		::_exit(0);
	}
	wait_for_its_accesses(mark);
	const auto start = std::chrono::steady_clock::now();
	ASSERT_EQ(0, ::kill(child, SIGKILL));
	int status = 0;
	ASSERT_EQ(child, ::waitpid(child, &status, 0));
	EXPECT_TRUE(WIFSIGNALED(status)) << "it ended by itself: nothing was proved";
	EXPECT_LT(std::chrono::steady_clock::now() - start, 1s);

	std::vector<pcipeek_op> ops(1);
	ops[0].code = PCIPEEK_OP_RMW;
	ops[0].width = 4;
	ops[0].offset = alive;
	pcipeek_batch batch = batch_of(ops);
	EXPECT_EQ(0, attachment.ioctl(PCIPEEK_IOC_BATCH, &batch)) << "it is nobody else's turn";
}

} // namespace
