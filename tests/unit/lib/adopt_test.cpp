// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "fake_channel.hpp"
#include "file_limit.hpp"
#include "refusal.hpp"

#include <pcipeek/pcipeek.hpp>

#include <gmock/gmock.h>

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

namespace pcipeek {
namespace {

// Attachments that really can be adopted are in the virtual machine.
class ADescriptor : public testing::Test {
protected:
	Cause cause_of_adopting(int fd)
	{
		const Error error = test::refusal_of([fd] { Device::adopt(fd); });
		EXPECT_EQ(error.code(), std::errc::invalid_argument);
		return error.cause();
	}

	void SetUp() override
	{
		ASSERT_GE(null_, 0);
	}

	void TearDown() override
	{
		::close(null_);
	}

	int null_ = ::open("/dev/null", O_RDWR | O_CLOEXEC);
};

TEST_F(ADescriptor, ThatIsNoneIsNotAdopted)
{
	EXPECT_EQ(cause_of_adopting(-1), Cause::invalid);
	EXPECT_EQ(cause_of_adopting(9999), Cause::invalid);
}

TEST_F(ADescriptor, OfAnotherFileIsNotAdoptedAndStaysWithItsOwner)
{
	EXPECT_EQ(cause_of_adopting(null_), Cause::wrong_module);
	EXPECT_GE(::fcntl(null_, F_GETFD), 0) << "still open";
}

TEST_F(ADescriptor, OfAPipeIsNotEvenAsked)
{
	std::array<int, 2> ends{};
	ASSERT_EQ(::pipe(ends.data()), 0);
	EXPECT_EQ(cause_of_adopting(ends[0]), Cause::invalid);
	EXPECT_EQ(::close(ends[0]), 0);
	EXPECT_EQ(::close(ends[1]), 0);
}

class TheVariable : public ADescriptor {
protected:
	void TearDown() override
	{
		::unsetenv("PCIPEEK_FD");
		ADescriptor::TearDown();
	}
};

TEST_F(TheVariable, ThatNamesNoOpenFileOfTheModuleIsAnErrorAndNothingElseIsOpened)
{
	const std::string null = std::to_string(null_);
	for (const std::string &value :
	     {std::string{}, std::string{"-1"}, std::string{"9999"}, std::string{"99999999999"},
	      null, null + " ", "0x" + null}) {
		test::FakeBoard board{test::memory_board_identity()};
		const Device device = board.device();
		::setenv("PCIPEEK_FD", value.c_str(), 1);
		const auto cause = [](const auto &action) {
			return test::refusal_of(action).cause();
		};
		EXPECT_EQ(cause([&] { read<std::uint8_t>(device.bar(0), 3); }), Cause::invalid)
			<< value;
		EXPECT_EQ(cause([&] { device.open({.write = true}); }), Cause::invalid) << value;
		EXPECT_EQ(cause([&] { device.drop_rights({}); }), Cause::invalid) << value;
		EXPECT_EQ(cause([&] { device.state(); }), Cause::invalid) << value;
		EXPECT_THAT(board.openings(), testing::IsEmpty()) << value;
	}
	EXPECT_GE(::fcntl(null_, F_GETFD), 0) << "still open";
}

TEST_F(TheVariable, TellsWhatIsWrongWithIt)
{
	test::FakeBoard board{test::memory_board_identity()};
	::setenv("PCIPEEK_FD", "9999", 1);
	try {
		board.device().open();
		FAIL();
	} catch (const Error &error) {
		EXPECT_STREQ(error.what(),
			     "cannot open 0000:05:0d.0: PCIPEEK_FD is 9999, a descriptor that is "
			     "not open; unset it to open the device without it");
		EXPECT_EQ(error.code(), std::errc::bad_file_descriptor);
	}
}

TEST_F(TheVariable, TellsWhatItIs)
{
	const std::string null = std::to_string(null_);
	const std::string no_device = ", which is not an open file of /dev/pcipeek; ";
	const std::vector<std::pair<std::string, std::string>> cases{
		{"-1", "PCIPEEK_FD is '-1', which is not a descriptor; "},
		{null + " ", "PCIPEEK_FD is '" + null + " ', which is not a descriptor; "},
		{"0", "PCIPEEK_FD is 0, "},
		{null, "PCIPEEK_FD is " + null + no_device},
	};
	for (const auto &[value, why] : cases) {
		test::FakeBoard board{test::memory_board_identity()};
		::setenv("PCIPEEK_FD", value.c_str(), 1);
		errno = EBADF; // of something before
		EXPECT_THAT(test::refusal_of([&] { board.device().open(); }).what(),
			    testing::HasSubstr(why));
	}
}

TEST_F(TheVariable, IsOfNoUseToAProgramWithTooManyFiles)
{
	test::FakeBoard board{test::memory_board_identity()};
	::setenv("PCIPEEK_FD", std::to_string(null_).c_str(), 1);
	const test::Limit limit{RLIMIT_NOFILE, 1};
	EXPECT_EQ(test::refusal_of([&] { board.device().open(); }).code().value(), EMFILE);
}

} // namespace
} // namespace pcipeek
