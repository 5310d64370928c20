// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <cstdint>
#include <optional>

namespace pcipeek {

/** @brief Why an attachment to a device ended. */
enum class EndReason : std::uint8_t {
	none, /**< It has not. */
	removed, /**< The device was removed. */
	unbound, /**< Granted: it was revoked. Foreign: its driver left. */
	driver_bound, /**< Foreign: a driver took the device. */
	moved, /**< Foreign: a BAR got another address. */
};

/** @brief What accesses through an attachment come to: one of these at a time. */
enum class Life : std::uint8_t {
	/**
	 * None of the others, or the module could not be asked: as a rule the kernel did not
	 * recover the device from an error on the bus, and it has to be bound again.
	 */
	stopped,
	live, /**< Accesses are possible, as far as the module can tell. */
	resetting, /**< Accesses fail with Cause::reset until it is over. */
	ended, /**< Every access fails with Cause::gone from now on; see end_reason. */
};

/**
 * @brief What the module knows of a device and of the open file, at one moment.
 *
 * The answer of Device::state(). It is old as soon as it is there; decide nothing
 * by it that an access could decide. See struct pcipeek_device_info in
 * <linux/pcipeek.h>.
 */
struct DeviceState {
	/** Attached as a granted device; otherwise as a foreign one. */
	bool granted = false;
	Life life = Life::stopped;
	/** Foreign, and opened beside a driver. */
	bool beside_driver = false;
	/** This file holds the device exclusively. */
	bool exclusive = false;
	/** The device decodes its memory BARs. */
	bool memory_decode = false;
	/** The device decodes its I/O BARs. */
	bool io_decode = false;
	/** The device may do DMA. */
	bool bus_master = false;
	/** Some open file asked for that; see OpenOptions::bus_master. */
	bool bus_master_requested = false;
	/** This file is one that asked. */
	bool bus_master_held = false;
	/**
	 * It does not answer configuration reads, its link is down, or the kernel could not
	 * recover it from an error on the bus.
	 */
	bool offline = false;
	/** Its interrupt pin cannot be masked; see BindOptions::unmaskable_interrupt. */
	bool unmaskable_interrupt = false;
	EndReason end_reason = EndReason::none;
	/** The D-state, 0 to 3; nullopt while it is not known. */
	std::optional<unsigned> power_state = {};
	/** Starts at 1; counts resets, system sleeps and errors on the bus. */
	std::uint64_t generation = 0;
	/** PCIPEEK_RIGHT_* bits of <linux/pcipeek.h> that the open file holds. */
	std::uint64_t rights = 0;
};

} // namespace pcipeek
