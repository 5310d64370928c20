// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "fake_sysfs.hpp"

#include <pcipeek/pcipeek.hpp>

#include <gmock/gmock.h>

namespace pcipeek {
namespace {

// No fake channel here: the real one, on a machine without the module.
class TheNode : public testing::Test {
protected:
	void SetUp() override
	{
		sysfs.add(test::memory_board());
	}

	Cause cause_of_a_read()
	{
		try {
			read<std::uint8_t>(lspci({.device = 0x0c8e}).at(0).bar(0), 0);
		} catch (const Error &error) {
			return error.cause();
		}
		return Cause::other;
	}

	test::FakeSysfs sysfs;
};

TEST_F(TheNode, ThatIsMissingMeansThatTheModuleIsNotLoaded)
{
	EXPECT_EQ(cause_of_a_read(), Cause::no_module);
}

TEST_F(TheNode, ThatIsAPlainFileIsNotTheModule)
{
	sysfs.write("/dev/pcipeek", "");
	EXPECT_EQ(cause_of_a_read(), Cause::wrong_module);
}

} // namespace
} // namespace pcipeek
