/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_WINDOW_HPP
#define PCIPEEK_TESTS_VM_WINDOW_HPP

#include <fcntl.h>
#include <linux/pcipeek.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

/*
 * The contract, bare: every function here is one ioctl and returns its errno, 0 when
 * it succeeded. Nothing of libpcipeek is used.
 */
namespace vm {

/* Everything that a granted function's file can ask for. */
constexpr std::uint64_t all_rights = PCIPEEK_RIGHT_ALL_BARS | PCIPEEK_RIGHT_WRITE;

struct Place {
	std::uint32_t domain = 0;
	std::uint8_t bus = 0;
	std::uint8_t devfn = 0;
};

/* "0000:00:03.0" */
Place place_of(const std::string &address);

/* An open file of /dev/pcipeek. */
class Attachment {
public:
	/* Throws std::system_error when the node cannot be opened. */
	explicit Attachment(int mode = O_RDWR);
	/* Opened and attached; a failure is a failed test. */
	explicit Attachment(const std::string &address, std::uint64_t rights = all_rights,
			    std::uint32_t flags = 0, int mode = O_RDWR);
	~Attachment();
	Attachment(const Attachment &) = delete;
	Attachment &operator=(const Attachment &) = delete;

	int fd() const
	{
		return fd_;
	}
	int ioctl(unsigned long request, void *argument) const;

	int attach(const std::string &address, std::uint64_t rights = all_rights,
		   std::uint32_t flags = 0) const;
	int read(pcipeek_access &access) const;
	int write(const pcipeek_access &access) const;
	int block(pcipeek_block &block) const;
	/* A failure is a failed test. */
	pcipeek_device_info info() const;

private:
	int fd_;
};

/* An argument of READ or WRITE. */
pcipeek_access access_at(std::uint8_t bar, std::uint64_t offset, std::uint8_t width,
			 std::uint64_t value = 0);
/* An argument of BLOCK. */
pcipeek_block block_at(std::uint8_t bar, std::uint64_t offset, std::uint8_t width,
		       std::uint64_t count, void *buffer);
/* An argument of BATCH, without flags. */
pcipeek_batch batch_of(std::span<pcipeek_op> ops, std::chrono::nanoseconds timeout = {});

/* Operations that read the first four bytes of BAR 0, each of them. */
std::vector<pcipeek_op> reads(std::size_t count);

/* All that is in a file; nothing if it cannot be read. */
std::string text_of(const std::string &file);
/* Write to a file that is there; returns the errno. */
int write_file(const std::string &file, const std::string &text);
/* The same below /sys/bus/pci. */
int write_pci(const std::string &file, const std::string &text);
/* What a symbolic link below /sys/bus/pci ends with; empty without one. */
std::string link_name(const std::string &file);
/* The command word in configuration space. */
std::uint16_t command_of(const std::string &address);
void set_command(const std::string &address, std::uint16_t command);
/* Bytes of configuration space. */
std::vector<std::uint8_t> config_of(const std::string &address, std::uint8_t offset,
				    std::size_t count);
void set_config(const std::string &address, std::uint8_t offset,
		const std::vector<std::uint8_t> &bytes);
/* A register of two bytes there. */
std::uint16_t config_word_of(const std::string &address, std::uint8_t offset);
void set_config_word(const std::string &address, std::uint8_t offset, std::uint16_t word);
/* Where that capability is (PCI_CAP_ID_*); 0 without one, which is a failed test. */
std::uint8_t capability_of(const std::string &address, std::uint8_t id);
/* Power management's. */
std::uint8_t power_capability_of(const std::string &address);

/* Bound to pcipeek for as long as this lives. */
class Granted {
public:
	explicit Granted(std::string address);
	~Granted();
	Granted(const Granted &) = delete;
	Granted &operator=(const Granted &) = delete;

private:
	std::string address_;
};

/* Run in a process of an ordinary user; returns what @task returned (below 256). */
int as_user(const std::function<int()> &task);

} // namespace vm

#endif
