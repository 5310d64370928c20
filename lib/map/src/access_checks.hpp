// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/device.hpp>
#include <pcipeek/register_map.hpp>

#include <cstdint>
#include <string_view>

// What a map forbids, before anything is accessed. All throw Error.
namespace pcipeek::map {

// EOPNOTSUPP, Cause::unsupported.
[[noreturn]] void refuse(const Device &device, const Register &reg, std::string_view why);

void check_readable(const Device &device, const Register &reg);
void check_writable(const Device &device, const Register &reg);

// EINVAL, Cause::invalid.
[[noreturn]] void fail_invalid(const Device &device, const std::string &text);

void check_fits(const Device &device, const Register &reg, std::uint64_t value);

} // namespace pcipeek::map
