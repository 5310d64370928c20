// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "errors.hpp"
#include "output/report.hpp"
#include "verb_run.hpp"

#include <gmock/gmock.h>

namespace pcipeek::tools {
namespace {

using ::testing::IsEmpty;

/* What it does when all is well is tested in the virtual machine. */
class AnExec : public AVerbOnABoard {};

TEST_F(AnExec, NeedsAProgram)
{
	EXPECT_EQ(run(exec_verb, {}),
		  failed(2, "exec: PROGRAM is required; see 'pcipeek exec --help'"));
	EXPECT_EQ(run(exec_verb, {"--bar", "0", "--"}),
		  failed(2, "exec: PROGRAM is required; see 'pcipeek exec --help'"));
}

TEST_F(AnExec, NeedsBarsThatTheDeviceHas)
{
	EXPECT_EQ(run(exec_verb, {"--bar", "6", "--", "true"}),
		  failed(2, "exec: '6', column 1: there is no such BAR; use 0 to 5"));
	EXPECT_EQ(run(exec_verb, {"--bar", "bar0", "--", "true"}).status, 2);
	EXPECT_EQ(run(exec_verb, {"--bar", "0", "--bar", "3", "--", "true"}).status, 5);
	EXPECT_THAT(seen(), IsEmpty());
}

TEST_F(AnExec, MapsNothingForeign)
{
	EXPECT_EQ(run(exec_verb, {"--foreign", "--map", "true"}),
		  failed(2, "exec: --map excludes --foreign; see 'pcipeek exec --help'"));
}

TEST_F(AnExec, GivesBusMasteringOnlyWithTheRightToWriteToAGrantedDevice)
{
	EXPECT_EQ(run(exec_verb, {"--bus-master", "--read-only", "true"}),
		  failed(2, "exec: --read-only excludes --bus-master; see 'pcipeek exec --help'"));
	EXPECT_EQ(run(exec_verb, {"--bus-master", "--foreign", "true"}),
		  failed(2, "exec: --foreign excludes --bus-master; see 'pcipeek exec --help'"));
}

TEST(AProgramThatDoesNotRun, HasTheExitStatusOfAShell)
{
	EXPECT_EQ(error_line("exec", NotRun(ENOENT, "nothing")),
		  "pcipeek: exec: cannot run 'nothing': No such file or directory\n");
	EXPECT_EQ(exit_status(NotRun(ENOENT, "nothing")), ExitStatus::not_found);
	EXPECT_EQ(exit_status(NotRun(EACCES, "/etc")), ExitStatus::cannot_run);
	EXPECT_EQ(static_cast<int>(ExitStatus::not_found), 127);
	EXPECT_EQ(static_cast<int>(ExitStatus::cannot_run), 126);
}

} // namespace
} // namespace pcipeek::tools
