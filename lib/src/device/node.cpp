// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "device/node.hpp"

#include <algorithm>

namespace pcipeek::detail {

std::string node_name(const Address &address)
{
	std::string name = "pcipeek-" + to_string(address);
	std::ranges::replace(name, ':', '-');
	return name;
}

std::string own_node(const Address &address)
{
	return "/dev/" + node_name(address);
}

} // namespace pcipeek::detail
