/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#include "attachment.hpp"
#include "command.hpp"
#include "library.hpp"
#include "machine.hpp"

/* Real events, of the kernel and of udev. */
namespace {

using namespace std::chrono_literals;
using pcipeek::Action;
using pcipeek::Event;
using pcipeek::EventSource;
using pcipeek::Monitor;

using vm::edu;

class AMonitor : public testing::TestWithParam<EventSource> {
protected:
	/* The next event, which must be this one. */
	void expect(Action action, std::optional<std::string> driver = {})
	{
		const std::optional<Event> event = monitor_.receive(20s);
		ASSERT_TRUE(event);
		EXPECT_EQ(event->action, action);
		EXPECT_EQ(to_string(event->address), edu);
		EXPECT_EQ(event->vendor_id, 0x1234);
		EXPECT_EQ(event->device_id, 0x11e8);
		EXPECT_EQ(event->subsystem_vendor_id, 0x1af4);
		EXPECT_EQ(event->subsystem_id, 0x1100);
		EXPECT_EQ(event->class_code, 0x00ff00u);
		EXPECT_EQ(event->driver, driver);
	}

	/* udev tells late: what happened before the test is told before it. */
	static Monitor after_udev_settled(EventSource source)
	{
		vm::output_of("udevadm settle");
		return Monitor{{.vendor = 0x1234, .device = 0x11e8}, source};
	}

	Monitor monitor_ = after_udev_settled(GetParam());
};

INSTANTIATE_TEST_SUITE_P(Of, AMonitor, testing::Values(EventSource::udev, EventSource::kernel),
			 [](const auto &source) {
				 return source.param == EventSource::udev ? "udev" : "kernel";
			 });

TEST_P(AMonitor, TellsThatADeviceIsGrantedAndTakenBack)
{
	{
		const vm::Granted granted{edu};
		expect(Action::bound, "pcipeek");
	}
	expect(Action::unbound);
	EXPECT_FALSE(monitor_.receive(0ms));
}

TEST_P(AMonitor, TellsThatADeviceGoesAndComes)
{
	EXPECT_EQ(0, vm::write_pci("devices/" + edu + "/remove", "1"));
	expect(Action::removed);
	EXPECT_TRUE(pcipeek::lspci({.vendor = 0x1234, .device = 0x11e8}).empty());

	EXPECT_EQ(0, vm::write_pci("rescan", "1"));
	expect(Action::added);
	EXPECT_EQ(pcipeek::lspci({.vendor = 0x1234, .device = 0x11e8}).size(), 1u);
}

TEST_P(AMonitor, TellsAnOrdinaryUser)
{
	EXPECT_EQ(0, vm::as_user([] {
			  Monitor monitor{{}, GetParam()};
			  return monitor.receive(0ms) ? 1 : 0;
		  }));
}

} // namespace
