// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/address.hpp>

#include <string>

namespace pcipeek::detail {

/** The device of the class "pcipeek" that a granted device has: "pcipeek-0000-05-0d.0". */
std::string node_name(const Address &address);

/** Its node, by which one can use that device and no other. */
std::string own_node(const Address &address);

} // namespace pcipeek::detail
