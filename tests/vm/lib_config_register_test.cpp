/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#include "command.hpp"
#include "library.hpp"
#include "machine.hpp"

#include <gmock/gmock.h>

#include <map>

/* The values of registers, by the library and by setpci. The unit tests compare the names. */
namespace {

using pcipeek::Cause;
using pcipeek::Config;
using pcipeek::ConfigBase;
using pcipeek::ConfigRegister;
using pcipeek::Device;
using pcipeek::Width;
using testing::HasSubstr;
using vm::device_at;
using vm::hex;
using vm::output_of;

using vm::edu;
const std::string &port = vm::bridge;

/* The values that setpci prints for all of them; it ends at the first that is not there. */
std::string values_by_setpci(const std::string &address, const std::vector<std::string> &names)
{
	std::string command = "setpci -s " + address;
	for (const std::string &name : names)
		command += " " + name;
	return output_of(command + " 2>&1");
}

/* Of those that the device does not have, setpci says so by one name at a time. */
void expect_absent(const std::string &address, const std::string &name)
{
	EXPECT_THAT(values_by_setpci(address, {name}),
		    testing::AnyOf(HasSubstr("not found"), HasSubstr("Does not have register")))
		<< name;
}

bool has(const Config &config, const ConfigRegister &reg)
{
	try {
		config.locate(reg);
		return true;
	} catch (const pcipeek::Error &error) {
		EXPECT_EQ(error.cause(), Cause::absent) << error.what();
		return false;
	}
}

TEST(RegisterNames, LeadToTheValuesThatSetpciPrints)
{
	std::size_t found = 0;
	for (const Device &device : pcipeek::lspci()) {
		const std::string address = to_string(device.address());
		SCOPED_TRACE(address);
		const Config config{device};
		std::vector<std::string> names;
		std::string values;
		for (const ConfigRegister &reg : pcipeek::config_registers()) {
			if (!has(config, reg))
				continue;
			const Width width = reg.width.value_or(Width::w32);
			names.push_back(std::string{reg.name} + (reg.width ? "" : ".l"));
			values += hex(config.read_value(config.locate(reg), width),
				      static_cast<int>(bytes(width)) * 2) +
				  "\n";
			found += reg.base != ConfigBase::header;
		}
		EXPECT_EQ(values_by_setpci(address, names), values);
	}
	EXPECT_GT(found, 10u);
}

/* A few: setpci is started for each name, in a slow machine. The unit tests have all. */
TEST(RegisterNames, ThatADeviceDoesNotHaveLeadNowhere)
{
	const std::map<std::string, std::vector<std::string>> absent{
		{edu, {"PRIMARY_BUS", "CB_BUS_NUMBER", "CAP_AGP.l", "ECAP_AER.l"}},
		{port, {"ROM_ADDRESS", "CB_BUS_NUMBER", "CAP_AGP.l", "ECAP_SRIOV.l"}}};

	for (const auto &[address, names] : absent)
		for (const std::string &name : names) {
			const auto reg =
				pcipeek::find_config_register(name.substr(0, name.find('.')));
			EXPECT_FALSE(has(Config{device_at(address)}, reg.value())) << name;
			expect_absent(address, name);
		}
}

} // namespace
