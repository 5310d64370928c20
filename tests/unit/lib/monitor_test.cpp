// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "fake_sysfs.hpp"
#include "refusal.hpp"

#include <pcipeek/pcipeek.hpp>

#include <gmock/gmock.h>

#include <csignal>
#include <poll.h>
#include <sys/time.h>
#include <thread>

namespace pcipeek {
namespace {

using namespace std::chrono_literals;
using test::FakeSysfs;
using test::refusal_of;
using test::SysfsDevice;

class AMonitor : public testing::TestWithParam<EventSource> {
protected:
	AMonitor()
	{
		sysfs.add(test::memory_board());
		sysfs.add(test::io_board());
	}

	void tell(const SysfsDevice &device, const char *action)
	{
		sysfs.send_event(device.address, action);
	}

	FakeSysfs sysfs;
};

INSTANTIATE_TEST_SUITE_P(Of, AMonitor, testing::Values(EventSource::udev, EventSource::kernel),
			 [](const auto &source) {
				 return source.param == EventSource::udev ? "udev" : "kernel";
			 });

TEST_P(AMonitor, TellsWhatHappenedToWhichDevice)
{
	Monitor monitor{{}, GetParam()};
	tell(test::memory_board(), "add");

	const auto event = monitor.receive(1s);
	ASSERT_TRUE(event);
	EXPECT_EQ(event->action, Action::added);
	EXPECT_EQ(to_string(event->address), "0000:05:0d.0");
	EXPECT_EQ(event->vendor_id, 0x1147);
	EXPECT_EQ(event->device_id, 0x0c8e);
	EXPECT_EQ(event->subsystem_vendor_id, 0x1147);
	EXPECT_EQ(event->subsystem_id, 0x2090);
	EXPECT_EQ(event->class_code, 0xff0000u);
	EXPECT_EQ(event->driver, std::nullopt);
}

TEST_P(AMonitor, TellsAllThatHappensInItsOrder)
{
	Monitor monitor{{}, GetParam()};
	for (const char *action : {"unbind", "remove", "add", "move", "change", "bind"})
		tell(test::memory_board(), action);

	for (const Action action :
	     {Action::unbound, Action::removed, Action::added, Action::changed, Action::bound})
		EXPECT_EQ(monitor.receive(1s)->action, action);
	EXPECT_EQ(monitor.receive(0ms), std::nullopt);
}

TEST_P(AMonitor, TellsNothingOfWhatItsFilterLeavesOut)
{
	Monitor monitor{{.device = 0x0c5d}, GetParam()};
	tell(test::memory_board(), "add");
	tell(test::io_board(), "add");

	EXPECT_EQ(monitor.receive(1s)->device_id, 0x0c5d);
	EXPECT_FALSE(monitor.receive(0ms));
}

TEST_P(AMonitor, TellsNothingOfWhatHasNoAddress)
{
	Monitor monitor{{}, GetParam()};
	sysfs.set_property(test::memory_board().address, "PCI_SLOT_NAME", "nowhere");
	tell(test::memory_board(), "add");

	EXPECT_FALSE(monitor.receive(0ms));
}

TEST_P(AMonitor, TellsZeroForAnIdThatIsNoNumber)
{
	Monitor monitor{{}, GetParam()};
	sysfs.set_property(test::memory_board().address, "PCI_ID", "none");
	tell(test::memory_board(), "add");

	const auto event = monitor.receive(1s);
	ASSERT_TRUE(event);
	EXPECT_EQ(event->vendor_id, 0);
	EXPECT_EQ(event->device_id, 0);
}

TEST_P(AMonitor, TellsWhatHappensWhileItWaits)
{
	Monitor monitor{{}, GetParam()};
	std::thread other{[this] {
		std::this_thread::sleep_for(20ms);
		tell(test::memory_board(), "add");
	}};
	const auto event = monitor.receive();
	other.join();
	ASSERT_TRUE(event);
	EXPECT_EQ(event->action, Action::added);
}

TEST_P(AMonitor, IsReadableWhenThereIsAnEvent)
{
	Monitor monitor{{}, GetParam()};
	pollfd poll{.fd = monitor.fd(), .events = POLLIN, .revents = 0};

	EXPECT_EQ(::poll(&poll, 1, 0), 0);
	tell(test::memory_board(), "change");
	EXPECT_EQ(::poll(&poll, 1, 1000), 1);
}

TEST_P(AMonitor, WaitsNoLongerThanItsTime)
{
	Monitor monitor{{}, GetParam()};
	const auto start = std::chrono::steady_clock::now();

	EXPECT_FALSE(monitor.receive(20ms));
	EXPECT_GE(std::chrono::steady_clock::now() - start, 20ms);
	EXPECT_FALSE(monitor.receive(-5ms));
}

TEST_P(AMonitor, EndsItsWaitWhenASignalComes)
{
	Monitor monitor{{}, GetParam()};
	struct sigaction action {};
	action.sa_handler = [](int) {
	};
	::sigaction(SIGALRM, &action, nullptr);
	const itimerval soon{.it_interval = {0, 10000}, .it_value = {0, 10000}};
	::setitimer(ITIMER_REAL, &soon, nullptr);

	const Error error = refusal_of([&] { monitor.receive(); });
	const itimerval never{};
	::setitimer(ITIMER_REAL, &never, nullptr);
	EXPECT_EQ(error.code().value(), EINTR);
	EXPECT_EQ(error.cause(), Cause::interrupted);
}

TEST_P(AMonitor, TellsTheDriverThatTookTheDevice)
{
	Monitor monitor{{}, GetParam()};
	sysfs.set_property(test::memory_board().address, "DRIVER", "pcipeek");
	tell(test::memory_board(), "bind");

	EXPECT_EQ(monitor.receive(1s)->driver, "pcipeek");
}

TEST_P(AMonitor, CanBeMoved)
{
	Monitor first{{}, GetParam()};
	Monitor second{std::move(first)};
	tell(test::memory_board(), "add");

	EXPECT_TRUE(second.receive(1s));
}

} // namespace
} // namespace pcipeek
