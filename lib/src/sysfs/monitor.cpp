// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/monitor.hpp>

#include "sysfs/enumeration.hpp"
#include "sysfs/udev.hpp"

#include <pcipeek/error.hpp>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <poll.h>
#include <string_view>

namespace pcipeek {
namespace {

using detail::UdevDevicePtr;
using detail::UdevMonitorPtr;
using detail::UdevPtr;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

[[noreturn]] void fail(int code, Cause cause, const std::string &why)
{
	throw Error{{.code = code,
		     .cause = cause,
		     .text = "cannot listen for events of PCI devices: " + why}};
}

[[noreturn]] void fail(int code)
{
	switch (code) {
	case EINTR:
		fail(code, Cause::interrupted, "interrupted by a signal");
	case ENOBUFS:
		fail(code, Cause::other, "some events were lost; list the devices again");
	default:
		fail(code, Cause::other, std::generic_category().message(code));
	}
}

std::optional<Action> to_action(std::string_view name)
{
	if (name == "add")
		return Action::added;
	if (name == "remove")
		return Action::removed;
	if (name == "bind")
		return Action::bound;
	if (name == "unbind")
		return Action::unbound;
	if (name == "change")
		return Action::changed;
	return std::nullopt;
}

// What the kernel sends along (drivers/pci/pci-driver.c, pci_uevent): PCI_CLASS=FF0000,
// PCI_ID=1147:0C8E, PCI_SUBSYS_ID=1147:2090, PCI_SLOT_NAME=0000:05:0d.0, DRIVER=serial.
class Properties {
public:
	Properties(const detail::Udev &library, udev_device *device)
		: library_{library}, device_{device}
	{
	}

	std::string_view text(const char *name) const
	{
		const char *value = library_.udev_device_get_property_value(device_, name);
		return value ? value : "";
	}

	std::uint32_t number(const char *name) const
	{
		return parse(text(name));
	}

	// The two halves of "1147:0C8E".
	std::uint16_t id_before_colon(const char *name) const
	{
		const std::string_view pair = text(name);
		return static_cast<std::uint16_t>(parse(pair.substr(0, pair.find(':'))));
	}

	std::uint16_t id_after_colon(const char *name) const
	{
		const std::string_view pair = text(name);
		return static_cast<std::uint16_t>(parse(pair.substr(pair.find(':') + 1)));
	}

private:
	static std::uint32_t parse(std::string_view digits)
	{
		std::uint32_t value = 0;
		std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
		return value;
	}

	const detail::Udev &library_;
	udev_device *device_;
};

std::optional<Event> to_event(const detail::Udev &library, udev_device *device)
{
	const char *name = library.udev_device_get_action(device);
	const auto action = to_action(name ? name : "");
	const Properties properties{library, device};
	const auto address = Address::parse(properties.text("PCI_SLOT_NAME"));
	if (!action || !address)
		return std::nullopt;

	Event event{.action = *action,
		    .address = *address,
		    .vendor_id = properties.id_before_colon("PCI_ID"),
		    .device_id = properties.id_after_colon("PCI_ID"),
		    .subsystem_vendor_id = properties.id_before_colon("PCI_SUBSYS_ID"),
		    .subsystem_id = properties.id_after_colon("PCI_SUBSYS_ID"),
		    .class_code = properties.number("PCI_CLASS")};
	if (const std::string_view driver = properties.text("DRIVER"); !driver.empty())
		event.driver = driver;
	return event;
}

bool matches(const Filter &filter, const Event &event)
{
	return detail::matches(filter, {.address = event.address,
					.vendor_id = event.vendor_id,
					.device_id = event.device_id,
					.subsystem_vendor_id = event.subsystem_vendor_id,
					.subsystem_id = event.subsystem_id,
					.class_code = event.class_code});
}

// As far as poll(2) goes, and the clock does not overflow.
constexpr milliseconds longest = std::chrono::hours{24 * 20};

// Waits until the descriptor is readable. Returns whether it is, in time.
bool wait_readable(int fd, std::optional<steady_clock::time_point> deadline)
{
	milliseconds rest{-1};
	if (deadline)
		rest = std::chrono::ceil<milliseconds>(*deadline - steady_clock::now());
	if (deadline && rest.count() < 0)
		rest = milliseconds{0};
	pollfd poll{.fd = fd, .events = POLLIN, .revents = 0};

	const int ready = ::poll(&poll, 1, static_cast<int>(rest.count()));
	if (ready < 0)
		fail(errno);
	return ready > 0;
}

} // namespace

struct Monitor::Listener {
	Listener(const Filter &wanted, EventSource source)
		: filter{wanted},
		  udev{library.udev_new()},
		  monitor{library.udev_monitor_new_from_netlink(
			  udev.get(), source == EventSource::udev ? "udev" : "kernel")}
	{
		if (!monitor)
			fail(errno);
		int result = library.udev_monitor_filter_add_match_subsystem_devtype(
			monitor.get(), "pci", nullptr);
		if (result >= 0)
			result = library.udev_monitor_enable_receiving(monitor.get());
		if (result < 0)
			fail(-result);
	}

	// The next event that is there already and matches.
	std::optional<Event> take() const
	{
		for (;;) {
			errno = 0;
			const UdevDevicePtr device{
				library.udev_monitor_receive_device(monitor.get())};
			if (!device && errno == ENOBUFS)
				fail(errno);
			if (!device)
				return std::nullopt;
			if (auto event = to_event(library, device.get());
			    event && matches(filter, *event))
				return event;
		}
	}

	const detail::Udev &library = detail::Udev::get();
	Filter filter;
	UdevPtr udev;
	UdevMonitorPtr monitor;
};

Monitor::Monitor(const Filter &filter, EventSource source)
	: listener_{std::make_unique<Listener>(filter, source)}
{
}

Monitor::Monitor(Monitor &&) noexcept = default;
Monitor &Monitor::operator=(Monitor &&) noexcept = default;
Monitor::~Monitor() = default;

int Monitor::fd() const noexcept
{
	return listener_->library.udev_monitor_get_fd(listener_->monitor.get());
}

std::optional<Event> Monitor::receive(milliseconds timeout)
{
	std::optional<steady_clock::time_point> deadline;
	if (timeout != forever)
		deadline = steady_clock::now() + std::min(timeout, longest);

	for (;;) {
		if (auto event = listener_->take())
			return event;
		if (!wait_readable(fd(), deadline))
			return std::nullopt;
	}
}

} // namespace pcipeek
