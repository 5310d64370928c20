// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "fake_sysfs.hpp"
#include "refusal.hpp"
#include "sysfs/binding.hpp"
#include "sysfs/sysfs.hpp"

#include <pcipeek/pcipeek.hpp>

#include <gmock/gmock.h>

#include <cerrno>
#include <filesystem>

namespace pcipeek {
namespace {

using test::FakeSysfs;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char *override_file = "/sys/bus/pci/devices/0000:05:0d.0/driver_override";

// The driver core of Linux, as far as sysfs shows it, and the module's probe.
class FakeKernel {
public:
	FakeKernel()
	{
		// A bus that is never empty: umockdev would remove it, which no kernel does.
		sysfs.add(test::io_board());
		sysfs.add(test::memory_board());
		for (const char *driver : {"pcipeek", "serial"})
			for (const char *file : {"bind", "unbind"})
				sysfs.write("/sys/bus/pci/drivers/" + std::string{driver} + "/" +
						    file,
					    "");
	}

	Device device() const
	{
		return lspci({.device = 0x0c8e}).at(0);
	}

	detail::SysfsWriter writer()
	{
		return [this](const std::string &path, std::string_view text) {
			writes.push_back(path.substr(path.rfind('/', path.rfind('/') - 1) + 1) +
					 " = " + std::string{text.substr(0, text.find('\n'))});
			return not_root ? EACCES : obey(path, std::string{text});
		};
	}

	std::string driver_override() const
	{
		return detail::sysfs::read_file(override_file).value_or("unreadable");
	}

	FakeSysfs sysfs;
	std::vector<std::string> writes;
	bool not_root = false;
	int probe_error = 0;
	int parameter_error = 0;

private:
	int obey(const std::string &path, const std::string &text)
	{
		if (path == "/sys/module/pcipeek/parameters/unmaskable_interrupt")
			return parameter_error;
		if (path.ends_with("/driver_override"))
			sysfs.write(path, text == "\n" ? "(null)\n" : text);
		else if (path.ends_with("/unbind"))
			sysfs.set_driver(test::memory_board().address, std::nullopt);
		else if (path.ends_with("/pcipeek/bind"))
			return probe();
		else
			sysfs.set_driver(test::memory_board().address, "serial");
		return 0;
	}

	int probe()
	{
		if (driver_override() != "pcipeek\n")
			return ENODEV;
		if (!probe_error)
			sysfs.set_driver(test::memory_board().address, "pcipeek");
		return probe_error;
	}
};

class Binding : public testing::Test {
protected:
	// Binds, and returns the error's text; its cause is in `cause`.
	std::string refusal(const BindOptions &options = {})
	{
		try {
			detail::grant(kernel.device(), options, kernel.writer());
		} catch (const Error &error) {
			cause = error.cause();
			return error.what();
		}
		return "no error";
	}

	FakeKernel kernel;
	Cause cause = Cause::other;
};

TEST_F(Binding, GrantsTheDeviceAndClearsTheOverrideAgain)
{
	detail::grant(kernel.device(), {}, kernel.writer());

	EXPECT_EQ(kernel.device().driver(), "pcipeek");
	EXPECT_EQ(kernel.driver_override(), "(null)\n");
	EXPECT_THAT(kernel.writes,
		    ElementsAre("0000:05:0d.0/driver_override = pcipeek",
				"pcipeek/bind = 0000:05:0d.0", "0000:05:0d.0/driver_override = "));
}

TEST_F(Binding, OfAGrantedDeviceDoesNothing)
{
	kernel.sysfs.set_driver(test::memory_board().address, "pcipeek");
	detail::grant(kernel.device(), {}, kernel.writer());
	EXPECT_THAT(kernel.writes, IsEmpty());
}

TEST_F(Binding, RefusesADeviceThatHasADriver)
{
	kernel.sysfs.set_driver(test::memory_board().address, "serial");
	EXPECT_EQ(refusal(), "cannot bind 0000:05:0d.0: the driver serial has it; to take it from "
			     "the driver, as root: pcipeek bind --force 0000:05:0d.0");
	EXPECT_EQ(cause, Cause::driver_bound);
	EXPECT_THAT(kernel.writes, IsEmpty());
}

TEST_F(Binding, ByForceTakesTheDeviceAwayFromItsDriver)
{
	kernel.sysfs.set_driver(test::memory_board().address, "serial");
	detail::grant(kernel.device(), {.force = true}, kernel.writer());
	EXPECT_EQ(kernel.device().driver(), "pcipeek");
	EXPECT_EQ(kernel.driver_override(), "(null)\n");
}

TEST_F(Binding, ThatTheModuleRefusesClearsTheOverrideAndGivesTheDeviceBack)
{
	kernel.sysfs.set_driver(test::memory_board().address, "serial");
	kernel.probe_error = EINVAL;
	EXPECT_THAT(refusal({.force = true}), HasSubstr("the module refused it"));
	EXPECT_EQ(cause, Cause::unsupported);
	EXPECT_EQ(kernel.driver_override(), "(null)\n");
	EXPECT_EQ(kernel.device().driver(), "serial");
}

TEST_F(Binding, WhoseAddressesAreInUseSaysSo)
{
	kernel.probe_error = EBUSY;
	EXPECT_THAT(refusal(), HasSubstr("another driver (VFIO?) uses its addresses"));
	EXPECT_EQ(cause, Cause::driver_bound);
}

TEST_F(Binding, OfADeviceThatCannotMaskItsInterruptSaysWhatThatGivesAway)
{
	kernel.probe_error = EOPNOTSUPP;
	EXPECT_EQ(refusal(), "cannot bind 0000:05:0d.0: its interrupt cannot be masked, so its "
			     "users could make the kernel disable that interrupt line for every "
			     "device on it; to allow that: pcipeek bind --unmaskable-interrupt "
			     "0000:05:0d.0");
	EXPECT_EQ(cause, Cause::unsupported);
	kernel.sysfs.set_driver(test::memory_board().address, "serial");
	EXPECT_THAT(refusal({.force = true}),
		    HasSubstr("pcipeek bind --unmaskable-interrupt --force 0000:05:0d.0"));
}

TEST_F(Binding, NamesTheDeviceToTheModuleFirstIfItsInterruptIsAllowed)
{
	detail::grant(kernel.device(), {.unmaskable_interrupt = true}, kernel.writer());
	EXPECT_THAT(kernel.writes,
		    ElementsAre("parameters/unmaskable_interrupt = 0000:05:0d.0",
				"0000:05:0d.0/driver_override = pcipeek",
				"pcipeek/bind = 0000:05:0d.0", "0000:05:0d.0/driver_override = "));
}

TEST_F(Binding, ThatARefusalOfTheParameterEndsSaysWhatItWasAndWritesNothingElse)
{
	kernel.parameter_error = EACCES;
	EXPECT_THAT(refusal({.unmaskable_interrupt = true}), HasSubstr("only root may do this"));
	EXPECT_EQ(cause, Cause::needs_root);
	kernel.parameter_error = EINVAL;
	EXPECT_THAT(refusal({.unmaskable_interrupt = true}), HasSubstr("Invalid argument"));
	EXPECT_THAT(kernel.writes, Each("parameters/unmaskable_interrupt = 0000:05:0d.0"));
}

TEST_F(Binding, ThatCannotAllowTheInterruptLeavesTheDeviceAlone)
{
	kernel.sysfs.set_driver(test::memory_board().address, "serial");
	kernel.parameter_error = ENOENT;
	EXPECT_THAT(refusal({.force = true, .unmaskable_interrupt = true}),
		    HasSubstr("the module has no parameter unmaskable_interrupt"));
	EXPECT_EQ(cause, Cause::wrong_module);
	kernel.parameter_error = ENOSPC;
	EXPECT_THAT(refusal({.force = true, .unmaskable_interrupt = true}), HasSubstr("is full"));
	EXPECT_EQ(cause, Cause::other);
	EXPECT_EQ(kernel.device().driver(), "serial");
	EXPECT_THAT(kernel.writes, Each("parameters/unmaskable_interrupt = 0000:05:0d.0"));
}

TEST_F(Binding, ThatABarWithoutAnAddressPreventsSaysSo)
{
	kernel.probe_error = EADDRNOTAVAIL;
	EXPECT_THAT(refusal(), HasSubstr("a BAR without an address"));
	EXPECT_EQ(cause, Cause::unsupported);
}

TEST_F(Binding, ThatTheModuleCouldNotDoJustNowSaysToTryAgain)
{
	kernel.probe_error = EAGAIN;
	EXPECT_THAT(refusal(), HasSubstr("could not bind it just now; try again"));
	EXPECT_EQ(cause, Cause::reset);
}

TEST_F(Binding, OfADeviceThatNoAccessReachesRefersToTheLogIfTheModuleCannotBeAsked)
{
	kernel.probe_error = EIO;
	EXPECT_EQ(refusal(), "cannot bind 0000:05:0d.0: no access would reach it; see dmesg for "
			     "the reason");
	EXPECT_EQ(cause, Cause::offline);
}

TEST_F(Binding, ThatTheKernelForbidsInItsOwnWaysSaysWhatIsInTheWay)
{
	for (const int code : {EACCES, EPERM}) {
		kernel.probe_error = code;
		EXPECT_THAT(refusal(), HasSubstr("only root may do this")) << code;
		EXPECT_EQ(cause, Cause::needs_root) << code;
	}
	kernel.probe_error = EROFS;
	EXPECT_THAT(refusal(), HasSubstr("Read-only file system"));
}

TEST_F(Binding, BelievesTheDriverLinkAndNotTheWrite)
{
	const auto pretend = [](const std::string &, std::string_view) {
		return 0;
	};
	const Error error = test::refusal_of([&] { detail::grant(kernel.device(), {}, pretend); });
	EXPECT_EQ(error.code(), std::errc::no_such_device);
}

TEST_F(Binding, IsDoneIfTheLinkSaysSoAlthoughTheWriteFailed)
{
	kernel.probe_error = EAGAIN;
	const auto writer = kernel.writer();
	detail::grant(kernel.device(), {}, [&](const std::string &path, std::string_view text) {
		const int code = writer(path, text);
		if (path.ends_with("/pcipeek/bind"))
			kernel.sysfs.set_driver(test::memory_board().address, "pcipeek");
		return code;
	});
	EXPECT_EQ(kernel.device().driver(), "pcipeek");
}

TEST_F(Binding, GoesOnIfTheDriverLeftByItself)
{
	kernel.sysfs.set_driver(test::memory_board().address, "serial");
	const auto writer = kernel.writer();
	detail::grant(kernel.device(), {.force = true},
		      [&](const std::string &path, std::string_view text) {
			      const int code = writer(path, text);
			      return path.ends_with("/serial/unbind") ? ENODEV : code;
		      });
	EXPECT_EQ(kernel.device().driver(), "pcipeek");
}

TEST_F(Binding, GivesTheModulesAnswerIfTheDriverStaysWithoutAnError)
{
	kernel.sysfs.set_driver(test::memory_board().address, "serial");
	const Error error = test::refusal_of([&] {
		detail::grant(kernel.device(), {.force = true},
			      [](const std::string &path, std::string_view) {
				      return path.ends_with("/pcipeek/bind") ? EBUSY : 0;
			      });
	});
	EXPECT_EQ(error.code(), std::errc::device_or_resource_busy);
}

TEST_F(Binding, WritesToTheFilesOfSysfs)
{
	const Error error = test::refusal_of([&] { bind(kernel.device()); });
	EXPECT_EQ(error.code(), std::errc::no_such_device) << "no kernel was there to bind it";
	EXPECT_EQ(detail::sysfs::read_file("/sys/bus/pci/drivers/pcipeek/bind"), "0000:05:0d.0");
}

TEST_F(Binding, LeavesADeviceToADriverThatCannotBeUnbound)
{
	kernel.sysfs.set_driver(test::memory_board().address, "serial");
	const auto writer = kernel.writer();
	const Error error = test::refusal_of([&] {
		detail::grant(kernel.device(), {.force = true},
			      [&](const std::string &path, std::string_view text) {
				      return path.ends_with("/serial/unbind") ? EPERM
									      : writer(path, text);
			      });
	});
	EXPECT_EQ(error.cause(), Cause::needs_root);
	EXPECT_THAT(kernel.writes, ElementsAre("0000:05:0d.0/driver_override = pcipeek",
					       "0000:05:0d.0/driver_override = "));
	EXPECT_EQ(kernel.device().driver(), "serial");
}

TEST_F(Binding, LeavesAnOverrideOfSomebodyElseAlone)
{
	kernel.sysfs.write(override_file, "vfio-pci\n");
	EXPECT_EQ(refusal(), "cannot bind 0000:05:0d.0: its driver_override reserves it for "
			     "vfio-pci; if nobody needs that, as root: echo > " +
				     std::string{override_file});
	EXPECT_EQ(cause, Cause::driver_bound);
	EXPECT_THAT(kernel.writes, IsEmpty());
}

TEST_F(Binding, TakesAnOverrideThatIsEmptyForNone)
{
	for (const char *none : {"", "\n"}) {
		kernel.sysfs.write(override_file, none);
		detail::grant(kernel.device(), {}, kernel.writer());
		EXPECT_EQ(kernel.device().driver(), "pcipeek");
		kernel.sysfs.set_driver(test::memory_board().address, std::nullopt);
	}
}

TEST_F(Binding, LeavesAnOverrideThatIsMeantToStay)
{
	kernel.sysfs.write(override_file, "pcipeek\n");
	detail::grant(kernel.device(), {}, kernel.writer());
	EXPECT_EQ(kernel.driver_override(), "pcipeek\n");
	EXPECT_THAT(kernel.writes, ElementsAre("pcipeek/bind = 0000:05:0d.0"));
}

TEST_F(Binding, RefusesABridge)
{
	kernel.sysfs.add({.address = {}, .class_code = 0x060000});
	try {
		detail::grant(lspci({.class_code = 0x060000}).at(0), {}, kernel.writer());
		FAIL();
	} catch (const Error &error) {
		EXPECT_EQ(error.cause(), Cause::unsupported);
		EXPECT_THAT(error.what(), HasSubstr("it is a bridge"));
	}
	EXPECT_THAT(kernel.writes, IsEmpty());
}

TEST_F(Binding, RefusesAFunctionWhoseHeaderIsABridges)
{
	const Device device = kernel.device();
	std::string config(64, '\0');
	config[0x0e] = '\x81'; // a bridge, one of several functions
	kernel.sysfs.write("/sys/devices/0000:05:0d.0/config", config);
	EXPECT_THAT(refusal(), HasSubstr("it is a bridge"));
}

TEST_F(Binding, RefusesAFunctionThatDoesNotAnswer)
{
	kernel.sysfs.write("/sys/devices/0000:05:0d.0/config", std::string(64, '\xff'));
	EXPECT_THAT(refusal(), HasSubstr("it does not answer"));
	EXPECT_THAT(kernel.writes, IsEmpty());
}

TEST_F(Binding, WithoutTheModuleSaysHowToLoadIt)
{
	std::remove(kernel.sysfs.real_path("/sys/bus/pci/drivers/pcipeek/bind").c_str());
	EXPECT_THAT(refusal(), HasSubstr("modprobe pcipeek"));
	EXPECT_EQ(cause, Cause::no_module);
	EXPECT_THAT(kernel.writes, IsEmpty());
}

TEST_F(Binding, ByAUserSaysThatItNeedsRoot)
{
	kernel.not_root = true;
	EXPECT_EQ(refusal(), "cannot bind 0000:05:0d.0: only root may do this; try it with sudo");
	EXPECT_EQ(cause, Cause::needs_root);
	EXPECT_THAT(kernel.writes, ElementsAre("0000:05:0d.0/driver_override = pcipeek"));
}

TEST_F(Binding, OfADeviceThatIsGoneSaysSo)
{
	const Device device = kernel.device();
	kernel.sysfs.remove(device.address());
	try {
		detail::grant(device, {}, kernel.writer());
		FAIL();
	} catch (const Error &error) {
		EXPECT_EQ(error.cause(), Cause::gone);
	}
}

// The kernel takes the device away before, between and after the writes of bind().
TEST_F(Binding, OfADeviceThatGoesAtAnyMomentSaysThatItIsGone)
{
	for (const char *file : {"driver_override", "serial/unbind", "pcipeek/bind"}) {
		FakeKernel racing;
		racing.sysfs.set_driver(test::memory_board().address, "serial");
		const auto writer = racing.writer();
		const Error error = test::refusal_of([&] {
			detail::grant(
				racing.device(), {.force = true},
				[&](const std::string &path, std::string_view text) {
					if (path.ends_with(file))
						racing.sysfs.remove(test::memory_board().address);
					if (!detail::sysfs::exists(override_file))
						return path.ends_with("bind") ? ENODEV : ENOENT;
					return writer(path, text);
				});
		});
		EXPECT_EQ(error.cause(), Cause::gone) << file;
		EXPECT_EQ(error.code(), std::errc::no_such_device) << file;
		EXPECT_STREQ(error.what(), "cannot bind 0000:05:0d.0: the device is gone") << file;
	}
}

TEST_F(Binding, OfADeviceWhoseOverrideIsGoneSaysThatItIsGone)
{
	const Device device = kernel.device();
	for (const int code : {ENOENT, ENODEV}) {
		const Error error = test::refusal_of([&] {
			detail::grant(device, {}, [code](const std::string &, std::string_view) {
				return code;
			});
		});
		EXPECT_EQ(error.code(), std::errc::no_such_device) << code;
		EXPECT_EQ(error.cause(), Cause::gone) << code;
	}
}

TEST_F(Binding, TriesNothingMoreForADeviceThatGoesWithItsDriver)
{
	kernel.sysfs.set_driver(test::memory_board().address, "serial");
	const auto writer = kernel.writer();
	const Error error = test::refusal_of([&] {
		detail::grant(kernel.device(), {.force = true},
			      [&](const std::string &path, std::string_view text) {
				      const int code = writer(path, text);
				      if (path.ends_with("/serial/unbind"))
					      kernel.sysfs.remove(test::memory_board().address);
				      return code;
			      });
	});
	EXPECT_EQ(error.cause(), Cause::gone);
	EXPECT_THAT(kernel.writes, Not(Contains("pcipeek/bind = 0000:05:0d.0")));
}

TEST_F(Binding, OfADeviceThatWasReplacedMeanwhileSaysToTryAgain)
{
	kernel.probe_error = ENODEV;
	EXPECT_THAT(refusal(), HasSubstr("removed and found again in the meantime; try again"));
}

TEST_F(Binding, WhileTheModuleIsUnloadedSaysHowToLoadIt)
{
	kernel.probe_error = ENOENT;
	EXPECT_THAT(refusal(), HasSubstr("modprobe pcipeek"));
	EXPECT_EQ(cause, Cause::no_module);
}

TEST_F(Binding, IsNotUndoneByHalfForADeviceThatGoes)
{
	kernel.sysfs.set_driver(test::memory_board().address, "pcipeek");
	const Error error = test::refusal_of([&] {
		detail::revoke(kernel.device(), [&](const std::string &, std::string_view) {
			kernel.sysfs.remove(test::memory_board().address);
			return ENODEV;
		});
	});
	EXPECT_EQ(error.cause(), Cause::gone);
}

TEST_F(Binding, WithoutSysfsSaysSo)
{
	const Device device = kernel.device();
	std::filesystem::remove_all(kernel.sysfs.real_path("/sys"));
	const Error error = test::refusal_of([&] { detail::grant(device, {}, kernel.writer()); });
	EXPECT_EQ(error.cause(), Cause::no_sysfs);
	EXPECT_THAT(error.what(), HasSubstr("/sys is not mounted"));
	EXPECT_THAT(kernel.writes, IsEmpty());
}

TEST_F(Binding, IsUndoneByUnbinding)
{
	detail::grant(kernel.device(), {}, kernel.writer());
	detail::revoke(kernel.device(), kernel.writer());
	EXPECT_EQ(kernel.device().driver(), std::nullopt);
	EXPECT_EQ(kernel.writes.back(), "pcipeek/unbind = 0000:05:0d.0");
}

TEST_F(Binding, ThatIsNotUndoneAlthoughTheWriteSucceededSaysSo)
{
	kernel.sysfs.set_driver(test::memory_board().address, "pcipeek");
	const auto revoke = [&](int code) {
		return test::refusal_of([&] {
			detail::revoke(kernel.device(), [code](const std::string &,
							       std::string_view) { return code; });
		});
	};

	EXPECT_STREQ(revoke(0).what(), "cannot unbind 0000:05:0d.0: it is still bound; see dmesg "
				       "for the reason");
	EXPECT_EQ(revoke(0).code(), std::errc::device_or_resource_busy);
	EXPECT_EQ(revoke(EACCES).cause(), Cause::needs_root);
}

TEST_F(Binding, IsNotUndoneForADeviceWithoutADriver)
{
	const Error error =
		test::refusal_of([&] { detail::revoke(kernel.device(), kernel.writer()); });
	EXPECT_STREQ(error.what(), "cannot unbind 0000:05:0d.0: it is not granted to pcipeek; it "
				   "has no driver");
	EXPECT_THAT(kernel.writes, IsEmpty());
}

TEST_F(Binding, IsNotUndoneForADeviceThatIsGone)
{
	const Device device = kernel.device();
	kernel.sysfs.remove(device.address());
	const Error error = test::refusal_of([&] { detail::revoke(device, kernel.writer()); });
	EXPECT_EQ(error.cause(), Cause::gone);
	EXPECT_THAT(kernel.writes, IsEmpty());
}

TEST_F(Binding, IsNotUndoneForADeviceThatIsNotOurs)
{
	kernel.sysfs.set_driver(test::memory_board().address, "serial");
	try {
		detail::revoke(kernel.device(), kernel.writer());
		FAIL();
	} catch (const Error &error) {
		EXPECT_EQ(error.cause(), Cause::not_granted);
		EXPECT_EQ(error.code(), std::errc::invalid_argument);
		EXPECT_THAT(error.what(), HasSubstr("the driver serial has it"));
	}
	EXPECT_THAT(kernel.writes, IsEmpty());
}

} // namespace
} // namespace pcipeek
