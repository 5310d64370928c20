// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// growth_bench registers|files|threads MEMORY: how the cost grows with the number of
// those. MEMORY is the address of a granted function with 256 KiB of memory in BAR 2.
#include "attachment.hpp"
#include "stopwatch.hpp"

#include <sched.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace bench;

constexpr unsigned bar = 2;
constexpr unsigned few_rounds = 5;

void report_at(const std::string &name, unsigned count, double value)
{
	report(name + "." + std::to_string(count), value);
}

void read_singly(const Attachment &attachment, unsigned count)
{
	for (unsigned i = 0; i < count; ++i) {
		pcipeek_access access = access_at(bar, 4ULL * i, 4);
		keep(::ioctl(attachment.fd(), PCIPEEK_IOC_READ, &access));
	}
}

// As many batches as it takes.
void read_by_batches(const Attachment &attachment, std::vector<pcipeek_op> &ops, unsigned count)
{
	for (unsigned done = 0; done < count; done += PCIPEEK_BATCH_MAX_OPS) {
		pcipeek_batch batch = batch_of(ops);
		batch.count = std::min(count - done, PCIPEEK_BATCH_MAX_OPS);
		keep(::ioctl(attachment.fd(), PCIPEEK_IOC_BATCH, &batch));
	}
}

void read_block(const Attachment &attachment, std::vector<std::uint32_t> &buffer, unsigned count)
{
	pcipeek_block block = block_at(bar, 4, count, buffer.data());
	keep(::ioctl(attachment.fd(), PCIPEEK_IOC_BLOCK, &block));
}

void grow_registers(const std::string &address)
{
	const Attachment attachment(address);
	std::vector<pcipeek_op> ops = ops_of(PCIPEEK_OP_READ, bar, PCIPEEK_BATCH_MAX_OPS);
	std::vector<std::uint32_t> buffer(65536);
	for (unsigned count = 1; count <= 65536; count *= 4) {
		report_at("registers.read", count,
			  median_time([&] { read_singly(attachment, count); }, few_rounds));
		report_at("registers.batch", count,
			  median_time([&] { read_by_batches(attachment, ops, count); },
				      few_rounds));
		report_at("registers.block", count,
			  median_time([&] { read_block(attachment, buffer, count); }, few_rounds));
	}
}

void allow_many_files()
{
	const rlimit limit{16384, 16384};
	require(::setrlimit(RLIMIT_NOFILE, &limit) == 0, "many open files");
}

void grow_files(const std::string &address)
{
	const pcipeek_attach attach = attach_of(address);
	std::vector<int> files;
	pcipeek_access access = access_at(bar, 0, 4);
	allow_many_files();
	for (unsigned count = 1; count <= 10000; count *= 10) {
		while (files.size() < count)
			files.push_back(attached(attach));
		require(files.back() >= 0, "attach one more");
		report_at("files.read", count, per_operation([&] {
				  keep(::ioctl(files.back(), PCIPEEK_IOC_READ, &access));
			  }));
		report_at("files.attach_close", count,
			  per_operation([&] { ::close(attached(attach)); }));
	}
}

void pin_to(unsigned cpu)
{
	cpu_set_t set;
	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	require(::sched_setaffinity(0, sizeof(set), &set) == 0, "a processor a thread");
}

// Of one file: the worst case.
void grow_threads(const std::string &address)
{
	constexpr unsigned reads = 20000;
	const Attachment attachment(address);
	for (unsigned count = 1; count <= 4; ++count) {
		const auto all = [&] {
			std::vector<std::jthread> threads;
			for (unsigned cpu = 0; cpu < count; ++cpu)
				threads.emplace_back([&, cpu] {
					pin_to(cpu);
					for (unsigned i = 0; i < reads; ++i)
						read_singly(attachment, 1);
				});
		};
		report_at("threads.read", count, median_time(all, few_rounds) / (count * reads));
	}
}

} // namespace

int main(int argc, char **argv)
{
	const std::map<std::string, std::function<void(const std::string &)>> kinds = {
		{"registers", grow_registers}, {"files", grow_files}, {"threads", grow_threads}};
	require(argc == 3 && kinds.contains(argv[1]),
		"usage: growth_bench registers|files|threads MEMORY");
	kinds.at(argv[1])(argv[2]);
}
