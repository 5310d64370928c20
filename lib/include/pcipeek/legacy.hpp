// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/config.hpp>
#include <pcipeek/device.hpp>
#include <pcipeek/export.hpp>
#include <pcipeek/width.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

/**
 * @file
 * @brief Legacy I/O ports and memory (VGA, ISA) of a PCI bus, through sysfs.
 *
 * Some platforms, PowerPC and Alpha among them, have one ISA address space for each
 * PCI host bridge, and the kernel serves them as the files legacy_io and legacy_mem of
 * the bus (/sys/class/pci_bus/DDDD:BB; Documentation/PCI/sysfs-pci.rst of the kernel).
 * On x86 and most Arm machines there are no such files: a LegacyIo or LegacyMemory
 * there is an Error ENOENT, Cause::unsupported.
 *
 * Nothing here is confined to the device. The ports and addresses belong to whatever
 * answers to them on its bus, and a wrong one hits somebody else. For root only.
 */
namespace pcipeek {

/**
 * @brief The 64 KiB of I/O ports of a device's bus.
 *
 * A handle with value semantics; copies share the open file. All functions may be
 * called from any thread. Each access is one access of its width.
 */
class PCIPEEK_API LegacyIo {
public:
	/**
	 * @throws Error ENOENT, Cause::unsupported: this platform has none; EACCES,
	 * Cause::needs_root; EPERM, Cause::lockdown.
	 */
	explicit LegacyIo(const Device &device);

	/** @brief One read of 8, 16 or 32 bits: io.read<std::uint8_t>(0x3c0). */
	template <ConfigValue T>
	T read(std::uint16_t port) const
	{
		return static_cast<T>(read_value(port, width_of<T>));
	}

	/** @brief One write of 8, 16 or 32 bits. The type of the value says the width. */
	template <ConfigValue T>
	void write(std::uint16_t port, T value) const
	{
		write_value(port, width_of<T>, value);
	}

	/**
	 * @brief One read of a width that is known at run time; zero-extended.
	 * @throws Error EINVAL, Cause::misaligned; EOPNOTSUPP, Cause::unsupported: 64 bits.
	 */
	std::uint64_t read_value(std::uint16_t port, Width width) const;

	/** @brief One write of a width that is known at run time. The value must fit it. */
	void write_value(std::uint16_t port, Width width, std::uint64_t value) const;

	/** @cond For the library itself. */
	class File;
	/** @endcond */

private:
	std::shared_ptr<const File> file_;
};

/**
 * @brief The first MiB of a device's bus, or a part of it, mapped.
 *
 * Move-only; unmaps when it goes. The CPU decides about the width of accesses through
 * bytes(). The memory may be used from any thread.
 */
class PCIPEEK_API LegacyMemory {
public:
	/**
	 * @param device Whose bus.
	 * @param offset In bytes from the bottom of the bus; a multiple of the page size.
	 * VGA's memory is at 0xa0000.
	 * @param length In bytes.
	 * @param write Whether to map it for writing, too.
	 * @throws Error ENOENT, Cause::unsupported: this platform has none; EACCES,
	 * Cause::needs_root; EINVAL, Cause::misaligned, Cause::invalid; EPERM,
	 * Cause::lockdown.
	 */
	LegacyMemory(const Device &device, std::uint64_t offset, std::size_t length,
		     bool write = false);
	LegacyMemory(LegacyMemory &&other) noexcept;
	LegacyMemory &operator=(LegacyMemory &&other) noexcept;
	~LegacyMemory();

	/** @brief The mapped bytes. Writing to them without having asked for it is SIGSEGV. */
	std::span<volatile std::byte> bytes() const noexcept
	{
		return {static_cast<volatile std::byte *>(memory_), length_};
	}

private:
	void *memory_ = nullptr;
	std::size_t length_ = 0;
};

} // namespace pcipeek
