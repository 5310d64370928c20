// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "grammar/device_selector.hpp"

#include "errors.hpp"

#include <pcipeek/error.hpp>

namespace pcipeek::tools {

DeviceSelector parse_device(std::string_view text)
{
	try {
		return DeviceSelector::parse(text);
	} catch (const Error &error) {
		throw UsageError(error.what());
	}
}

} // namespace pcipeek::tools
