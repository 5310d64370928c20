// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "access/channel.hpp"
#include "device/identity.hpp"
#include "errors/attempt.hpp"

#include <pcipeek/device.hpp>

namespace pcipeek::detail {

/**
 * From an errno to its cause, and to words that tell what to do. The table of errno
 * values is in <linux/pcipeek.h>; where one has several causes, the module and sysfs
 * are asked which it is.
 */

/** Of ATTACH with these options. */
Diagnosis diagnose_attach(int code, const Address &address, const OpenOptions &options);

/** Of what concerns no BAR, with an attached channel. */
Diagnosis diagnose_device(int code, Channel &channel);

/** Of READ, WRITE, BLOCK and the operations of a BATCH, with an attached channel. */
Diagnosis diagnose_access(int code, Channel &channel, const Bar &bar, Width width);

/** It reads as all ones, everywhere. */
Diagnosis diagnose_silence();

/** An attachment that has ended, or a device that is no longer the same. */
Diagnosis diagnose_end(EndReason reason);

/** The BAR or the CPU has no accesses of that width. */
Diagnosis diagnose_width(const Bar &bar, Width width);

/** Another driver has the device. */
Diagnosis diagnose_driver_bound(const Address &address);

/** The errno's own words. */
Diagnosis diagnose_other(int code);

} // namespace pcipeek::detail
