/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_BUS_ERROR_HPP
#define PCIPEEK_TESTS_VM_BUS_ERROR_HPP

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "attachment.hpp"

namespace vm {

/* What aer_inject takes; drivers/pci/pcie/aer_inject.c has it. */
struct Injection {
	std::uint8_t bus = 0, device = 0, function = 0;
	std::uint32_t uncorrectable = 0, correctable = 0;
	std::uint32_t header_log[4]{};
	std::uint32_t domain = 0;
};

inline void load_aer_inject()
{
	ASSERT_EQ(0, std::system("modprobe aer_inject && udevadm settle"));
}

/* The kernel finds this error (PCI_ERR_UNC_*) in the function's AER. Returns the errno. */
inline int inject(const std::string &address, std::uint32_t uncorrectable)
{
	const Place place = place_of(address);
	Injection injection;
	injection.bus = place.bus;
	injection.device = place.devfn >> 3;
	injection.function = place.devfn & 7;
	injection.uncorrectable = uncorrectable;
	const int fd = ::open("/dev/aer_inject", O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return errno;
	const ssize_t written = ::write(fd, &injection, sizeof(injection));
	const int error = written < 0 ? errno : 0;
	::close(fd);
	return error;
}

} // namespace vm

#endif
