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
 * A plain handle. All functions may be called from any thread.
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
	 * The kernel has one switch and one decoder for all readers of a ROM, and turns
	 * the decoder off after each read(2), under any other reader. Readers that use
	 * this library, in whatever programs, therefore take turns, by flock(2) on the
	 * file "rom"; a signal with a handler ends the wait. Other programs do not know
	 * of that. Each piece is therefore read until it is the same three times in a
	 * row; a ROM that does not come to rest is an error.
	 *
	 * The kernel ends at the last image that the headers in the ROM announce, and
	 * refuses a ROM that does not begin with a valid image: 55 aa, and a pointer to
	 * "PCIR" (PCI Local Bus Specification 3.0, section 6.3.1).
	 *
	 * @throws Error EACCES, Cause::needs_root; ENODEV, Cause::gone; EINTR,
	 * Cause::interrupted: a signal came while another program was reading.
	 * @throws Error EIO, with the cause: Cause::asleep, Cause::decode_off,
	 * Cause::offline; Cause::other: the kernel gave the ROM no address, there is no
	 * valid image in it, or another program disturbs.
	 */
	std::vector<std::byte> read() const;

private:
	Device device_;
	std::size_t size_ = 0;
};

} // namespace pcipeek
