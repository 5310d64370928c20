// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "access/channel.hpp"
#include "device/identity.hpp"
#include "errors/attempt.hpp"

#include <linux/pcipeek.h>
#include <pcipeek/device.hpp>

#include <memory>

namespace pcipeek::detail {

/**
 * Makes a channel that is attached to the device: opens the device's own node, or the
 * common one and attaches; makes sure that the module is ours (VERSION), and that the
 * device is the one that sysfs showed (DEVICE_INFO). It has the rights of the options and
 * no others, whichever node it was. Throws the attempt's Error.
 */

/** Just as the options say. */
std::unique_ptr<Channel> attach_as_told(const ChannelFactory &factory, const Identity &identity,
					const OpenOptions &options, const Attempt &attempt);

/**
 * For writing and mapping as the options say; as a granted device, or else, where the device
 * has no driver and the caller may, as a foreign one, which cannot be mapped. Never beside
 * a driver.
 */
std::unique_ptr<Channel> attach_by_itself(const ChannelFactory &factory, const Identity &identity,
					  const OpenOptions &options, const Attempt &attempt);

/** VERSION: 0 if the module is the one that the library knows, or an errno. */
int check_version(Channel &channel) noexcept;

/** Whether an attachment is on a device of the same ids. */
bool is_same(const pcipeek_device_info &info, const Identity &identity) noexcept;

} // namespace pcipeek::detail
