// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/address.hpp>
#include <pcipeek/enumerate.hpp>
#include <pcipeek/export.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace pcipeek {

/** @brief What happened to a device. */
enum class Action : std::uint8_t {
	added, /**< It is there; lspci() finds it. */
	removed, /**< It is gone. */
	bound, /**< A driver took it. "pcipeek": it was granted. */
	unbound, /**< Its driver let it go. */
	changed, /**< Something else; the kernel does not tell what. */
};

/** @brief One event, with the ids that the kernel sent along. */
struct Event {
	Action action = Action::changed;
	Address address = {};
	std::uint16_t vendor_id = 0;
	std::uint16_t device_id = 0;
	std::uint16_t subsystem_vendor_id = 0;
	std::uint16_t subsystem_id = 0;
	/** 24 bits, as Device::class_code(). */
	std::uint32_t class_code = 0;
	/** The driver that has the device at the event; always set with Action::bound. */
	std::optional<std::string> driver = {};
};

/** @brief Who tells a Monitor. */
enum class EventSource : std::uint8_t {
	/**
	 * udev, when it is done with the device: the rules have run, and what they do
	 * is done as well (driverctl's rules grant devices). The right choice wherever
	 * udev runs. It tells late: the first events may be of things that happened
	 * before the monitor was made.
	 */
	udev,
	/**
	 * The kernel, at once. For systems and containers without udev: events of udev
	 * never come there. A device that was just added may have no addresses yet.
	 */
	kernel,
};

/**
 * @brief Tells when devices come and go, and when drivers take and leave them.
 *
 *     pcipeek::Monitor monitor{{.vendor = 0x1147}};
 *     for (const auto &device : pcipeek::lspci({.vendor = 0x1147}))
 *             ...
 *     while (auto event = monitor.receive(60s))
 *             ...
 *
 * Listens from its construction on. To miss nothing, make it before the list is made;
 * an event may then be about a device that the list has already. Needs no right.
 *
 * That a device that is in use has ended is told sooner by its accesses (Cause::gone),
 * and by poll(2) on it.
 *
 * Move-only. To be used by one thread at a time.
 */
class PCIPEEK_API Monitor {
public:
	/** @brief No end of time. */
	static constexpr std::chrono::milliseconds forever = std::chrono::milliseconds::max();

	/** @throws Error if there is no way to listen. */
	explicit Monitor(const Filter &filter = {}, EventSource source = EventSource::udev);
	Monitor(Monitor &&) noexcept;
	Monitor &operator=(Monitor &&) noexcept;
	~Monitor();

	/**
	 * @brief A descriptor for poll(2), epoll(7) or an event loop. Readable when
	 * there may be an event: call receive(0ms) then, until it returns nullopt. It
	 * belongs to the monitor; it is not to be read or closed.
	 */
	int fd() const noexcept;

	/**
	 * @brief The next event that matches the filter; waits for it.
	 * @param timeout How long at most; 0: not at all.
	 * @return nullopt if there was none in that time.
	 * @throws Error EINTR, Cause::interrupted: a signal came; ENOBUFS, Cause::other:
	 * events came faster than they were received, and some are lost. Both can be
	 * called again; after ENOBUFS, list the devices anew.
	 */
	std::optional<Event> receive(std::chrono::milliseconds timeout = forever);

private:
	struct Listener;
	std::unique_ptr<Listener> listener_;
};

} // namespace pcipeek
