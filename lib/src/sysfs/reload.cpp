// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "errors/attempt.hpp"
#include "format.hpp"
#include "sysfs/function_role.hpp"
#include "sysfs/reloading.hpp"
#include "sysfs/sysfs.hpp"
#include "sysfs/sysfs_diagnosis.hpp"
#include "testing/registry.hpp"

#include <pcipeek/enumerate.hpp>

#include <algorithm>
#include <cerrno>
#include <thread>

namespace pcipeek {
namespace detail {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr const char *our_driver = "pcipeek";
constexpr const char *rescan_all = "/sys/bus/pci/rescan";

Diagnosis diagnose(int code)
{
	return diagnose_sysfs(code, "reload it");
}

void check_role(const Attempt &attempt, const Device &device)
{
	const Address &address = device.address();

	if (testing::fake_directory(address))
		attempt.fail(EOPNOTSUPP, {Cause::unsupported, "it is a fake board"});
	if (is_bridge(address, device.class_code()))
		attempt.fail(EOPNOTSUPP,
			     {Cause::unsupported, "it is a bridge; reload the devices behind it"});
	if (is_virtual_function(address))
		attempt.fail(EOPNOTSUPP,
			     {Cause::unsupported,
			      "it is a virtual function, which no rescan finds; write to "
			      "sriov_numvfs of its physical function"});
	if (const int count = enabled_virtual_functions(address))
		attempt.fail(EBUSY, {Cause::driver_bound,
				     formatted("{} of its virtual functions are enabled; as root: "
					       "echo 0 > /sys/bus/pci/devices/{}/sriov_numvfs",
					       count, to_string(address))});
}

void check_driver(const Attempt &attempt, const Device &device, const ReloadOptions &options)
{
	const auto driver = device.driver();

	if (driver && *driver != our_driver && !options.force)
		attempt.fail(EBUSY, {Cause::driver_bound,
				     formatted("the driver {} has it; to reload it anyway, as "
					       "root: pcipeek reload --force {}",
					       *driver, to_string(device.address()))});
}

// The directory of the bridge above; empty for a function of a root bus.
std::string bridge_above(const Address &address)
{
	const std::string parent = sysfs::real_parent(sysfs::device_directory(address));
	return Address::parse(parent.substr(parent.rfind('/') + 1)) ? parent : "";
}

// Keeps the bridge from falling asleep once nothing is behind it: a rescan would find
// nobody before the link is up again.
class AwakeBridge {
public:
	AwakeBridge(const std::string &bridge, const SysfsWriter &write)
		: write_{write}, control_{bridge + "/power/control"}
	{
		sleeps_ = !bridge.empty() && sysfs::read_file(control_) == "auto\n" &&
			  write_(control_, "on\n") == 0;
	}
	AwakeBridge(const AwakeBridge &) = delete;
	AwakeBridge &operator=(const AwakeBridge &) = delete;
	~AwakeBridge()
	{
		if (sleeps_)
			write_(control_, "auto\n");
	}

private:
	const SysfsWriter &write_;
	std::string control_;
	bool sleeps_ = false;
};

// What the kernel forgets of a function together with it, and reload() restores.
struct Settings {
	std::optional<std::string> driver;
	std::string driver_override; // empty without one
};

Settings settings_of(const Device &device)
{
	const std::string file = sysfs::device_directory(device.address()) + "/driver_override";
	std::string text = sysfs::read_file(file).value_or("");
	if (text == "(null)\n" || text == "\n")
		text.clear();
	return {device.driver(), text};
}

void restore_override(const Attempt &attempt, const Device &device, const Settings &before,
		      const SysfsWriter &write)
{
	const std::string name = to_string(device.address());
	const auto driver = device.driver();

	if (before.driver_override.empty())
		return;
	if (const int code = write(sysfs::device_directory(device.address()) + "/driver_override",
				   before.driver_override))
		attempt.fail(code, diagnose(code));
	if (driver == before.driver)
		return;
	// Another driver found it before the override was there again.
	if (driver)
		write(formatted("{}/{}/unbind", sysfs::pci_drivers, *driver), name);
	if (before.driver)
		write(sysfs::pci_drivers_probe, name);
}

[[noreturn]] void fail_absent(const Attempt &attempt, milliseconds timeout)
{
	attempt.fail(ETIMEDOUT,
		     {Cause::timed_out,
		      formatted("it did not come back within {} ms; to look for it again, as "
				"root: echo 1 > {}",
				timeout.count(), rescan_all)});
}

// Looks until it is back. A board whose FPGA is still loading answers a later rescan.
Device await(const Attempt &attempt, const Address &address, const std::string &rescan,
	     milliseconds timeout, const SysfsWriter &write)
{
	constexpr milliseconds longest_pause{1000};
	const auto end = Clock::now() + timeout;
	milliseconds pause{50};

	for (;; pause = std::min(2 * pause, longest_pause)) {
		if (const int code = write(rescan, "1\n"))
			attempt.fail(code, diagnose(code));
		if (const auto found = lspci({.address = address}); !found.empty())
			return found.front();
		const auto left = end - Clock::now();
		if (left <= Clock::duration::zero())
			fail_absent(attempt, timeout);
		std::this_thread::sleep_for(std::min<Clock::duration>(pause, left));
	}
}

void check_same(const Attempt &attempt, const Device &before, const Device &after)
{
	if (before.vendor_id() == after.vendor_id() && before.device_id() == after.device_id())
		return;
	attempt.fail(ENODEV,
		     {Cause::gone, formatted("{:04x}:{:04x} came back in its place, which was "
					     "{:04x}:{:04x}; it is not bound to pcipeek",
					     after.vendor_id(), after.device_id(),
					     before.vendor_id(), before.device_id())});
}

// Before anything is removed: what would fail afterwards.
void check_files(const Attempt &attempt, const std::string &directory, const std::string &rescan)
{
	for (const std::string &file : {directory + "/remove", rescan})
		if (const int code = sysfs::why_not_writable(file))
			attempt.fail(code, diagnose(code));
}

} // namespace

Reloaded remove_and_rescan(const Device &device, const ReloadOptions &options,
			   const SysfsWriter &write)
{
	constexpr milliseconds longest = std::chrono::hours{24};
	const Attempt attempt{"reload", device.address()};
	check_present(attempt, device.address());
	check_role(attempt, device);
	check_driver(attempt, device, options);
	const std::string directory = sysfs::device_directory(device.address());
	const std::string bridge = bridge_above(device.address());
	const std::string rescan = bridge.empty() ? rescan_all : bridge + "/rescan";
	check_files(attempt, directory, rescan);

	const Settings before = settings_of(device);
	const AwakeBridge awake{bridge, write};
	if (const int code = write(directory + "/remove", "1\n"))
		attempt.fail(code, diagnose(code));
	const Device after =
		await(attempt, device.address(), rescan, std::min(options.timeout, longest), write);
	check_same(attempt, device, after);
	if (before.driver == our_driver)
		grant(after, {.force = true}, write);
	restore_override(attempt, after, before, write);
	return {after, before.driver == our_driver};
}

} // namespace detail

Reloaded reload(const Device &device, const ReloadOptions &options)
{
	return detail::remove_and_rescan(device, options, detail::sysfs::write_file);
}

} // namespace pcipeek
