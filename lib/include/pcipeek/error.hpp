// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/address.hpp>
#include <pcipeek/export.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <system_error>

namespace pcipeek {

/**
 * @brief Why something failed.
 *
 * An errno alone is not enough to act on: EPERM may be a device that was not
 * granted, a kernel that is locked down, or a missing capability. The library asks
 * the module and sysfs, and says which.
 */
enum class Cause : std::uint8_t {
	other, /**< None of those below; the errno tells. */

	not_granted, /**< EPERM: not bound to pcipeek, and the caller may not use it as a foreign device. */
	needs_rawio, /**< EPERM: a foreign device or bus mastering, without CAP_SYS_RAWIO. */
	needs_root, /**< EACCES, EPERM: bind() and unbind() write root's files. */
	lockdown, /**< EPERM: the kernel is locked down (Secure Boot); it can only be read. */
	no_right, /**< EACCES: opened without the right, for reading only for example. */
	no_node_access, /**< EACCES, EPERM: the user may open no node of the device. */

	no_module, /**< ENOENT, ENXIO, ENODEV: pcipeek.ko is not loaded. */
	wrong_module, /**< ENOTTY, EPROTO: a node is not of this library's module. */
	no_node, /**< ENOENT, ENXIO, ENODEV: pcipeek.ko is loaded; its nodes are not there. */
	no_sysfs, /**< ENOENT: /sys is not mounted, or shows no PCI devices at all. */

	/** EBUSY: another driver has the device; of an access: it maps the BAR in parts. */
	driver_bound,
	exclusive, /**< EUSERS: another file holds it exclusively, or is in the way. */
	already_open, /**< EISCONN: open() of a device that is open. */

	gone, /**< ENODEV: no such device, removed, revoked, or replaced. */
	/** EAGAIN: being reset, or reset in the middle, or the kernel places its BARs. Try again. */
	reset,
	decode_off, /**< EIO: it does not decode the BAR's address space. */
	address_lost, /**< EIO: its BAR register no longer holds what the kernel assigned. */
	path_closed, /**< EIO: a bridge above it does not forward the access. */
	asleep, /**< EIO: it is in power state D1, D2, D3hot or D3cold. */
	offline, /**< EIO: it does not answer, or its link is down. */

	absent, /**< ENOENT: the device does not have it: a ROM, a capability. */
	no_such_bar, /**< ENXIO: the device has no such BAR. */
	out_of_range, /**< ERANGE: not inside the BAR. Of BARs a BadAccessError. */
	misaligned, /**< EINVAL: the offset is no multiple of the width. */
	unsupported, /**< EOPNOTSUPP: the BAR, CPU or device cannot do this. */
	invalid, /**< EINVAL: malformed otherwise. */

	timed_out, /**< ETIMEDOUT. */
	interrupted, /**< EINTR: a signal. */
};

/**
 * @brief What every function of this library throws when it fails, apart from
 * std::bad_alloc, and std::out_of_range of Id.
 *
 * code() is the kernel's errno in std::generic_category(), so that a comparison
 * with std::errc works. what() is one line of plain text for people: what was
 * tried, on which device and BAR, why it failed, and what to do. Its wording may
 * change; programs look at cause() and code().
 *
 * Errors can be copied without failing. An error may be used from any thread.
 */
class PCIPEEK_API Error : public std::system_error {
public:
	/** @brief What an Error is made of. */
	struct Details {
		int code = 0; /**< errno, positive. */
		Cause cause = Cause::other;
		std::string text; /**< The whole line that what() returns. */
		std::optional<Address> address = {};
		std::optional<unsigned> bar = {};
		std::optional<std::uint64_t> offset = {};
	};

	explicit Error(Details details);
	Error(const Error &) noexcept;
	Error &operator=(const Error &) noexcept;
	~Error() override;

	/** @brief The line for people. Valid as long as this error or a copy lives. */
	const char *what() const noexcept override;

	Cause cause() const noexcept;

	/** @brief The device that it is about, if it is about one. */
	std::optional<Address> address() const noexcept;

	/** @brief The BAR number, 0 to 5 (what the caller asked for, if there is none). */
	std::optional<unsigned> bar() const noexcept;

	/**
	 * @brief The byte offset in the BAR of the access that failed.
	 *
	 * Of byte strings and blocks: of the first element that was not transferred.
	 * All before it were, each once.
	 */
	std::optional<std::uint64_t> offset() const noexcept;

private:
	std::shared_ptr<const Details> details_;
};

/**
 * @brief An access that is not inside its BAR. Nothing was accessed.
 *
 * what() is exactly the text of the Python module pypci, with the first and the
 * last address of the BAR and of the access, in that order:
 *
 *     PCI addr space is 0x90503000-0x9050301f while tried to access 0x9050301d-0x90503020.
 *
 * code() is ERANGE, cause() is Cause::out_of_range. Misalignment is an Error, not
 * a BadAccessError.
 */
class PCIPEEK_API BadAccessError : public Error {
public:
	using Error::Error;
	BadAccessError(const BadAccessError &) noexcept;
	BadAccessError &operator=(const BadAccessError &) noexcept;
	~BadAccessError() override;
};

} // namespace pcipeek
