// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// contract_bench MEMORY IO FAR: what the ioctls cost. All are addresses of granted functions,
// MEMORY with at least 8 KiB of memory in BAR 2, IO with an I/O BAR 0, FAR with memory in a
// 64-bit BAR 2 behind two bridges.
#include "attachment.hpp"
#include "stopwatch.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <vector>

namespace {

using namespace bench;

constexpr unsigned memory_bar = 2;
constexpr unsigned io_bar = 0;
constexpr unsigned batch_size = 256;
constexpr unsigned block_size = 1024;

template <class Argument>
double cost_of(const Attachment &attachment, unsigned long request, Argument argument,
	       unsigned times = operations)
{
	require(::ioctl(attachment.fd(), request, &argument) == 0,
		"ioctl " + std::to_string(request));
	return per_operation([&] { keep(::ioctl(attachment.fd(), request, &argument)); }, times);
}

// An instruction is counted as one; otherwise no figure here means anything.
void measure_the_measure()
{
	report("measure.100_instructions",
	       per_operation([] { asm volatile(".rept 100\n\tnop\n\t.endr"); }));
}

void measure_floor(const Attachment &attachment)
{
	const unsigned long unknown = _IO(PCIPEEK_IOC_MAGIC, 0xff);
	report("floor.getppid", per_operation([] { keep(::syscall(SYS_getppid)); }));
	require(::ioctl(attachment.fd(), unknown, nullptr) < 0 && errno == ENOTTY, "no such ioctl");
	report("floor.ioctl",
	       per_operation([&] { keep(::ioctl(attachment.fd(), unknown, nullptr)); }));
}

void measure_single(const std::string &kind, const Attachment &attachment, unsigned bar)
{
	report("read." + kind, cost_of(attachment, PCIPEEK_IOC_READ, access_at(bar, 0, 4)));
	report("write." + kind, cost_of(attachment, PCIPEEK_IOC_WRITE, access_at(bar, 0, 4, 1)));
}

// One that looks whether the function can still be reached, after a pause.
void measure_question(const std::string &name, const Attachment &attachment, unsigned pause)
{
	pcipeek_access access = access_at(memory_bar, 0, 4);
	std::vector<double> costs;
	for (unsigned i = 0; i < rounds; ++i) {
		::usleep(pause);
		costs.push_back(median_time(
			[&] { keep(::ioctl(attachment.fd(), PCIPEEK_IOC_READ, &access)); }, 1));
	}
	// They ask for different things, in turn: nearly the dearest counts, but not one that
	// an interrupt came into.
	std::sort(costs.begin(), costs.end());
	report(name, costs.at(costs.size() * 9 / 10) - median_time([] {}));
}

void measure_questions(const Attachment &memory, const Attachment &far)
{
	constexpr unsigned a_jiffy = 3000; // and what is left of one of 4 ms
	constexpr unsigned two_jiffies = 8000;
	constexpr unsigned many_jiffies = 100000;
	measure_question("read.first_of_a_jiffy", memory, two_jiffies);
	measure_question("read.first_of_a_jiffy.two_bridges", far, a_jiffy);
	measure_question("read.after_a_pause.two_bridges", far, many_jiffies);
}

void measure_batch(const std::string &name, const Attachment &attachment, unsigned code)
{
	std::vector<pcipeek_op> ops = ops_of(code, memory_bar, batch_size);
	report(name, cost_of(attachment, PCIPEEK_IOC_BATCH, batch_of(ops), 1) / batch_size);
}

void measure_block(const std::string &name, const Attachment &attachment, unsigned width,
		   unsigned flags)
{
	std::vector<std::uint64_t> buffer(block_size);
	const pcipeek_block block = block_at(memory_bar, width, block_size, buffer.data(), flags);
	report(name, cost_of(attachment, PCIPEEK_IOC_BLOCK, block, 1) / block_size);
}

void measure_attach(const std::string &address)
{
	const pcipeek_attach attach = attach_of(address);
	pcipeek_access access = access_at(memory_bar, 0, 4);
	report("attach_read_close", per_operation([&] {
		       const int fd = attached(attach);
		       keep(::ioctl(fd, PCIPEEK_IOC_READ, &access));
		       ::close(fd);
	       }));
}

} // namespace

int main(int argc, char **argv)
{
	require(argc == 4, "usage: contract_bench MEMORY IO FAR");
	const Attachment memory(argv[1]);
	const Attachment io(argv[2]);
	const Attachment far(argv[3]);

	measure_the_measure();
	measure_floor(memory);
	measure_single("memory", memory, memory_bar);
	measure_single("io", io, io_bar);
	measure_questions(memory, far);
	measure_batch("batch.read", memory, PCIPEEK_OP_READ);
	measure_batch("batch.write", memory, PCIPEEK_OP_WRITE);
	measure_batch("batch.rmw", memory, PCIPEEK_OP_RMW);
	measure_block("block.read.dword", memory, 4, 0);
	measure_block("block.read.qword", memory, 8, 0);
	measure_block("block.write.dword", memory, 4, PCIPEEK_BLOCK_WRITE);
	measure_block("block.write.qword", memory, 8, PCIPEEK_BLOCK_WRITE);
	measure_attach(argv[1]);
}
