// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include "file.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/pcipeek.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "attachment.hpp"
#include "touch.hpp"

namespace storm {
namespace {

constexpr std::size_t page = 4096;

pcipeek_op op(const Target &target, std::uint8_t code, std::uint64_t offset)
{
	pcipeek_op op{};
	op.code = code;
	op.width = 4;
	op.bar = target.bar;
	op.offset = offset;
	return op;
}

pcipeek_op poll_for(const Target &target, std::uint32_t value, std::uint64_t timeout_ns)
{
	pcipeek_op poll = op(target, PCIPEEK_OP_POLL, target.constant);
	poll.mask = 0xffffffff;
	poll.value = value;
	poll.timeout_ns = timeout_ns;
	poll.interval_us = 50;
	return poll;
}

} // namespace

File::File(Answers &answers) : File(answers, ::open("/dev/pcipeek", O_RDWR | O_CLOEXEC))
{
	EXPECT_LE(0, fd_) << errno;
}

File::File(Answers &answers, int fd) : answers_(&answers), fd_(fd)
{
	pcipeek_device_info info{};
	info.size = sizeof(info);
	if (::ioctl(fd_, PCIPEEK_IOC_DEVICE_INFO, &info) != 0)
		return;
	target_ = target_at(info.bus, info.devfn);
	foreign_ = (info.state & PCIPEEK_STATE_GRANTED) == 0;
}

File::~File()
{
	if (fd_ >= 0)
		answers_->note(Call::close, ::close(fd_) < 0 ? errno : 0);
}

File::File(File &&other) noexcept
	: answers_(other.answers_),
	  fd_(std::exchange(other.fd_, -1)),
	  target_(other.target_),
	  foreign_(other.foreign_)
{
}

File &File::operator=(File &&other) noexcept
{
	std::swap(answers_, other.answers_);
	std::swap(fd_, other.fd_);
	std::swap(target_, other.target_);
	std::swap(foreign_, other.foreign_);
	return *this;
}

int File::ioctl(Call call, unsigned long request, void *argument) const
{
	return answers_->note(call, ::ioctl(fd_, request, argument) < 0 ? errno : 0);
}

int File::attach(const Target &target, std::uint64_t rights, std::uint32_t flags)
{
	const vm::Place place = vm::place_of(target.address);
	pcipeek_attach argument{};
	argument.size = sizeof(argument);
	argument.flags = flags;
	argument.bus = place.bus;
	argument.devfn = place.devfn;
	argument.rights = rights;
	const bool foreign = (flags & PCIPEEK_ATTACH_FOREIGN) != 0;
	const int error =
		ioctl(foreign ? Call::attach_foreign : Call::attach, PCIPEEK_IOC_ATTACH, &argument);
	if (error == 0) {
		target_ = &target;
		foreign_ = foreign;
	}
	return error;
}

int File::read()
{
	const Target &target = attached() ? *target_ : targets()[0];
	pcipeek_access access = vm::access_at(target.bar, target.constant, 4);
	const int error = ioctl(Call::read, PCIPEEK_IOC_READ, &access);
	if (error == 0)
		answers_->note_value(access.value, target.value);
	return error;
}

int File::write()
{
	const Target &target = attached() ? *target_ : targets()[0];
	pcipeek_access access = vm::access_at(target.bar, target.scratch, 4, 0x00070007);
	return ioctl(Call::write, PCIPEEK_IOC_WRITE, &access);
}

int File::block(std::uint64_t count, std::uint32_t flags)
{
	std::array<std::uint32_t, 256> buffer{};
	const Target &target = attached() ? *target_ : targets()[0];
	pcipeek_block block = vm::block_at(target.bar, target.constant, 4, count, buffer.data());
	block.flags = flags | PCIPEEK_BLOCK_FIXED;
	const int error = ioctl(Call::block, PCIPEEK_IOC_BLOCK, &block);
	for (std::uint64_t i = 0; i < block.done && error != ENOTCONN; i++)
		answers_->note_value(buffer[i], target.value);
	return error;
}

int File::batch(std::uint64_t timeout_ns, std::uint32_t flags, bool in_vain)
{
	const Target &target = attached() ? *target_ : targets()[0];
	std::array<pcipeek_op, 5> ops{
		op(target, PCIPEEK_OP_READ, target.constant),
		poll_for(target, target.value, timeout_ns),
		op(target, PCIPEEK_OP_RMW, target.scratch),
		op(target, PCIPEEK_OP_WRITE, target.scratch),
		poll_for(target, target.value ^ (in_vain ? 1 : 0), timeout_ns),
	};
	ops[2].mask = 0xffff;
	ops[2].value = 0x7;
	ops[3].value = 0x00070007;
	pcipeek_batch batch = vm::batch_of(ops, std::chrono::nanoseconds(timeout_ns));
	batch.flags = flags;
	const int error = ioctl(Call::batch, PCIPEEK_IOC_BATCH, &batch);
	if (error != ENOTCONN && batch.done > 0)
		answers_->note_value(ops[0].result, target.value);
	return error;
}

void File::look() const
{
	pcipeek_device_info device{};
	device.size = sizeof(device);
	ioctl(Call::device_info, PCIPEEK_IOC_DEVICE_INFO, &device);
	pcipeek_bar_info bar{};
	bar.size = sizeof(bar);
	bar.bar = attached() ? target_->bar : 0;
	ioctl(Call::bar_info, PCIPEEK_IOC_BAR_INFO, &bar);
}

int File::set_mode(std::uint8_t mode)
{
	pcipeek_bar_mode argument{};
	argument.size = sizeof(argument);
	argument.bar = attached() ? target_->bar : 0;
	argument.mode = mode;
	return ioctl(Call::bar_mode, PCIPEEK_IOC_BAR_MODE, &argument);
}

int File::restrict_to(std::uint64_t rights)
{
	pcipeek_restrict argument{};
	argument.size = sizeof(argument);
	argument.rights = rights | PCIPEEK_RIGHT_ALL_BARS;
	return ioctl(Call::restrict, PCIPEEK_IOC_RESTRICT, &argument);
}

int File::map(bool write)
{
	const std::uint64_t bar = attached() ? target_->bar : 0;
	void *at = ::mmap(nullptr, 2 * page, PROT_READ | (write ? PROT_WRITE : 0), MAP_SHARED, fd_,
			  static_cast<off_t>(bar << 40));
	const int error = answers_->note(Call::mmap, at == MAP_FAILED ? errno : 0);
	if (error != 0)
		return error;
	for (std::size_t i = 0; i < 2; i++)
		answers_->note(Call::touch,
			       vm::touch(static_cast<std::uint32_t *>(at) + i * page / 4));
	::munmap(at, 2 * page);
	return 0;
}

} // namespace storm
