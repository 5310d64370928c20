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
	/** For writing, too. */
	bool write = false;
	/**
	 * Look at a device that was not granted to pcipeek, beside its driver if it has
	 * one: needs CAP_SYS_RAWIO. An error on a granted device.
	 */
	bool foreign = false;
	/**
	 * Keep all other users of pcipeek off the device: granted devices only, and
	 * together with write.
	 */
	bool exclusive = false;
	/** For a Mapping, too: granted devices only. */
	bool map = false;
};

/** @brief What Device::restrict() leaves. */
struct Restriction {
	/** Writing stays. */
	bool write = false;
	/** Making mappings stays. */
	bool map = false;
	/** These BARs stay; none given: those that it has. */
	std::vector<unsigned> bars = {};
};

/**
 * @brief One PCI function, found by lspci().
 *
 * A handle with value semantics. Copies, and the Bars that came from it, share one
 * identity and one way to the device; the last of them to go closes it. A Device
 * is never empty; moving from one copies it. lspci() returns fresh ones each time.
 *
 * The identity (address, ids, BARs) was read from sysfs by lspci() and does not
 * change: nothing of it needs a right, or the module.
 *
 * **Opening.** The first access opens the device by itself: for reading at the
 * first read, and once more, for writing, at the first write, after a check that
 * the same device is still there. A device that was granted to pcipeek is used as
 * such. One that has no driver is attached as a foreign one, if the caller may (root); this changes
 * nothing of the device. One that has another driver is Cause::driver_bound.
 * Or else open() says how, before the first access; what it opened is never
 * widened afterwards.
 *
 * **Inherited.** If the environment variable PCIPEEK_FD is set, it must name (in
 * decimal) an open file of /dev/pcipeek that is attached to this very device, as
 * `pcipeek exec` hands it on. The device then uses a duplicate of it instead of opening
 * the node, with the rights that the file has and no others. If the variable names
 * anything else, opening fails and nothing is opened: EINVAL or EBADF, Cause::invalid,
 * for what is not such a file; EACCES, Cause::no_right, for a file of another device;
 * ENODEV, Cause::gone, for one whose device was removed or unbound. The variable is
 * ignored in programs that run with more privileges than their caller
 * (secure_getenv(3)), and for fake boards.
 *
 * This guards against accidents. It does not confine a program: one that unsets the
 * variable can open the node if its user may. See docs/security.md.
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
	 * promised of them, so clean them before you send them to a terminal. Looked up
	 * once, at the first call. The reference is valid as long as a handle on this
	 * device lives.
	 */
	const std::string &vendor_name() const;
	const std::string &device_name() const;
	const std::string &class_name() const;

	/**
	 * @brief The driver that has the device at this moment, by sysfs; nullopt when
	 * it has none. "pcipeek" means that the device is granted.
	 */
	std::optional<std::string> driver() const;

	/**
	 * @brief The interrupt line that the kernel gave the device, as sysfs tells it at
	 * this moment; nullopt without one. With MSI, the number of the first vector.
	 */
	std::optional<unsigned> irq() const;

	/** @brief The NUMA node that it is next to; nullopt where there is none to name. */
	std::optional<int> numa_node() const;

	/**
	 * @brief The CPUs that are next to it, as the kernel lists them: "0-3,8". Empty if
	 * sysfs does not tell.
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
	 * The index is the BAR number, and not a position in bars().
	 *
	 * @throws Error ENXIO, Cause::no_such_bar: there is no such BAR, it is the
	 * upper half of a 64-bit BAR, it was given no address, or the number is above
	 * 5. what() says which.
	 */
	Bar bar(unsigned index) const;

	/**
	 * @brief Opens the device, as the options say and no wider.
	 *
	 * A write to what was opened for reading fails (EACCES, Cause::no_right) and
	 * opens nothing.
	 *
	 * @throws Error Cause::already_open if it is open, by open() or by an access;
	 * no_module, no_node_access, wrong_module, not_granted, needs_rawio, lockdown,
	 * driver_bound, exclusive, gone, reset, invalid. It is then as it was before.
	 */
	void open(const OpenOptions &options = {}) const;

	/** @brief Whether it was opened, by open() or by an access. */
	bool is_open() const noexcept;

	/**
	 * @brief Asks the module. Opens the device for reading, if it is not open.
	 *
	 * Works after the attachment has ended, too, and tells why. Touches no BAR.
	 *
	 * @throws Error as open() does.
	 */
	DeviceState state() const;

	/**
	 * @brief The descriptor of the open file: to be polled, or to be handed to another
	 * process. Opens the device for reading, if it is not open.
	 *
	 * poll() answers POLLHUP once the attachment has ended, and POLLPRI when the device
	 * was reset; see <linux/pcipeek.h>. It is closed with the last handle on the device;
	 * dup() it to keep it. After an access by itself for reading and then one for
	 * writing there are two files, and this is the one for reading.
	 *
	 * @throws Error as open() does.
	 */
	int fd() const;

	/**
	 * @brief A Device of a descriptor that is attached already, and was inherited or
	 * received from another process.
	 *
	 * What it is (address, ids, BARs) is what the module says. Its rights are what the
	 * open file has, and are never widened. Needs no sysfs and no right to the node.
	 *
	 * The descriptor belongs to the Device from then on; when this throws, it still
	 * belongs to the caller.
	 *
	 * @throws Error EINVAL, Cause::invalid: it is no open file of /dev/pcipeek, or not
	 * attached; Cause::wrong_module.
	 */
	static Device adopt(int fd);

	/**
	 * @brief Gives rights up, for ever: those that are not named. For all handles on this
	 * device, and for everybody who has a duplicate of its descriptor.
	 *
	 *     device.open({.write = true});
	 *     device.restrict({.bars = {0}});     // read-only, BAR 0
	 *
	 * Opens the device first, if it is not open, with the rights that are to stay.
	 * Nothing is opened by itself afterwards.
	 *
	 * @throws Error EACCES, Cause::no_right: something that is to stay is not there;
	 * EBUSY, Cause::other: a mapping was made with what is to go; EINVAL,
	 * Cause::invalid: a BAR number above 5. Nothing is changed then.
	 */
	void restrict(const Restriction &restriction) const;

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
