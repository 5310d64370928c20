// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "sysfs_diagnosis.hpp"

#include "diagnosis.hpp"
#include "format.hpp"
#include "sysfs.hpp"

#include <cerrno>

namespace pcipeek::detail {

Diagnosis diagnose_sysfs(int code, std::string_view use)
{
	switch (code) {
	case ENOENT:
	case ENODEV:
		return diagnose_end(EndReason::removed);
	case EPERM:
		if (sysfs::is_locked_down())
			return {Cause::lockdown,
				formatted("the kernel is locked down (see "
					  "/sys/kernel/security/lockdown): nobody may {}",
					  use)};
		[[fallthrough]];
	case EACCES:
		return {Cause::needs_root, formatted("only root may {}; try it with sudo", use)};
	default:
		return diagnose_other(code);
	}
}

} // namespace pcipeek::detail
