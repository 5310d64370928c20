// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "attachment.hpp"

#include "stopwatch.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>

namespace bench {

pcipeek_attach attach_of(const std::string &address)
{
	unsigned domain = 0, bus = 0, device = 0, function = 0;
	require(std::sscanf(address.c_str(), "%x:%x:%x.%x", &domain, &bus, &device, &function) == 4,
		"an address: " + address);
	pcipeek_attach attach{};
	attach.size = sizeof(attach);
	attach.domain = domain;
	attach.bus = static_cast<__u8>(bus);
	attach.devfn = static_cast<__u8>(device << 3 | function);
	attach.rights = PCIPEEK_RIGHT_ALL_BARS | PCIPEEK_RIGHT_WRITE | PCIPEEK_RIGHT_MMAP;
	return attach;
}

int attached(pcipeek_attach attach)
{
	const int fd = ::open("/dev/pcipeek", O_RDWR | O_CLOEXEC);
	if (fd >= 0 && ::ioctl(fd, PCIPEEK_IOC_ATTACH, &attach) == 0)
		return fd;
	::close(fd);
	return -1;
}

Attachment::Attachment(const std::string &address) : fd_(attached(attach_of(address)))
{
	require(fd_ >= 0, "attach to " + address);
}

Attachment::~Attachment()
{
	::close(fd_);
}

pcipeek_access access_at(unsigned bar, std::uint64_t offset, unsigned width, std::uint64_t value)
{
	pcipeek_access access{};
	access.bar = static_cast<__u8>(bar);
	access.offset = offset;
	access.width = static_cast<__u8>(width);
	access.value = value;
	return access;
}

pcipeek_block block_at(unsigned bar, unsigned width, std::uint64_t count, void *buffer,
		       unsigned flags)
{
	pcipeek_block block{};
	block.size = sizeof(block);
	block.flags = flags;
	block.bar = static_cast<__u8>(bar);
	block.width = static_cast<__u8>(width);
	block.count = count;
	block.buffer = reinterpret_cast<std::uintptr_t>(buffer);
	return block;
}

std::vector<pcipeek_op> ops_of(unsigned code, unsigned bar, unsigned count)
{
	std::vector<pcipeek_op> ops(count);
	for (unsigned i = 0; i < count; ++i) {
		ops[i].code = static_cast<__u8>(code);
		ops[i].width = 4;
		ops[i].bar = static_cast<__u8>(bar);
		ops[i].offset = 4U * i;
		if (code == PCIPEEK_OP_RMW)
			ops[i].mask = 1;
	}
	return ops;
}

pcipeek_batch batch_of(std::vector<pcipeek_op> &ops)
{
	pcipeek_batch batch{};
	batch.size = sizeof(batch);
	batch.ops = reinterpret_cast<std::uintptr_t>(ops.data());
	batch.count = static_cast<__u32>(ops.size());
	batch.op_size = sizeof(pcipeek_op);
	batch.timeout_ns = 1000000000;
	return batch;
}

} // namespace bench
