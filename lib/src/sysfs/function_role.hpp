// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/address.hpp>

#include <cstdint>
#include <optional>
#include <string>

/** What a function is to others, as sysfs shows it now. */
namespace pcipeek::detail {

/** The header type of a function that does not answer: all ones. */
inline constexpr unsigned no_header = 0xff;

/** Byte 0x0e of its header; 0 if sysfs does not show it, or if the device sleeps. */
unsigned header_type_of(const Address &address);

/** Whether other devices are behind it: by its class code (24 bits) or its header. */
bool is_bridge(const Address &address, std::uint32_t class_code);

/** Whether it is a virtual function (SR-IOV), which exists because its physical one enables it. */
bool is_virtual_function(const Address &address);

/** How many virtual functions it has enabled; 0 also for functions without SR-IOV. */
int enabled_virtual_functions(const Address &address);

/**
 * Why the module refuses to bind it, whatever is tried: it is a bridge, an IOMMU, a
 * function whose virtual functions are enabled, or one without a BAR (unfit() in
 * kmod/driver.c). nullopt if nothing that sysfs shows speaks against it.
 */
std::optional<std::string> why_never_bound(const Address &address);

} // namespace pcipeek::detail
