// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/device.hpp>
#include <pcipeek/export.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pcipeek {

/**
 * @brief The expansion ROM of a device (its option ROM), through sysfs.
 *
 *     std::vector<std::byte> image = pcipeek::Rom{boards.at(0)}.read();
 *
 * The kernel serves it as the file "rom" of each device that has one; see
 * Documentation/ABI/testing/sysfs-bus-pci of the kernel. For root only. Some devices
 * share the decoder between the ROM and their BARs (PCI Local Bus Specification 3.0,
 * section 6.2.5.2): read the ROM of a device that nobody uses at the time.
 *
 * A plain handle. All functions may be called from any thread; but two readers of the
 * same ROM, in whatever programs, may end each other's reading early, since the kernel
 * has one switch for all.
 */
class PCIPEEK_API Rom {
public:
	/** @throws Error ENOENT, Cause::absent: the device has no ROM; ENODEV, Cause::gone. */
	explicit Rom(const Device &device);

	/** @brief The bytes that the ROM takes in the address space; its contents may be less. */
	std::size_t size() const noexcept
	{
		return size_;
	}

	/**
	 * @brief Reads the images in it, which are at most size() bytes.
	 *
	 * Switches reading on, reads, and switches it off again on every path. Signals
	 * of this thread that would end the program (SIGHUP, SIGINT, SIGQUIT, SIGTERM)
	 * wait until it is off.
	 *
	 * The kernel ends at the last image that the headers in the ROM announce. A ROM
	 * without a header (55 aa) is returned as a whole.
	 *
	 * @throws Error EACCES, Cause::needs_root; ENODEV, Cause::gone; EIO, Cause::other:
	 * the kernel gave the ROM no address, or cannot read it.
	 */
	std::vector<std::byte> read() const;

private:
	Device device_;
	std::size_t size_ = 0;
};

} // namespace pcipeek
