// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/config_header.hpp>
#include <pcipeek/config_register.hpp>
#include <pcipeek/device.hpp>
#include <pcipeek/export.hpp>
#include <pcipeek/masked.hpp>
#include <pcipeek/width.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

/**
 * @file
 * @brief The configuration space of a device, through sysfs.
 *
 * The module has no part in this: the kernel serves configuration space as the file
 * "config" of each device, under its own rules (Documentation/ABI/testing/
 * sysfs-bus-pci of the kernel). They are:
 * - Everybody reads the first 64 bytes. The rest needs CAP_SYS_ADMIN.
 * - Writing needs root, and a kernel that is not locked down.
 * - A device that sleeps is woken for the access.
 *
 * The layout is that of the PCI Local Bus Specification 3.0, chapter 6, and of the PCI
 * Express Base Specification 6.0, section 7.5; extended capabilities: section 7.6.
 */
namespace pcipeek {

/** @brief The widths that an access to configuration space can have: 8, 16 and 32 bits. */
template <class T>
concept ConfigValue = RegisterValue<T> && !std::same_as<T, std::uint64_t>;

/** @brief One entry of a device's list of capabilities, or of extended ones. */
struct Capability {
	/** 8 bits (1 is power management), of extended ones 16 (1 is error reporting). */
	std::uint16_t id = 0;
	/** Extended capabilities: 1 to 15. The others have none here, and say 0. */
	std::uint8_t version = 0;
	/** Where its header is: 0x40 to 0xfc, of extended ones 0x100 to 0xffc. */
	std::uint16_t offset = 0;
	bool extended = false;

	bool operator==(const Capability &) const = default;
};

/**
 * @brief Reads and writes the configuration space of one device.
 *
 *     pcipeek::Config config{boards.at(0)};
 *     auto command = config.read<std::uint16_t>(0x04);
 *     auto msi = config.find(0x05);
 *     config.update(0x04, {.value = 0x2, .mask = 0x2}, pcipeek::Width::w16);
 *
 * Each access of 8, 16 or 32 bits is one access of that width in configuration space.
 * Offsets are in bytes, naturally aligned. Values are numbers in the CPU's byte order.
 *
 * A handle with value semantics; copies share the open file, and the last closes it.
 * The file is opened for reading at once, and once more for writing at the first
 * write. It is that of one device: after a removal it stays gone, whoever comes.
 *
 * Reading: a value of all ones is returned only by a device that answers. When one was
 * read, the header type, which is never 0xff, is read after it. A device that is away
 * for that one read, and back for the question, goes undetected.
 *
 * Writing: the kernel does not report whether a write arrived. The header type is read
 * after each write, and a device that does not answer then is Error EIO: the write may
 * be lost. A write that resets the function (Initiate FLR, for example) ends in that
 * error too if the function is not back at once. Success means that the device answered
 * right after the write, not that the register took the value; read it back for that.
 *
 * All functions may be called from any thread. One access is indivisible; two are not.
 *
 * All functions throw
 * - Error ERANGE, Cause::out_of_range: not inside size() bytes. (Not a BadAccessError,
 *   which is about a BAR.)
 * - Error EINVAL, Cause::misaligned: the offset is no multiple of the width.
 * - Error EOPNOTSUPP, Cause::unsupported: Width::w64; there is no such access.
 * - Error EACCES, Cause::needs_root: the caller may read 64 bytes only, or not write.
 * - Error EPERM, Cause::lockdown: a write, in a kernel that is locked down.
 * - Error EIO, Cause::offline: the device does not answer.
 * - Error ENODEV, Cause::gone.
 */
class PCIPEEK_API Config {
public:
	/** @brief Opens the device's configuration space for reading. Accesses nothing. */
	explicit Config(const Device &device);

	/** @brief One read. T says the width: config.read<std::uint16_t>(0x04). */
	template <ConfigValue T>
	T read(std::uint64_t offset) const
	{
		return static_cast<T>(read_value(offset, width_of<T>));
	}

	/** @brief One write. The type of the value says the width. */
	template <ConfigValue T>
	void write(std::uint64_t offset, T value) const
	{
		write_value(offset, width_of<T>, value);
	}

	/** @brief One read of a width that is known at run time; zero-extended. */
	std::uint64_t read_value(std::uint64_t offset, Width width) const;

	/**
	 * @brief One write of a width that is known at run time.
	 * @throws Error EINVAL, Cause::invalid: the value does not fit the width.
	 */
	void write_value(std::uint64_t offset, Width width, std::uint64_t value) const;

	/**
	 * @brief Reads bytes, in ascending 32-bit accesses; the ends, if they are not
	 * aligned, in narrower ones.
	 *
	 * For a picture of the whole. Reading registers that nobody documented has upset
	 * some devices.
	 *
	 * Nothing torn is returned. An access that does not give all ones was answered.
	 * Runs of those that do are read again, three times, with the header type after
	 * each; unless they stay as they are, and the device answers each time, that is
	 * Error EIO.
	 */
	std::vector<std::byte> read_bytes(std::uint64_t offset, std::size_t size) const;

	/**
	 * @brief One read and one write: changes the bits of the mask.
	 *
	 * **Not atomic.** The kernel has no such operation for configuration space: what
	 * a driver, the kernel or another program writes in between is undone. A bit that
	 * is cleared by writing 1 to it (those of STATUS) is cleared if it was read as 1;
	 * choose a width that leaves such registers out.
	 *
	 * @return What was read.
	 * @throws Error EINVAL, Cause::invalid: the value does not fit the width.
	 */
	std::uint64_t update(std::uint64_t offset, const Masked &masked, Width width) const;

	/**
	 * @brief How many bytes the caller may read: 64, or all: 256, or 4096 of a device
	 * with PCI Express (128 instead of 64: CardBus bridges).
	 *
	 * Found out at the first call, by a read of the header type and of the first byte
	 * behind those that everybody may read.
	 */
	std::size_t size() const;

	/**
	 * @brief How many bytes there are: 256 or 4096. The kernel hides those beyond
	 * size() from the caller. Accesses nothing.
	 */
	std::size_t total_size() const noexcept;

	/** @brief The header that every device has, decoded: read_bytes() of 64 bytes. */
	ConfigHeader header() const;

	/**
	 * @brief All capabilities, in the order of the device's lists, the extended ones
	 * after the others. Empty if it has none.
	 *
	 * The lists are walked by one read for each entry. They are linked by offsets,
	 * and a board in the making may link anything.
	 *
	 * @throws Error EIO, Cause::other: an entry comes twice, or a pointer leads into
	 * the header. what() shows the way there.
	 */
	std::vector<Capability> capabilities() const;

	/**
	 * @brief Looks for a capability; walks no further than it must.
	 * @param id Its number: 0x05 is MSI.
	 * @param nth Which of several with this id, from 0.
	 * @return nullopt if the device has none.
	 * @throws Error as capabilities(), if the list breaks off before.
	 */
	std::optional<Capability> find(std::uint8_t id, std::size_t nth = 0) const;

	/** @brief The same of extended capabilities: 0x0001 is error reporting (AER). */
	std::optional<Capability> find_extended(std::uint16_t id, std::size_t nth = 0) const;

	/**
	 * @brief Where a register is in this device: see find_config_register().
	 *
	 * Reads the header type, or walks the list of capabilities.
	 *
	 * @throws Error ENOENT, Cause::absent: the device does not have the capability,
	 * or its header is of a type without the register. Error as capabilities().
	 */
	std::uint64_t locate(const ConfigRegister &reg, std::size_t nth = 0) const;

	/** @cond For the library itself. */
	class File;
	/** @endcond */

private:
	std::shared_ptr<const File> file_;
};

} // namespace pcipeek
