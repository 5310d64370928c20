// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/address.hpp>
#include <pcipeek/bar.hpp>
#include <pcipeek/export.hpp>
#include <pcipeek/state.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pcipeek {

/** @brief How Device::open() opens a device. */
struct OpenOptions {
	/** Also for writing. */
	bool write = false;
	/**
	 * Use a device that was not granted to pcipeek, beside its driver if it has
	 * one. Needs CAP_SYS_RAWIO. An error on a granted device.
	 */
	bool foreign = false;
	/**
	 * Keep all other users of pcipeek off the device. Granted devices only, and
	 * only together with write.
	 */
	bool exclusive = false;
	/** Also for a Mapping. Granted devices only. */
	bool map = false;
	/**
	 * Keep bus mastering on while the device is open, so that it can do DMA: also after a
	 * reset, and until the last one that asked for it has closed. Granted devices only,
	 * only together with write, and needs CAP_SYS_RAWIO: the device can then read and
	 * write all memory that no IOMMU keeps it from. Whoever is handed the open device
	 * needs no capability. state() tells whether it is on.
	 */
	bool bus_master = false;
};

/** @brief What Device::drop_rights() leaves. */
struct Restriction {
	/** Writing stays. */
	bool write = false;
	/** Making mappings stays. */
	bool map = false;
	/** These BARs stay; if empty, all BARs that it has. */
	std::vector<unsigned> bars = {};
};

/**
 * @brief One PCI function, found by lspci().
 *
 * A handle with value semantics. Copies, and the Bars that came from it, share one
 * identity and one open device, which is closed with the last of them. A Device
 * is never empty; moving from one copies it. lspci() returns fresh ones each time.
 *
 * The identity (address, ids, BARs) was read from sysfs by lspci() and does not
 * change. It needs neither privileges nor the module.
 *
 * **Opening.** The first access opens the device: for reading at the
 * first read, and again, for writing, at the first write, after a check that
 * the same device is still there. A device that was granted to pcipeek is used as
 * such. One that has no driver is attached as a foreign one, if the caller is allowed
 * to (root); this changes nothing about the device. One that has another driver fails
 * with Cause::driver_bound. To open it in a particular way, call open() before the
 * first access; its rights are never widened afterwards.
 *
 * **Nodes.** A granted device has a node of its own, /dev/pcipeek-DDDD-BB-DD.F. It is the
 * one that is opened. /dev/pcipeek is opened instead where that is missing or the user may
 * not open it, and for foreign devices. The rights are the same by either.
 *
 * **Inherited.** If the environment variable PCIPEEK_FD is set, it must name (in
 * decimal) an open file of /dev/pcipeek that is attached to this very device, or of the
 * device's own node, as `pcipeek exec` passes it. The device then uses a duplicate of it
 * instead of opening a node, with the rights that the file has and no others. If the variable names
 * anything else, opening fails and nothing is opened: EINVAL or EBADF, Cause::invalid,
 * for what is not such a file; EACCES, Cause::no_right, for a file of another device;
 * ENODEV, Cause::gone, for one whose device was removed or unbound. The variable is
 * ignored in programs that run with more privileges than their caller
 * (secure_getenv(3)), and for fake boards.
 *
 * This guards against accidents. It does not confine a program: one that unsets the
 * variable can open a node if its user may. See docs/security.md.
 *
 * All functions may be called from any thread.
 */
class PCIPEEK_API Device {
public:
	Device(const Device &) = default;
	Device &operator=(const Device &) = default;

	const Address &address() const noexcept;
	std::uint16_t vendor_id() const noexcept;
	std::uint16_t device_id() const noexcept;

	/** @brief 0 where the device has none (bridges, old devices). */
	std::uint16_t subsystem_vendor_id() const noexcept;
	std::uint16_t subsystem_id() const noexcept;

	/** @brief 24 bits: base class << 16 | sub-class << 8 | programming interface. */
	std::uint32_t class_code() const noexcept;
	std::uint8_t revision_id() const noexcept;

	/**
	 * @brief The names of the vendor, the device and its class.
	 *
	 * From udev's hardware database; each name that it does not know, from the lists
	 * of ids that distributions install (pci.ids, also compressed, if zlib is there).
	 * Empty if none of them knows the number. At most 256 bytes; nothing else is
	 * promised about them, so sanitize them before printing them to a terminal. Looked
	 * up once, at the first call. The reference is valid as long as a handle on this
	 * device exists.
	 */
	const std::string &vendor_name() const;
	const std::string &device_name() const;
	const std::string &class_name() const;

	/**
	 * @brief The driver that has the device now, according to sysfs; nullopt if
	 * it has none. "pcipeek" means that the device is granted.
	 */
	std::optional<std::string> driver() const;

	/**
	 * @brief The interrupt line that the kernel assigned to the device, as sysfs reports
	 * it now; nullopt without one. With MSI, the number of the first vector.
	 */
	std::optional<unsigned> irq() const;

	/** @brief The NUMA node next to it; nullopt if there is none. */
	std::optional<int> numa_node() const;

	/**
	 * @brief The CPUs next to it, as the kernel lists them: "0-3,8". Empty if
	 * sysfs does not say.
	 */
	std::string local_cpus() const;

	/** @brief The BARs that can be used, by ascending index. May be empty. */
	std::vector<Bar> bars() const;

	/**
	 * @brief The BARs that the device has and that have no address, by ascending index.
	 *
	 * From sysfs's file "resource", and from the BAR registers in the header, since the
	 * kernel (drivers/pci/setup-bus.c) forgets a BAR that it could not place. The header
	 * is not read from a device that is suspended, which reading it would wake.
	 */
	std::vector<UnassignedBar> unassigned_bars() const;

	/**
	 * @brief The BAR of that number, 0 to 5.
	 *
	 * The index is the BAR number, not a position in bars().
	 *
	 * @throws Error ENXIO, Cause::no_such_bar: there is no such BAR, it is the
	 * upper half of a 64-bit BAR, it has no address, or the number is above
	 * 5. what() says which.
	 */
	Bar bar(unsigned index) const;

	/**
	 * @brief Opens the device with exactly these options.
	 *
	 * If it was opened for reading, a write fails (EACCES, Cause::no_right) and
	 * opens nothing.
	 *
	 * @throws Error Cause::already_open if it is open, by open() or by an access;
	 * no_module, no_node_access, wrong_module, not_granted, needs_rawio, lockdown,
	 * driver_bound, exclusive, gone, reset, invalid. The device is then unchanged.
	 */
	void open(const OpenOptions &options = {}) const;

	/** @brief Whether it was opened, by open() or by an access. */
	bool is_open() const noexcept;

	/**
	 * @brief Asks the module. Opens the device for reading if it is not open.
	 *
	 * Also works after the attachment has ended, and then says why. Touches no BAR.
	 *
	 * @throws Error as open() does.
	 */
	DeviceState state() const;

	/**
	 * @brief The descriptor of the open file, for poll() or for passing to another
	 * process. Opens the device for reading if it is not open.
	 *
	 * poll() returns POLLHUP once the attachment has ended, and POLLPRI when the device
	 * was reset; see <linux/pcipeek.h>. It is closed with the last handle on the device;
	 * dup() it to keep it. If a read and later a write opened the device, there are two
	 * files, and this is the one for reading.
	 *
	 * @throws Error as open() does.
	 */
	int fd() const;

	/**
	 * @brief A Device for a descriptor that is already attached, and was inherited or
	 * received from another process.
	 *
	 * Its identity (address, ids, BARs) comes from the module. Its rights are those of
	 * the open file, and are never widened. Needs neither sysfs nor access to the node.
	 *
	 * The Device then owns the descriptor; if this throws, it still
	 * belongs to the caller.
	 *
	 * @throws Error EINVAL, Cause::invalid: it is not an open file of /dev/pcipeek, or not
	 * attached; Cause::wrong_module.
	 */
	static Device adopt(int fd);

	/**
	 * @brief Permanently drops all rights that are not named, for all handles on this
	 * device and for every duplicate of its descriptor.
	 *
	 *     device.open({.write = true});
	 *     device.drop_rights({.bars = {0}});     // read-only, BAR 0
	 *
	 * If the device is not open, opens it first, with the rights to keep.
	 * Later accesses open nothing.
	 *
	 * @throws Error EACCES, Cause::no_right: a right to keep is not held;
	 * EBUSY, Cause::other: a mapping was made with a right to drop; EINVAL,
	 * Cause::invalid: a BAR number above 5. Nothing is changed then.
	 */
	void drop_rights(const Restriction &restriction) const;

	/** @cond For the library itself. */
	detail::Attachment &attachment() const noexcept
	{
		return *attachment_;
	}
	explicit Device(std::shared_ptr<detail::Attachment> attachment) noexcept;
	/** @endcond */

private:
	std::shared_ptr<detail::Attachment> attachment_;
};

} // namespace pcipeek
