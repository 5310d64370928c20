// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "errors/node_diagnosis.hpp"

#include "access/channel.hpp"
#include "device/node.hpp"
#include "errors/diagnosis.hpp"
#include "format.hpp"
#include "sysfs/sysfs.hpp"

#include <array>
#include <cerrno>
#include <grp.h>
#include <sys/stat.h>

namespace pcipeek::detail {
namespace {

// A node of the module, and its entry in sysfs: "10:120\n".
struct Node {
	std::string path;
	std::optional<std::string> numbers;
};

Node own(const Address &address)
{
	return {own_node(address),
		sysfs::read_file("/sys/class/pcipeek/" + node_name(address) + "/dev")};
}

Node common()
{
	return {common_node, sysfs::read_file("/sys/class/misc/pcipeek/dev")};
}

bool is_denied(int code)
{
	return code == EACCES || code == EPERM;
}

bool is_missing(int code)
{
	return code == ENOENT || code == ENXIO || code == ENODEV;
}

// Command lines that make the node what sysfs says it is.
std::string make_again(const Node &node)
{
	const std::string numbers = node.numbers.value_or(":");
	const std::size_t colon = numbers.find(':');
	return formatted("a container needs --device {0}; elsewhere, as root: rm -f {0} && mknod "
			 "-m 660 {0} c {1} {2} && chgrp pcipeek {0}",
			 node.path, numbers.substr(0, colon),
			 numbers.substr(colon + 1, numbers.find('\n') - colon - 1));
}

// The module makes the nodes; where they are missing, /dev is not the kernel's own.
Diagnosis missing(const Address &address)
{
	Node node = own(address);
	const bool granted = node.numbers.has_value();
	if (!granted)
		node = common();
	if (!node.numbers || node.numbers->find(':') == std::string::npos)
		return {Cause::no_module, formatted("there is no {}: the module is not loaded; "
						    "as root: modprobe pcipeek",
						    common_node)};
	return {Cause::no_node,
		formatted("the module is loaded, but {} is not its node{}; {}", node.path,
			  granted ? formatted(", nor is {}", common_node) : "", make_again(node))};
}

std::string denied_nodes(const NodeErrors &errors, const Address &address)
{
	if (!is_denied(errors.own))
		return common_node;
	if (!is_denied(errors.common))
		return own_node(address);
	return formatted("{} or {}", own_node(address), common_node);
}

// Of the device's own node, if that group may do what is wanted: then its members need no
// other. Root's group is nobody's to join.
std::optional<std::string> group_of(const std::string &path, bool write)
{
	const mode_t wanted = write ? S_IRGRP | S_IWGRP : S_IRGRP;
	struct stat status {};
	struct group entry {};
	struct group *found = nullptr;
	std::array<char, 4096> names{};

	if (::stat(path.c_str(), &status) || (status.st_mode & wanted) != wanted || !status.st_gid)
		return std::nullopt;
	::getgrgid_r(status.st_gid, &entry, names.data(), names.size(), &found);
	return found ? std::optional<std::string>{found->gr_name} : std::nullopt;
}

// The mode of a node gives EACCES; the device cgroup, which systemd and containers set up,
// EPERM. It may also be lockdown, if the file that would show it is hidden.
Diagnosis denied_by_cgroup(const NodeErrors &errors, const Address &address,
			   const OpenOptions &options)
{
	const bool lockdown = options.write && !sysfs::read_file("/sys/kernel/security/lockdown");
	return {Cause::no_node_access,
		formatted("a device cgroup{} keeps this process from {}; a service needs "
			  "DeviceAllow={} {}, a container --device {}",
			  lockdown ? " (or the kernel's lockdown)" : "",
			  denied_nodes(errors, address),
			  is_denied(errors.own) ? own_node(address) : common_node,
			  options.write ? "rw" : "r",
			  is_denied(errors.own) ? own_node(address) : common_node)};
}

Diagnosis denied(const NodeErrors &errors, const Address &address, const OpenOptions &options)
{
	const bool own_denied = is_denied(errors.own);

	if (errors.own == EPERM && options.write && sysfs::is_locked_down())
		return diagnose_attach(EPERM, address, options);
	if ((own_denied ? errors.own : errors.common) == EPERM)
		return denied_by_cgroup(errors, address, options);
	const auto group = own_denied ? group_of(own_node(address), options.write) : std::nullopt;
	return {Cause::no_node_access,
		formatted("you may not open {}; as root: usermod -aG {} USER; then log in again",
			  denied_nodes(errors, address), group.value_or("pcipeek"))};
}

} // namespace

int code_of(const NodeErrors &errors)
{
	const bool refused = is_denied(errors.common) || is_missing(errors.common);
	return refused && is_denied(errors.own) ? errors.own : errors.common;
}

Diagnosis diagnose_nodes(const NodeErrors &errors, const Address &address,
			 const OpenOptions &options)
{
	if (is_denied(code_of(errors)))
		return denied(errors, address, options);
	if (is_missing(errors.common))
		return missing(address);
	return diagnose_other(errors.common);
}

Diagnosis diagnose_module(const std::string &path)
{
	return {Cause::wrong_module,
		formatted("{} belongs to another module, or to another version of pcipeek; "
			  "install library and module from the same release",
			  path)};
}

Diagnosis diagnose_wrong_node(const Address &address, const Address &found)
{
	return {Cause::no_node, formatted("{} leads to {}; {}", own_node(address), to_string(found),
					  make_again(own(address)))};
}

} // namespace pcipeek::detail
