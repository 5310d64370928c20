// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "output/config_report.hpp"

#include "format.hpp"

#include <pcipeek/error.hpp>

namespace pcipeek::tools {

ConfigReport make_config_report(const Device &device)
{
	const Config config(device);
	ConfigReport report{config.header(), std::nullopt, "", nullptr};

	try {
		report.capabilities = config.capabilities();
	} catch (const Error &error) {
		report.capabilities_error = error.what();
		if (error.cause() != Cause::needs_root)
			report.failure = std::current_exception();
	}
	return report;
}

std::string name_of(const Capability &capability)
{
	const auto base =
		capability.extended ? ConfigBase::extended_capability : ConfigBase::capability;

	for (const auto &reg : config_registers())
		if (reg.base == base && reg.capability_id == capability.id)
			return std::string(reg.name);
	return capability.extended ? formatted("ECAP{:04x}", capability.id)
				   : formatted("CAP{:02x}", capability.id);
}

} // namespace pcipeek::tools
