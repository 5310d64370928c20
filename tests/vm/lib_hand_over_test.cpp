/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#include "attachment.hpp"
#include "library.hpp"
#include "machine.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <poll.h>
#include <string>
#include <unistd.h>

/* Attachments that are restricted, and used by other processes. */
namespace {

using pcipeek::Bar;
using pcipeek::BarType;
using pcipeek::Cause;
using pcipeek::Device;
using vm::as_user;
using vm::cause_of;
using vm::device_at;
using vm::Granted;

using vm::edu;
using vm::ivshmem;
const std::string &network = vm::rtl8139;

constexpr std::uint32_t edu_id = 0x010000ed;

/* In a child process: the cause, or nullopt if the action was not refused. */
template <class Action>
std::optional<Cause> refusal(const Action &action)
{
	try {
		action();
	} catch (const pcipeek::Error &error) {
		return error.cause();
	}
	return std::nullopt;
}

std::string ids(const Device &device)
{
	return to_string(device.address()) + " " + std::to_string(device.vendor_id()) + ":" +
	       std::to_string(device.device_id()) + " " +
	       std::to_string(device.subsystem_vendor_id()) + ":" +
	       std::to_string(device.subsystem_id()) + " " + std::to_string(device.class_code()) +
	       " " + std::to_string(device.revision_id());
}

void expect_same_bars(const Device &one, const Device &other)
{
	ASSERT_EQ(one.bars().size(), other.bars().size());
	for (const Bar &bar : one.bars()) {
		const Bar twin = other.bar(bar.index());
		EXPECT_EQ(bar.addr(), twin.addr());
		EXPECT_EQ(bar.size(), twin.size());
		EXPECT_EQ(bar.type(), twin.type());
		EXPECT_EQ(bar.prefetchable(), twin.prefetchable());
		EXPECT_EQ(bar.is_64bit(), twin.is_64bit());
	}
}

TEST(AnAdoptedDevice, IsWhatSysfsSaysOfIt)
{
	for (const std::string &address : {edu, ivshmem, network}) {
		const Granted granted{address};
		const Device original = device_at(address);
		const Device adopted = Device::adopt(::dup(original.fd()));
		EXPECT_EQ(ids(original), ids(adopted));
		expect_same_bars(original, adopted);
	}
}

TEST(AnAdoptedDevice, TellsAnUpperHalf)
{
	const Granted granted{ivshmem};
	const Device adopted = Device::adopt(::dup(device_at(ivshmem).fd()));
	EXPECT_EQ(Cause::no_such_bar, cause_of([&] { adopted.bar(3); }));
}

TEST(AnAdoptedDevice, IsNeverWidened)
{
	const Granted granted{edu};
	const Device adopted = Device::adopt(::dup(device_at(edu).fd()));
	EXPECT_EQ(edu_id, pcipeek::read<std::uint32_t>(adopted.bar(0), 0));
	EXPECT_EQ(Cause::no_right,
		  cause_of([&] { pcipeek::write(adopted.bar(0), 4, std::uint32_t{1}); }));
	EXPECT_EQ(Cause::already_open, cause_of([&] { adopted.open({.write = true}); }));
}

TEST(AFileThatIsNotAttached, IsNotAdopted)
{
	const vm::Attachment attachment;
	EXPECT_EQ(Cause::invalid, cause_of([&] { Device::adopt(attachment.fd()); }));
	pcipeek_version version{};
	version.size = sizeof(version);
	EXPECT_EQ(0, attachment.ioctl(PCIPEEK_IOC_VERSION, &version)) << "it is still open";
}

TEST(ARestrictedDevice, ServesAnotherUserWithWhatIsLeft)
{
	const Granted granted{network};
	const Device device = device_at(network);
	device.open({.write = true});
	device.drop_rights({.bars = {1}});

	EXPECT_EQ(0, as_user([&] {
			  const Device mine = Device::adopt(::dup(device.fd()));
			  const auto write = [&] {
				  pcipeek::write(mine.bar(1), 0, std::uint32_t{0});
			  };
			  const auto other_bar = [&] {
				  pcipeek::read<std::uint8_t>(mine.bar(0), 0);
			  };
			  const auto map = [&] {
				  pcipeek::Mapping{mine.bar(1)};
			  };
			  pcipeek::read<std::uint8_t>(mine.bar(1), 0);
			  return refusal(write) != Cause::no_right ||
				 refusal(other_bar) != Cause::no_right ||
				 refusal(map).value_or(Cause::other) == Cause::other;
		  }));
}

TEST(ARestrictedDevice, IsRestrictedForThoseWhoHaveItAlready)
{
	const Granted granted{edu};
	const Device device = device_at(edu);
	device.open({.write = true});
	const Device other = Device::adopt(::dup(device.fd()));
	pcipeek::write(other.bar(0), 4, std::uint32_t{1});

	device.drop_rights({});
	EXPECT_EQ(Cause::no_right,
		  cause_of([&] { pcipeek::write(other.bar(0), 4, std::uint32_t{1}); }));
}

TEST(TheDescriptor, HangsUpWhenTheDeviceIsTakenBack)
{
	std::optional<Granted> granted{edu};
	const Device device = device_at(edu);
	pollfd entry{.fd = device.fd(), .events = 0, .revents = 0};
	EXPECT_EQ(0, ::poll(&entry, 1, 0));
	granted.reset();
	EXPECT_EQ(1, ::poll(&entry, 1, 0));
	EXPECT_TRUE(entry.revents & POLLHUP);
}

/* The environment of `pcipeek exec`, for as long as it lives. */
class Handed {
public:
	explicit Handed(const Device &device)
	{
		::setenv("PCIPEEK_FD", std::to_string(device.fd()).c_str(), 1);
	}
	~Handed()
	{
		::unsetenv("PCIPEEK_FD");
	}
	Handed(const Handed &) = delete;
	Handed &operator=(const Handed &) = delete;
};

class AnInheritedDescriptor : public testing::Test {
protected:
	Granted granted_{edu};
	Device device_ = device_at(edu);
};

TEST_F(AnInheritedDescriptor, IsUsedByAUserWhoMayNotOpenTheNode)
{
	device_.drop_rights({.bars = {0}});
	const Handed handed{device_};

	EXPECT_EQ(0, as_user([] {
			  const Bar bar = device_at(edu).bar(0);
			  const bool reads = pcipeek::read<std::uint32_t>(bar, 0) == edu_id;
			  const auto write = [&] {
				  pcipeek::write(bar, 4, std::uint32_t{1});
			  };
			  return !reads || refusal(write) != Cause::no_right;
		  }));
}

TEST_F(AnInheritedDescriptor, ServesEveryHandleAndStaysOpen)
{
	device_.open({.write = true});
	const Handed handed{device_};
	for (int i = 0; i < 3; i++) {
		const Device inherited = device_at(edu);
		pcipeek::write(inherited.bar(0), 4, std::uint32_t{1});
		EXPECT_NE(device_.fd(), inherited.fd());
	}
	EXPECT_EQ(edu_id, pcipeek::read<std::uint32_t>(device_.bar(0), 0));
}

TEST_F(AnInheritedDescriptor, IsNeverWidenedEvenForThoseWhoCould)
{
	device_.open();
	const Handed handed{device_};
	EXPECT_EQ(Cause::no_right,
		  cause_of([] { pcipeek::write(device_at(edu).bar(0), 4, std::uint32_t{1}); }));
	EXPECT_EQ(Cause::no_right, cause_of([] { device_at(edu).open({.write = true}); }));
	EXPECT_EQ(Cause::no_right, cause_of([] { pcipeek::Mapping{device_at(edu).bar(0)}; }));
}

/* Not even root gets another device by falling back to the node. */
TEST_F(AnInheritedDescriptor, LetsNobodyHaveAnotherDevice)
{
	const Granted granted{ivshmem};
	const Handed handed{device_};
	const Device other = device_at(ivshmem);
	EXPECT_EQ(Cause::no_right,
		  cause_of([&] { pcipeek::read<std::uint32_t>(other.bar(2), 0); }));
	EXPECT_EQ(Cause::no_right, cause_of([&] { other.open({.write = true}); }));
	EXPECT_EQ(Cause::no_right, cause_of([&] { other.state(); }));
}

TEST_F(AnInheritedDescriptor, ThatHasEndedIsGoneAndNothingElseIsOpened)
{
	device_.open();
	const Handed handed{device_};
	vm::write_pci("drivers/pcipeek/unbind", edu);
	const Granted again{edu};
	EXPECT_EQ(Cause::gone,
		  cause_of([] { pcipeek::read<std::uint32_t>(device_at(edu).bar(0), 0); }));
}

TEST_F(AnInheritedDescriptor, ThatIsClosedIsAnError)
{
	const int closed = ::dup(device_.fd());
	::close(closed);
	::setenv("PCIPEEK_FD", std::to_string(closed).c_str(), 1);
	EXPECT_EQ(Cause::invalid,
		  cause_of([] { pcipeek::read<std::uint32_t>(device_at(edu).bar(0), 0); }));
	::unsetenv("PCIPEEK_FD");
}

TEST_F(AnInheritedDescriptor, WithoutADeviceIsAnError)
{
	const vm::Attachment unattached{O_RDWR};
	::setenv("PCIPEEK_FD", std::to_string(unattached.fd()).c_str(), 1);
	EXPECT_EQ(Cause::invalid,
		  cause_of([] { pcipeek::read<std::uint32_t>(device_at(edu).bar(0), 0); }));
	::unsetenv("PCIPEEK_FD");
}

} // namespace
