// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "exit_status.hpp"

#include "errors.hpp"

#include <pcipeek/map.hpp>

namespace pcipeek::tools {

ExitStatus exit_status(Cause cause)
{
	switch (cause) {
	case Cause::invalid:
		return ExitStatus::usage;
	case Cause::gone:
		return ExitStatus::no_device;
	case Cause::not_granted:
	case Cause::needs_rawio:
	case Cause::needs_root:
	case Cause::lockdown:
	case Cause::no_right:
	case Cause::no_node_access:
		return ExitStatus::not_permitted;
	case Cause::absent:
	case Cause::no_such_bar:
	case Cause::out_of_range:
	case Cause::misaligned:
		return ExitStatus::no_such_place;
	case Cause::reset:
	case Cause::decode_off:
	case Cause::address_lost:
	case Cause::path_closed:
	case Cause::asleep:
	case Cause::offline:
		return ExitStatus::cannot_answer;
	case Cause::timed_out:
		return ExitStatus::timed_out;
	case Cause::driver_bound:
	case Cause::exclusive:
		return ExitStatus::in_use;
	case Cause::other:
	case Cause::no_module:
	case Cause::wrong_module:
	case Cause::no_node:
	case Cause::no_sysfs:
	case Cause::already_open:
	case Cause::unsupported:
	case Cause::interrupted:
		break;
	}
	return ExitStatus::failure;
}

ExitStatus exit_status(const std::exception &error)
{
	if (const auto *known = dynamic_cast<const Error *>(&error))
		return exit_status(known->cause());
	if (const auto *step = dynamic_cast<const ScriptError *>(&error))
		return step->status();
	if (const auto *run = dynamic_cast<const NotRun *>(&error))
		return run->status();
	if (dynamic_cast<const NameError *>(&error))
		return ExitStatus::no_such_place;
	if (dynamic_cast<const UsageError *>(&error) || dynamic_cast<const MapError *>(&error))
		return ExitStatus::usage;
	if (dynamic_cast<const Difference *>(&error))
		return ExitStatus::differs;
	return ExitStatus::failure;
}

} // namespace pcipeek::tools
