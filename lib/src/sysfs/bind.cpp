// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "device/attach.hpp"
#include "device/attachment.hpp"
#include "errors/attempt.hpp"
#include "errors/diagnosis.hpp"
#include "errors/reach.hpp"
#include "format.hpp"
#include "sysfs/binding.hpp"
#include "sysfs/function_role.hpp"
#include "sysfs/sysfs.hpp"
#include "sysfs/sysfs_diagnosis.hpp"
#include "testing/registry.hpp"

#include <pcipeek/error.hpp>

#include <cerrno>

namespace pcipeek {
namespace detail {
namespace {

constexpr const char *our_driver = "pcipeek";

std::string driver_file(std::string_view driver, const char *file)
{
	return formatted("{}/{}/{}", sysfs::pci_drivers, driver, file);
}

Diagnosis diagnose_write(int code)
{
	if (code == EACCES || code == EPERM)
		return {Cause::needs_root, "only root may do this; try it with sudo"};
	return diagnose_other(code);
}

bool is_shown(const Address &address)
{
	return sysfs::exists(sysfs::device_directory(address));
}

Diagnosis no_module()
{
	return {Cause::no_module, "the module is not loaded; as root: modprobe pcipeek"};
}

// What is in the way to the BAR, but that the device itself does not decode it, for the
// module switches that on.
std::optional<Diagnosis> obstacle_before(Channel &channel, const Bar &bar)
{
	pcipeek_bar_info info{};
	if (query_bar(channel, bar.index(), info))
		return std::nullopt;
	const std::optional<Diagnosis> diagnosis = diagnose_reach(info, channel, bar);
	return diagnosis && diagnosis->cause == Cause::decode_off ? std::nullopt : diagnosis;
}

// Why no access would reach the device; the module's log has it as well.
Diagnosis diagnose_unreachable(const Device &device)
try {
	const std::vector<Bar> bars = device.bars();
	const Identity &identity = bars.at(0).attachment().identity();
	const auto channel = attach_as_told(open_ioctl_channel, identity, {.foreign = true},
					    {"bind", identity.address});
	for (const Bar &bar : bars)
		if (const auto obstacle = obstacle_before(*channel, bar))
			return *obstacle;
	return {Cause::offline, "no access would reach it; see dmesg for the reason"};
} catch (const std::exception &) {
	return {Cause::offline, "no access would reach it; see dmesg for the reason"};
}

// What the module's probe says, through the file "bind".
Diagnosis diagnose_probe(int code, const Device &device, const BindOptions &options)
{
	switch (code) {
	case EACCES:
	case EPERM:
	case EROFS:
		return diagnose_write(code);
	case ENOENT:
		return no_module();
	case ENODEV:
		return {Cause::gone, "it was removed and found again in the meantime; try again"};
	case EIO:
		return diagnose_unreachable(device);
	case EBUSY:
		return {Cause::driver_bound,
			"another driver (VFIO?) uses its addresses or its IOMMU group"};
	case EAGAIN:
		return {Cause::reset, "the module could not bind it just now; try again"};
	case EOPNOTSUPP:
		return {Cause::unsupported,
			formatted("its interrupt cannot be masked, so its users could make the "
				  "kernel disable that interrupt line for every device on it; to "
				  "allow that: pcipeek bind --unmaskable-interrupt {}{}",
				  options.force ? "--force " : "", to_string(device.address()))};
	case EADDRNOTAVAIL:
		return {Cause::unsupported, "a BAR without an address blocks the others; see "
					    "dmesg for which and why"};
	default:
		return {Cause::unsupported,
			formatted("the module refused it ({}); see dmesg for the reason",
				  std::generic_category().message(code))};
	}
}

// The device's driver_override, set to us for as long as this object lives. Left alone
// if it says so already: then an administrator wants it to stay (driverctl).
class Override {
public:
	Override(const Attempt &attempt, const Address &address, const SysfsWriter &write)
		: write_{write}, path_{sysfs::device_directory(address) + "/driver_override"}
	{
		const std::string before = sysfs::read_file(path_).value_or("");
		if (before == "pcipeek\n")
			return;
		if (before != "(null)\n" && !before.empty() && before != "\n")
			refuse(attempt, before, path_);
		const int code = write_(path_, "pcipeek\n");
		if (code == ENOENT || code == ENODEV)
			fail_missing(attempt, address);
		if (code)
			attempt.fail(code, diagnose_write(code));
		set_ = true;
	}
	Override(const Override &) = delete;
	Override &operator=(const Override &) = delete;
	~Override()
	{
		if (set_)
			write_(path_, "\n");
	}

private:
	[[noreturn]] static void refuse(const Attempt &attempt, std::string_view other,
					const std::string &path)
	{
		attempt.fail(EBUSY,
			     {Cause::driver_bound,
			      formatted("its driver_override reserves it for {}; if nobody needs "
					"that, as root: echo > {}",
					other.substr(0, other.find('\n')), path)});
	}

	const SysfsWriter &write_;
	std::string path_;
	bool set_ = false;
};

// All that can be known before anything is touched.
void check_givable(const Attempt &attempt, const Device &device, const BindOptions &options)
{
	check_present(attempt, device.address());
	if (header_type_of(device.address()) == no_header)
		attempt.fail(EIO, diagnose_silence());
	if (const auto why = why_never_bound(device.address()))
		attempt.fail(EOPNOTSUPP, {Cause::unsupported, *why});
	if (!sysfs::exists(driver_file(our_driver, "bind")))
		attempt.fail(ENOENT, no_module());
	if (const auto driver = device.driver(); driver && !options.force)
		attempt.fail(EBUSY, {Cause::driver_bound,
				     formatted("the driver {} has it; to take it from the driver, "
					       "as root: pcipeek bind --force {}",
					       *driver, to_string(device.address()))});
}

// Root's word that the device may be bound although its interrupt cannot be masked.
void allow_unmaskable_interrupt(const Attempt &attempt, const Address &address,
				const SysfsWriter &write)
{
	const int code =
		write("/sys/module/pcipeek/parameters/unmaskable_interrupt", to_string(address));
	if (code == ENOENT)
		attempt.fail(code, {Cause::wrong_module,
				    "the module has no parameter unmaskable_interrupt; install "
				    "both from the same release"});
	if (code == ENOSPC)
		attempt.fail(code, {Cause::other,
				    "the module parameter unmaskable_interrupt is full; to clear "
				    "it, as root: echo > "
				    "/sys/module/pcipeek/parameters/unmaskable_interrupt"});
	if (code)
		attempt.fail(code, diagnose_write(code));
}

// Unbinds the driver, if there is one. Returns its name, to give the device back.
std::optional<std::string> evict(const Attempt &attempt, const Address &address,
				 const SysfsWriter &write)
{
	std::optional<std::string> driver = sysfs::driver_of(address);
	if (!driver)
		return std::nullopt;
	const int code = write(driver_file(*driver, "unbind"), to_string(address));
	check_present(attempt, address);
	// The driver may have left by itself in the meantime.
	if (code && sysfs::driver_of(address) == driver)
		attempt.fail(code, diagnose_write(code));
	return driver;
}

// Returns 0 once the device is ours, by the kernel's own word, or the errno.
int bind_ours(const Address &address, const SysfsWriter &write)
{
	const int code = write(driver_file(our_driver, "bind"), to_string(address));
	if (sysfs::driver_of(address) == our_driver)
		return 0;
	return code ? code : ENODEV;
}

} // namespace

void check_present(const Attempt &attempt, const Address &address)
{
	if (!is_shown(address))
		fail_missing(attempt, address);
}

void grant(const Device &device, const BindOptions &options, const SysfsWriter &write)
{
	const Address &address = device.address();
	const Attempt attempt{"bind", address};
	std::optional<std::string> evicted;
	int code = 0;

	if (device.driver() == our_driver)
		return;
	check_givable(attempt, device, options);
	if (options.unmaskable_interrupt)
		allow_unmaskable_interrupt(attempt, address, write);
	{
		const Override override_ours{attempt, address, write};
		evicted = evict(attempt, address, write);
		code = bind_ours(address, write);
	}
	if (!code)
		return;
	const Diagnosis diagnosis = diagnose_probe(code, device, options);
	if (evicted)
		write(driver_file(*evicted, "bind"), to_string(address));
	check_present(attempt, address);
	attempt.fail(code, diagnosis);
}

void revoke(const Device &device, const SysfsWriter &write)
{
	const Address &address = device.address();
	const Attempt attempt{"unbind", address};
	const auto driver = device.driver();

	check_present(attempt, address);
	if (testing::fake_directory(address))
		attempt.fail(EOPNOTSUPP, {Cause::unsupported, "it is a fake board"});
	if (driver != our_driver)
		attempt.fail(EINVAL, {Cause::not_granted,
				      formatted("it is not granted to pcipeek; {}",
						driver ? "the driver " + *driver + " has it"
						       : "it has no driver")});
	const int code = write(driver_file(our_driver, "unbind"), to_string(address));
	check_present(attempt, address);
	if (sysfs::driver_of(address) != our_driver)
		return;
	if (code)
		attempt.fail(code, diagnose_write(code));
	attempt.fail(EBUSY, {Cause::other, "it is still bound; see dmesg for the reason"});
}

} // namespace detail

void bind(const Device &device, const BindOptions &options)
{
	detail::grant(device, options, detail::sysfs::write_file);
}

void unbind(const Device &device)
{
	detail::revoke(device, detail::sysfs::write_file);
}

} // namespace pcipeek
