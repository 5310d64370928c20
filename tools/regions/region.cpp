// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "regions/region.hpp"

namespace pcipeek::tools {

std::shared_ptr<const Region> find_region(const Device &device, const Location &location)
{
	switch (location.space) {
	case Space::config:
		return make_config_region(device);
	case Space::rom:
		return make_rom_region(device);
	case Space::bar:
		break;
	}
	return make_bar_region(device.bar(location.bar));
}

} // namespace pcipeek::tools
