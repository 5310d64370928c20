// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include "attachment.hpp"

#include <grp.h>
#include <gtest/gtest.h>
#include <linux/pci_regs.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

namespace vm {
namespace {

constexpr unsigned ordinary_user = 65534;

std::string pci_file(const std::string &file)
{
	return "/sys/bus/pci/" + file;
}

int open_or_throw(const std::string &path, int mode)
{
	const int fd = ::open(path.c_str(), mode | O_CLOEXEC);
	if (fd < 0)
		throw std::system_error(errno, std::generic_category(), path);
	return fd;
}

} // namespace

Place place_of(const std::string &address)
{
	unsigned domain = 0, bus = 0, device = 0, function = 0;
	EXPECT_EQ(4,
		  std::sscanf(address.c_str(), "%x:%x:%x.%x", &domain, &bus, &device, &function));
	return {domain, static_cast<std::uint8_t>(bus),
		static_cast<std::uint8_t>(device << 3 | function)};
}

Attachment::Attachment(int mode) : fd_(open_or_throw("/dev/pcipeek", mode))
{
}

Attachment::Attachment(const std::string &address, std::uint64_t rights, std::uint32_t flags,
		       int mode)
	: Attachment(mode)
{
	EXPECT_EQ(0, attach(address, rights, flags)) << address;
}

Attachment::~Attachment()
{
	::close(fd_);
}

int Attachment::ioctl(unsigned long request, void *argument) const
{
	return ::ioctl(fd_, request, argument) < 0 ? errno : 0;
}

int Attachment::attach(const std::string &address, std::uint64_t rights, std::uint32_t flags) const
{
	const Place place = place_of(address);
	pcipeek_attach attach{};
	attach.size = sizeof(attach);
	attach.flags = flags;
	attach.domain = place.domain;
	attach.bus = place.bus;
	attach.devfn = place.devfn;
	attach.rights = rights;
	return ioctl(PCIPEEK_IOC_ATTACH, &attach);
}

int Attachment::read(pcipeek_access &access) const
{
	return ioctl(PCIPEEK_IOC_READ, &access);
}

int Attachment::write(const pcipeek_access &access) const
{
	pcipeek_access copy = access;
	return ioctl(PCIPEEK_IOC_WRITE, &copy);
}

int Attachment::block(pcipeek_block &block) const
{
	return ioctl(PCIPEEK_IOC_BLOCK, &block);
}

pcipeek_device_info Attachment::info() const
{
	pcipeek_device_info info{};
	info.size = sizeof(info);
	EXPECT_EQ(0, ioctl(PCIPEEK_IOC_DEVICE_INFO, &info));
	return info;
}

pcipeek_access access_at(std::uint8_t bar, std::uint64_t offset, std::uint8_t width,
			 std::uint64_t value)
{
	pcipeek_access access{};
	access.bar = bar;
	access.offset = offset;
	access.width = width;
	access.value = value;
	return access;
}

pcipeek_block block_at(std::uint8_t bar, std::uint64_t offset, std::uint8_t width,
		       std::uint64_t count, void *buffer)
{
	pcipeek_block block{};
	block.size = sizeof(block);
	block.bar = bar;
	block.offset = offset;
	block.width = width;
	block.count = count;
	block.buffer = reinterpret_cast<std::uintptr_t>(buffer);
	return block;
}

pcipeek_batch batch_of(std::span<pcipeek_op> ops, std::chrono::nanoseconds timeout)
{
	pcipeek_batch batch{};
	batch.size = sizeof(batch);
	batch.ops = reinterpret_cast<std::uintptr_t>(ops.data());
	batch.count = static_cast<std::uint32_t>(ops.size());
	batch.op_size = sizeof(pcipeek_op);
	batch.timeout_ns = static_cast<std::uint64_t>(timeout.count());
	return batch;
}

std::vector<pcipeek_op> reads(std::size_t count)
{
	std::vector<pcipeek_op> ops(count);
	for (pcipeek_op &op : ops) {
		op.code = PCIPEEK_OP_READ;
		op.width = 4;
	}
	return ops;
}

std::string text_of(const std::string &file)
{
	std::ifstream in(file);
	return {std::istreambuf_iterator<char>(in), {}};
}

int write_file(const std::string &file, const std::string &text)
{
	const int fd = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return errno;
	const ssize_t written = ::write(fd, text.data(), text.size());
	const int error = written < 0 ? errno : 0;
	::close(fd);
	return error;
}

int write_pci(const std::string &file, const std::string &text)
{
	return write_file(pci_file(file), text);
}

std::string link_name(const std::string &file)
{
	std::error_code none;
	return std::filesystem::read_symlink(pci_file(file), none).filename();
}

std::vector<std::uint8_t> config_of(const std::string &address, std::uint8_t offset,
				    std::size_t count)
{
	std::vector<std::uint8_t> bytes(count);
	const int fd = open_or_throw(pci_file("devices/" + address + "/config"), O_RDONLY);
	EXPECT_EQ(static_cast<ssize_t>(count), ::pread(fd, bytes.data(), count, offset));
	::close(fd);
	return bytes;
}

void set_config(const std::string &address, std::uint8_t offset,
		const std::vector<std::uint8_t> &bytes)
{
	const int fd = open_or_throw(pci_file("devices/" + address + "/config"), O_WRONLY);
	EXPECT_EQ(static_cast<ssize_t>(bytes.size()),
		  ::pwrite(fd, bytes.data(), bytes.size(), offset));
	::close(fd);
}

std::uint16_t config_word_of(const std::string &address, std::uint8_t offset)
{
	const std::vector<std::uint8_t> bytes = config_of(address, offset, 2);
	return static_cast<std::uint16_t>(bytes[0] | bytes[1] << 8);
}

void set_config_word(const std::string &address, std::uint8_t offset, std::uint16_t word)
{
	set_config(address, offset,
		   {static_cast<std::uint8_t>(word), static_cast<std::uint8_t>(word >> 8)});
}

std::uint16_t command_of(const std::string &address)
{
	return config_word_of(address, PCI_COMMAND);
}

void set_command(const std::string &address, std::uint16_t command)
{
	set_config_word(address, PCI_COMMAND, command);
}

std::uint8_t capability_of(const std::string &address, std::uint8_t id)
{
	std::uint8_t at = config_of(address, PCI_CAPABILITY_LIST, 1)[0];
	while (at != 0 && config_of(address, at, 1)[0] != id)
		at = config_of(address, at + PCI_CAP_LIST_NEXT, 1)[0];
	EXPECT_NE(0, at) << address << " has no capability " << +id;
	return at;
}

std::uint8_t power_capability_of(const std::string &address)
{
	return capability_of(address, PCI_CAP_ID_PM);
}

Granted::Granted(std::string address) : address_(std::move(address))
{
	const std::string override_file = "devices/" + address_ + "/driver_override";
	EXPECT_EQ(0, write_pci(override_file, "pcipeek"));
	EXPECT_EQ(0, write_pci("drivers/pcipeek/bind", address_));
	EXPECT_EQ(0, write_pci(override_file, "\n"));
}

Granted::~Granted()
{
	if (link_name("devices/" + address_ + "/driver") == "pcipeek")
		write_pci("drivers/pcipeek/unbind", address_);
}

int as_user(const std::function<int()> &task)
{
	const pid_t child = ::fork();
	if (child == 0) {
		if (::setgroups(0, nullptr) || ::setgid(ordinary_user) || ::setuid(ordinary_user))
			::_exit(255);
		::_exit(task());
	}
	int status = 0;
	EXPECT_EQ(child, ::waitpid(child, &status, 0));
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

} // namespace vm
