// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "find_device.hpp"

#include "errors.hpp"

#include <pcipeek/error.hpp>

namespace pcipeek::tools {

Device find_device(const DeviceSelector &spec)
{
	try {
		return find(spec);
	} catch (const Error &error) {
		/* Several match: the command line has to say which. */
		if (error.cause() == Cause::invalid)
			throw UsageError(error.what());
		throw;
	}
}

} // namespace pcipeek::tools
