/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_BENCH_WINDOW_HPP
#define PCIPEEK_TESTS_BENCH_WINDOW_HPP

#include <linux/pcipeek.h>

#include <cstdint>
#include <string>
#include <vector>

/* The contract, bare. */
namespace bench {

/* An open file of /dev/pcipeek, attached to a granted function: "0000:00:05.0". */
class Attachment {
public:
	explicit Attachment(const std::string &address);
	~Attachment();
	Attachment(const Attachment &) = delete;
	Attachment &operator=(const Attachment &) = delete;

	int fd() const
	{
		return fd_;
	}

private:
	int fd_;
};

/* The argument of ATTACH, with all rights. */
pcipeek_attach attach_of(const std::string &address);
/* An open file of /dev/pcipeek that is attached, or -1. */
int attached(pcipeek_attach attach);

pcipeek_access access_at(unsigned bar, std::uint64_t offset, unsigned width,
			 std::uint64_t value = 0);
pcipeek_block block_at(unsigned bar, unsigned width, std::uint64_t count, void *buffer,
		       unsigned flags = 0);
/* The same operation on successive registers of 4 bytes. */
std::vector<pcipeek_op> ops_of(unsigned code, unsigned bar, unsigned count);
pcipeek_batch batch_of(std::vector<pcipeek_op> &ops);

} // namespace bench

#endif
