// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "sysfs/sysfs_diagnosis.hpp"

#include "errors/diagnosis.hpp"
#include "format.hpp"
#include "sysfs/sysfs.hpp"

#include <algorithm>
#include <cerrno>

namespace pcipeek::detail {
namespace {

Diagnosis hidden(std::string_view what)
{
	return {Cause::no_sysfs, formatted("{}, or another file system is mounted over it; see: "
					   "findmnt -R /sys",
					   what)};
}

// The kernel makes the link of a device after its directory, and removes it before: one
// that leads nowhere means that the directories are hidden.
bool leads_nowhere(const std::string &link)
{
	return sysfs::is_link(link) && !sysfs::exists(link);
}

std::string link_of(const std::string &device)
{
	return formatted("{}/{}", sysfs::pci_devices, device);
}

} // namespace

std::optional<Diagnosis> why_no_pci()
{
	if (!sysfs::exists("/sys/bus"))
		return Diagnosis{Cause::no_sysfs,
				 "/sys is not mounted; as root: mount -t sysfs sysfs /sys"};
	if (!sysfs::exists(sysfs::pci_devices))
		return hidden("there is no /sys/bus/pci: the kernel has no PCI");
	const auto names = sysfs::names_in(sysfs::pci_devices);
	if (!names.empty() && std::ranges::all_of(names, leads_nowhere, link_of))
		return hidden("/sys/devices is not there");
	return std::nullopt;
}

std::optional<Diagnosis> why_not_shown(const Address &address)
{
	if (auto why = why_no_pci())
		return why;
	if (leads_nowhere(link_of(to_string(address))))
		return hidden("its directory below /sys/devices is not there");
	return std::nullopt;
}

void fail_missing(const Attempt &attempt, const Address &address)
{
	if (const auto why = why_not_shown(address))
		attempt.fail(ENOENT, *why);
	attempt.fail(ENODEV, diagnose_end(EndReason::removed));
}

Diagnosis diagnose_sysfs(int code, std::string_view use)
{
	switch (code) {
	case ENOENT:
	case ENODEV:
		return diagnose_end(EndReason::removed);
	case EPERM:
		if (sysfs::is_locked_down())
			return {Cause::lockdown,
				formatted("nobody may {} while the kernel is locked down "
					  "(/sys/kernel/security/lockdown)",
					  use)};
		[[fallthrough]];
	case EACCES:
		return {Cause::needs_root, formatted("only root may {}; try it with sudo", use)};
	default:
		return diagnose_other(code);
	}
}

} // namespace pcipeek::detail
