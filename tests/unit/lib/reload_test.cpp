// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "fake_sysfs.hpp"
#include "refusal.hpp"
#include "sysfs/reloading.hpp"
#include "sysfs/sysfs.hpp"

#include <pcipeek/pcipeek.hpp>

#include <gmock/gmock.h>

#include <cerrno>
#include <filesystem>

namespace pcipeek {
namespace {

using namespace std::chrono_literals;
using test::FakeSysfs;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char *override_file = "/sys/bus/pci/devices/0000:05:0d.0/driver_override";

// Removes and finds one board, and binds it, as Linux does by sysfs.
class FakeKernel {
public:
	FakeKernel()
	{
		// A bus that is never empty: umockdev would remove it, which no kernel does.
		sysfs.add(test::io_board());
		sysfs.add(returning);
		sysfs.write("/sys/devices/0000:05:0d.0/remove", "");
		sysfs.write("/sys/bus/pci/rescan", "");
		for (const char *driver : {"pcipeek", "serial"})
			for (const char *file : {"bind", "unbind"})
				sysfs.write("/sys/bus/pci/drivers/" + std::string{driver} + "/" +
						    file,
					    "");
	}

	Device device() const
	{
		return lspci({.address = test::memory_board().address}).at(0);
	}

	std::optional<std::string> driver() const
	{
		return detail::sysfs::driver_of(test::memory_board().address);
	}

	void bind(const std::string &driver)
	{
		sysfs.set_driver(test::memory_board().address, driver);
	}

	detail::SysfsWriter writer()
	{
		return [this](const std::string &path, std::string_view text) {
			writes.push_back(path.substr(path.rfind('/', path.rfind('/') - 1) + 1));
			return obey(path, std::string{text});
		};
	}

	FakeSysfs sysfs;
	std::vector<std::string> writes;
	test::SysfsDevice returning = test::memory_board();
	std::optional<std::string> native_driver; // binds whatever is found
	int absent_for = 0; // so many rescans find nothing
	int remove_error = 0;

private:
	int obey(const std::string &path, const std::string &text)
	{
		if (path.ends_with("/driver_override"))
			sysfs.write(path, text == "\n" ? "(null)\n" : text);
		else if (path.ends_with("/remove"))
			return remove();
		else if (path.ends_with("/rescan"))
			find();
		else if (path.ends_with("/unbind"))
			sysfs.set_driver(returning.address, std::nullopt);
		else if (path.ends_with("/pcipeek/bind"))
			return probe();
		else if (path.ends_with("/drivers_probe"))
			sysfs.set_driver(returning.address, override_name());
		return 0;
	}

	int remove()
	{
		if (!remove_error)
			sysfs.remove(returning.address);
		return remove_error;
	}

	void find()
	{
		if (absent_for-- > 0)
			return;
		sysfs.add(returning);
		sysfs.set_driver(returning.address, native_driver);
	}

	int probe()
	{
		if (override_name() != "pcipeek")
			return ENODEV;
		sysfs.set_driver(returning.address, "pcipeek");
		return 0;
	}

	std::string override_name() const
	{
		const std::string text = detail::sysfs::read_file(override_file).value_or("");
		return text.substr(0, text.find('\n'));
	}
};

class Reloading : public testing::Test {
protected:
	Reloaded reload(const ReloadOptions &options = {.timeout = 0ms})
	{
		return detail::remove_and_rescan(kernel.device(), options, kernel.writer());
	}

	// Why it fails; the cause is in `cause`.
	std::string refusal(const ReloadOptions &options = {.timeout = 0ms})
	{
		try {
			reload(options);
		} catch (const Error &error) {
			cause = error.cause();
			return error.what();
		}
		return "no error";
	}

	void expect_untouched() const
	{
		EXPECT_THAT(kernel.writes, IsEmpty());
	}

	FakeKernel kernel;
	Cause cause = Cause::other;
};

TEST_F(Reloading, RemovesTheDeviceAndFindsItAgain)
{
	EXPECT_FALSE(reload().bound);
	EXPECT_THAT(kernel.writes, ElementsAre("0000:05:0d.0/remove", "pci/rescan"));
	EXPECT_EQ(kernel.driver(), std::nullopt);
}

TEST_F(Reloading, GivesTheDeviceAsItIsNow)
{
	kernel.returning.resources[0] = {0xa0000000, 0xa000003f, test::mem_bar};
	EXPECT_EQ(reload().device.bar(0).addr(), 0xa0000000u);
}

TEST_F(Reloading, BindsAGrantedDeviceAgain)
{
	kernel.bind("pcipeek");
	EXPECT_TRUE(reload().bound);
	EXPECT_EQ(kernel.driver(), "pcipeek");
	EXPECT_EQ(detail::sysfs::read_file(override_file), "(null)\n");
}

TEST_F(Reloading, TakesAGrantedDeviceFromTheDriverThatFoundIt)
{
	kernel.bind("pcipeek");
	kernel.native_driver = "serial";
	EXPECT_TRUE(reload().bound);
	EXPECT_EQ(kernel.driver(), "pcipeek");
}

TEST_F(Reloading, RestoresAnOverrideThatIsMeantToStay)
{
	kernel.bind("pcipeek");
	kernel.sysfs.write(override_file, "pcipeek\n");
	EXPECT_TRUE(reload().bound);
	EXPECT_EQ(kernel.driver(), "pcipeek");
	EXPECT_EQ(detail::sysfs::read_file(override_file), "pcipeek\n");
}

TEST_F(Reloading, RestoresTheDriverThatAnOverrideNames)
{
	kernel.bind("vfio-pci");
	kernel.sysfs.write(override_file, "vfio-pci\n");
	kernel.native_driver = "serial";
	EXPECT_FALSE(reload({.force = true, .timeout = 0ms}).bound);
	EXPECT_EQ(kernel.driver(), "vfio-pci");
	EXPECT_EQ(detail::sysfs::read_file(override_file), "vfio-pci\n");
}

TEST_F(Reloading, LeavesADeviceThatADriverHasUnlessItIsForced)
{
	kernel.bind("serial");
	EXPECT_EQ(refusal(),
		  "cannot reload 0000:05:0d.0: the driver serial has it; to reload it anyway, as "
		  "root: pcipeek reload --force 0000:05:0d.0");
	EXPECT_EQ(cause, Cause::driver_bound);
	expect_untouched();

	kernel.native_driver = "serial";
	EXPECT_FALSE(reload({.force = true, .timeout = 0ms}).bound);
	EXPECT_EQ(kernel.driver(), "serial");
}

TEST_F(Reloading, LooksAgainForADeviceThatIsSlow)
{
	kernel.absent_for = 1;
	EXPECT_NO_THROW(reload({.timeout = 10s}));
}

TEST_F(Reloading, SaysThatTheDeviceDidNotComeBack)
{
	kernel.absent_for = 1;
	EXPECT_EQ(refusal(), "cannot reload 0000:05:0d.0: it did not come back within 0 ms; to "
			     "look for it again, as root: echo 1 > /sys/bus/pci/rescan");
	EXPECT_EQ(cause, Cause::timed_out);
}

TEST_F(Reloading, NeverBindsAnotherDeviceThatCameBack)
{
	kernel.bind("pcipeek");
	kernel.returning.device = 0xabcd;
	EXPECT_THAT(refusal(), HasSubstr("1147:abcd came back in its place, which was 1147:0c8e"));
	EXPECT_EQ(cause, Cause::gone);
	EXPECT_EQ(kernel.driver(), std::nullopt);
}

TEST_F(Reloading, RefusesABridge)
{
	kernel.sysfs.write("/sys/devices/0000:05:0d.0/config", std::string(64, '\x01'));
	EXPECT_THAT(refusal({.force = true, .timeout = 0ms}), HasSubstr("it is a bridge"));
	EXPECT_EQ(cause, Cause::unsupported);
	expect_untouched();
}

TEST_F(Reloading, RefusesAVirtualFunction)
{
	kernel.sysfs.write("/sys/devices/0000:05:0d.0/physfn/vendor", "");
	EXPECT_THAT(refusal(), HasSubstr("it is a virtual function"));
	expect_untouched();
}

TEST_F(Reloading, RefusesAFunctionWhoseVirtualFunctionsAreEnabled)
{
	kernel.sysfs.write("/sys/devices/0000:05:0d.0/sriov_numvfs", "2\n");
	EXPECT_THAT(refusal(), HasSubstr("2 of its virtual functions are enabled"));
	expect_untouched();
}

TEST_F(Reloading, OfABoardThatDoesNotAnswerIsTried)
{
	kernel.sysfs.write("/sys/devices/0000:05:0d.0/config", std::string(64, '\xff'));
	EXPECT_NO_THROW(reload());
}

TEST_F(Reloading, RemovesNothingIfItCannotLookForItAgain)
{
	std::remove(kernel.sysfs.real_path("/sys/bus/pci/rescan").c_str());
	EXPECT_THAT(refusal(), HasSubstr("cannot reload"));
	expect_untouched();
}

TEST_F(Reloading, ByAUserSaysThatItNeedsRoot)
{
	kernel.remove_error = EACCES;
	EXPECT_EQ(refusal(),
		  "cannot reload 0000:05:0d.0: only root may reload it; try it with sudo");
	EXPECT_EQ(cause, Cause::needs_root);
}

TEST_F(Reloading, OfADeviceThatIsGoneSaysSo)
{
	const Device device = kernel.device();
	kernel.sysfs.remove(device.address());
	const Error error =
		test::refusal_of([&] { detail::remove_and_rescan(device, {}, kernel.writer()); });
	EXPECT_STREQ(error.what(), "cannot reload 0000:05:0d.0: the device is gone");
	EXPECT_EQ(error.cause(), Cause::gone);
	expect_untouched();
}

TEST_F(Reloading, RestoresNoOverrideThatIsEmpty)
{
	kernel.sysfs.write(override_file, "\n");
	reload();
	EXPECT_THAT(kernel.writes, ElementsAre("0000:05:0d.0/remove", "pci/rescan"));
}

TEST_F(Reloading, LeavesTheDriverThatFoundItIfItIsTheSame)
{
	kernel.bind("vfio-pci");
	kernel.sysfs.write(override_file, "vfio-pci\n");
	kernel.native_driver = "vfio-pci";
	reload({.force = true, .timeout = 0ms});
	EXPECT_THAT(kernel.writes, ElementsAre("0000:05:0d.0/remove", "pci/rescan",
					       "0000:05:0d.0/driver_override"));
}

TEST_F(Reloading, LetsTheOverrideFindTheDriverThatItHad)
{
	kernel.bind("vfio-pci");
	kernel.sysfs.write(override_file, "vfio-pci\n");
	reload({.force = true, .timeout = 0ms});
	EXPECT_THAT(kernel.writes,
		    ElementsAre("0000:05:0d.0/remove", "pci/rescan", "0000:05:0d.0/driver_override",
				"pci/drivers_probe"));
}

TEST_F(Reloading, TakesItFromTheDriverThatFoundItIfItHadNone)
{
	kernel.sysfs.write(override_file, "vfio-pci\n");
	kernel.native_driver = "serial";
	reload();
	EXPECT_THAT(kernel.writes, ElementsAre("0000:05:0d.0/remove", "pci/rescan",
					       "0000:05:0d.0/driver_override", "serial/unbind"));
	EXPECT_EQ(kernel.driver(), std::nullopt);
}

TEST_F(Reloading, KeepsTheErrorOfEachWrite)
{
	for (const char *file : {"/remove", "/rescan", "/driver_override"}) {
		FakeKernel other;
		other.sysfs.write(override_file, "vfio-pci\n");
		const auto write = other.writer();
		const auto refuse = [&](const std::string &path, std::string_view text) {
			return path.ends_with(file) ? EACCES : write(path, text);
		};
		const Error error = test::refusal_of([&] {
			detail::remove_and_rescan(other.device(), {.timeout = 0ms}, refuse);
		});
		EXPECT_EQ(error.code().value(), EACCES) << file;
		EXPECT_EQ(error.cause(), Cause::needs_root) << file;
	}
}

TEST_F(Reloading, PausesBetweenTheLooks)
{
	kernel.absent_for = 1000000;
	EXPECT_THAT(refusal({.timeout = 120ms}), HasSubstr("did not come back within 120 ms"));
	EXPECT_LT(kernel.writes.size(), 10u);
}

TEST_F(Reloading, TellsAnotherVendorsDeviceFromItsOwn)
{
	kernel.returning.vendor = 0xabcd;
	EXPECT_THAT(refusal(), HasSubstr("abcd:0c8e came back in its place, which was 1147:0c8e"));
}

// The bridge's directory is above the device's; the device itself never goes.
class ReloadingBehindABridge : public testing::Test {
protected:
	ReloadingBehindABridge()
	{
		namespace fs = std::filesystem;
		sysfs.add(test::memory_board());
		const fs::path link = sysfs.real_path("/sys/bus/pci/devices/0000:05:0d.0");
		const fs::path place = sysfs.real_path("/sys/devices/0000:00:1c.0/0000:05:0d.0");
		fs::create_directories(place.parent_path());
		fs::rename(sysfs.real_path("/sys/devices/0000:05:0d.0"), place);
		fs::remove(link);
		fs::create_symlink("../../../devices/0000:00:1c.0/0000:05:0d.0", link);
		for (const char *file : {"0000:05:0d.0/remove", "rescan", "power/control"})
			sysfs.write(bridge + file, "");
	}

	// What is written, without the text where that is always 1.
	std::vector<std::string> writes(int control_error = 0)
	{
		std::vector<std::string> all;
		const Device device = lspci({.address = test::memory_board().address}).at(0);
		detail::remove_and_rescan(
			device, {.timeout = std::chrono::milliseconds{0}},
			[&](const std::string &path, std::string_view text) {
				const auto start = path.rfind("/0000:");
				all.push_back(path.substr(start + 1) + " " +
					      std::string{text.substr(0, text.find('\n'))});
				return path.ends_with("/control") ? control_error : 0;
			});
		return all;
	}

	FakeSysfs sysfs;
	const std::string bridge = "/sys/devices/0000:00:1c.0/";
};

TEST_F(ReloadingBehindABridge, KeepsTheBridgeAwakeMeanwhile)
{
	sysfs.write(bridge + "power/control", "auto\n");
	EXPECT_THAT(writes(),
		    ElementsAre("0000:00:1c.0/power/control on", "0000:05:0d.0/remove 1",
				"0000:00:1c.0/rescan 1", "0000:00:1c.0/power/control auto"));
}

TEST_F(ReloadingBehindABridge, LeavesABridgeAloneThatNeverSleeps)
{
	sysfs.write(bridge + "power/control", "on\n");
	EXPECT_THAT(writes(), ElementsAre("0000:05:0d.0/remove 1", "0000:00:1c.0/rescan 1"));
}

TEST_F(ReloadingBehindABridge, RestoresNothingThatItCouldNotChange)
{
	sysfs.write(bridge + "power/control", "auto\n");
	EXPECT_THAT(writes(EACCES), ElementsAre("0000:00:1c.0/power/control on",
						"0000:05:0d.0/remove 1", "0000:00:1c.0/rescan 1"));
}

} // namespace
} // namespace pcipeek
