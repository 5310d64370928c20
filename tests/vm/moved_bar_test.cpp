// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// A BAR that gets another address while it is in use, as by the resizing of sysfs.

#include <gtest/gtest.h>
#include <poll.h>

#include <cerrno>
#include <chrono>
#include <ostream>
#include <string>
#include <thread>
#include <vector>

#include "attachment.hpp"
#include "bar_mover.hpp"
#include "machine.hpp"
#include "readers.hpp"
#include "trace.hpp"

namespace {

using vm::Granted;
using vm::Readers;
using vm::Attachment;

using vm::edu;
constexpr std::uint32_t identification = 0x010000ed;

/* The first line of sysfs' table: BAR 0. */
std::string place_of_bar(const std::string &address)
{
	const std::string table = vm::text_of("/sys/bus/pci/devices/" + address + "/resource");
	return table.substr(0, table.find(' '));
}

class AMovedBar : public testing::Test {
protected:
	const vm::BarMover mover_;
};

/* Of each call: the answer, and that nothing of it reached the board. */
TEST_F(AMovedBar, OfAForeignFunctionIsENODEVAndNoAccess)
{
	const Attachment attachment(edu, vm::all_rights, PCIPEEK_ATTACH_FOREIGN);
	pcipeek_access access = vm::access_at(0, 0, 4);
	ASSERT_EQ(0, attachment.read(access));
	ASSERT_EQ(identification, access.value);
	const std::string before = place_of_bar(edu);
	ASSERT_EQ(0, mover_.move(edu, 0));
	ASSERT_NE(before, place_of_bar(edu));

	const vm::Mark mark = vm::mark_trace();
	EXPECT_EQ(ENODEV, attachment.read(access));
	EXPECT_EQ(ENODEV, attachment.write(vm::access_at(0, 4, 4, 1)));
	std::uint32_t word = 0;
	pcipeek_block block = vm::block_at(0, 0, 4, 1, &word);
	EXPECT_EQ(ENODEV, attachment.block(block));
	std::vector<pcipeek_op> ops = vm::reads(2);
	pcipeek_batch batch = vm::batch_of(ops);
	EXPECT_EQ(ENODEV, attachment.ioctl(PCIPEEK_IOC_BATCH, &batch));
	EXPECT_EQ(0U, batch.done);
	EXPECT_EQ(std::vector<std::string>{}, vm::accesses_since(mark, edu));
}

TEST_F(AMovedBar, OfAForeignFunctionIsFoundByTheNextAttachment)
{
	const Attachment before(edu, vm::all_rights, PCIPEEK_ATTACH_FOREIGN);
	ASSERT_EQ(0, mover_.move(edu, 0));
	const Attachment attachment(edu, vm::all_rights, PCIPEEK_ATTACH_FOREIGN);
	pcipeek_access access = vm::access_at(0, 0, 4);
	EXPECT_EQ(0, attachment.read(access));
	EXPECT_EQ(identification, access.value);
	EXPECT_EQ(0, attachment.write(vm::access_at(0, 4, 4, 0x12345678)));
	access.offset = 4;
	EXPECT_EQ(0, attachment.read(access));
	EXPECT_EQ(~0x12345678U, access.value);
	EXPECT_EQ(ENODEV, before.read(access));
}

TEST_F(AMovedBar, UnderReadersIsDataOrAnError)
{
	const Attachment attachment(edu, vm::all_rights, PCIPEEK_ATTACH_FOREIGN);
	Readers readers(attachment, vm::access_at(0, 0, 4));
	ASSERT_EQ(0, mover_.move(edu, 0));
	vm::expect_value_until_gone(readers, identification);
}

/* Each of them, of a foreign attachment; what they answer, in this order: */
struct Answers {
	int read, write, block, reads, update;
};

bool operator==(const Answers &a, const Answers &b)
{
	return a.read == b.read && a.write == b.write && a.block == b.block && a.reads == b.reads &&
	       a.update == b.update;
}

std::ostream &operator<<(std::ostream &out, const Answers &answers)
{
	return out << answers.read << ' ' << answers.write << ' ' << answers.block << ' '
		   << answers.reads << ' ' << answers.update;
}

Answers ask_for_all(const Attachment &attachment)
{
	pcipeek_access access = vm::access_at(0, 0, 4);
	std::uint32_t word = 0;
	pcipeek_block block = vm::block_at(0, 0, 4, 1, &word);
	std::vector<pcipeek_op> ops = vm::reads(3);
	pcipeek_batch reads = vm::batch_of(ops);
	std::vector<pcipeek_op> update = vm::reads(1);
	update[0].code = PCIPEEK_OP_RMW;
	update[0].offset = 4;
	update[0].mask = 1;
	pcipeek_batch updates = vm::batch_of(update, std::chrono::seconds{1});
	return {attachment.read(access), attachment.write(vm::access_at(0, 4, 4, 1)),
		attachment.block(block), attachment.ioctl(PCIPEEK_IOC_BATCH, &reads),
		attachment.ioctl(PCIPEEK_IOC_BATCH, &updates)};
}

void expect_end(const Attachment &attachment, std::uint32_t reason)
{
	const pcipeek_device_info info = attachment.info();
	EXPECT_TRUE(info.state & PCIPEEK_STATE_ENDED);
	EXPECT_FALSE(info.state & PCIPEEK_STATE_LIVE);
	EXPECT_EQ(reason, info.end_reason);
}

short events_of(const Attachment &attachment, int timeout_ms)
{
	pollfd waiting{attachment.fd(), POLLPRI, 0};
	EXPECT_LE(0, ::poll(&waiting, 1, timeout_ms));
	return waiting.revents;
}

TEST_F(AMovedBar, EndsTheAttachmentForDeviceInfo)
{
	const Attachment attachment(edu, vm::all_rights, PCIPEEK_ATTACH_FOREIGN);
	ASSERT_EQ(0, mover_.move(edu, 0));
	expect_end(attachment, PCIPEEK_END_MOVED);
}

TEST_F(AMovedBar, EndsTheAttachmentForPoll)
{
	const Attachment attachment(edu, vm::all_rights, PCIPEEK_ATTACH_FOREIGN);
	EXPECT_EQ(0, events_of(attachment, 0));
	ASSERT_EQ(0, mover_.move(edu, 0));
	EXPECT_EQ(POLLHUP, events_of(attachment, 0));
}

/* Also for who asks while another one, or the module itself, is ending it. */
TEST_F(AMovedBar, EndsTheAttachmentForAllWhoAskAtOnce)
{
	for (int round = 0; round < 10; round++) {
		const Attachment attachment(edu, vm::all_rights, PCIPEEK_ATTACH_FOREIGN);
		ASSERT_EQ(0, mover_.move(edu, 0));
		std::thread other([&] { EXPECT_EQ(POLLHUP, events_of(attachment, 0)); });
		EXPECT_EQ(POLLHUP, events_of(attachment, 0));
		other.join();
		expect_end(attachment, PCIPEEK_END_MOVED);
	}
}

TEST_F(AMovedBar, WakesWhoWaitsInPoll)
{
	const Attachment attachment(edu, vm::all_rights, PCIPEEK_ATTACH_FOREIGN);
	short events = 0;
	std::thread waiting([&] { events = events_of(attachment, 20000); });
	std::this_thread::sleep_for(std::chrono::milliseconds{300});
	EXPECT_EQ(0, mover_.move(edu, 0));
	waiting.join();
	EXPECT_EQ(POLLHUP, events);
	expect_end(attachment, PCIPEEK_END_MOVED);
}

/* It is ended by who was refused, not only by who asks. */
TEST_F(AMovedBar, ThatComesBackAfterARefusalIsStillGone)
{
	const Attachment attachment(edu, vm::all_rights, PCIPEEK_ATTACH_FOREIGN);
	pcipeek_access access = vm::access_at(0, 0, 4);
	ASSERT_EQ(0, attachment.read(access));
	const std::string before = place_of_bar(edu);
	ASSERT_EQ(0, mover_.move(edu, 0));
	EXPECT_EQ(ENODEV, attachment.read(access));
	for (int i = 0; i < 8 && place_of_bar(edu) != before; i++)
		ASSERT_EQ(0, mover_.move(edu, 0));
	EXPECT_EQ(ENODEV, attachment.read(access));
	expect_end(attachment, PCIPEEK_END_MOVED);
}

/* What the mover does in another thread, at its pause. */
class Pause {
public:
	explicit Pause(int (*step)(const std::string &, unsigned))
	{
		vm::BarMover::pause(std::chrono::milliseconds{1500});
		thread_ = std::thread([step] { EXPECT_EQ(0, step(edu, 0)); });
		std::this_thread::sleep_for(std::chrono::milliseconds{500});
	}
	~Pause()
	{
		if (thread_.joinable())
			end();
		vm::BarMover::pause({});
	}
	Pause(const Pause &) = delete;
	Pause &operator=(const Pause &) = delete;

	void end()
	{
		thread_.join();
	}

private:
	std::thread thread_;
};

TEST_F(AMovedBar, IsEAGAINForANewAttachmentUntilItHasAPlace)
{
	const Attachment attachment(O_RDWR);
	Pause pause(vm::BarMover::move);
	EXPECT_EQ(EAGAIN, attachment.attach(edu, vm::all_rights, PCIPEEK_ATTACH_FOREIGN));
	pause.end();
	EXPECT_EQ(0, attachment.attach(edu, vm::all_rights, PCIPEEK_ATTACH_FOREIGN));
	EXPECT_EQ((Answers{}), ask_for_all(attachment));
}

TEST_F(AMovedBar, ThatIsNowhereForAWhileIsEAGAINAndNoAccess)
{
	const Attachment attachment(edu, vm::all_rights, PCIPEEK_ATTACH_FOREIGN);
	const Attachment other(O_RDWR);
	ASSERT_EQ((Answers{}), ask_for_all(attachment));
	Pause pause(vm::BarMover::hold);
	const vm::Mark mark = vm::mark_trace();
	EXPECT_EQ((Answers{EAGAIN, EAGAIN, EAGAIN, EAGAIN, EAGAIN}), ask_for_all(attachment));
	EXPECT_EQ(std::vector<std::string>{}, vm::accesses_since(mark, edu));
	EXPECT_TRUE(attachment.info().state & PCIPEEK_STATE_LIVE);
	EXPECT_EQ(EAGAIN, other.attach(edu, vm::all_rights, PCIPEEK_ATTACH_FOREIGN));
	pause.end();
	EXPECT_EQ((Answers{}), ask_for_all(attachment));
	EXPECT_EQ(0, other.attach(edu, vm::all_rights, PCIPEEK_ATTACH_FOREIGN));
}

/* The first attachment of all: no other has a record of the function. */
TEST_F(AMovedBar, ThatIsNowhereForAWhileIsEAGAINForTheFirstAttachment)
{
	const Attachment attachment(O_RDWR);
	Pause pause(vm::BarMover::hold);
	EXPECT_EQ(EAGAIN, attachment.attach(edu, vm::all_rights, PCIPEEK_ATTACH_FOREIGN));
	pause.end();
	EXPECT_EQ(0, attachment.attach(edu, vm::all_rights, PCIPEEK_ATTACH_FOREIGN));
}

/* The kernel's own rule, of its resizing as of this: it has a driver. */
TEST_F(AMovedBar, IsNotThatOfAGrantedFunction)
{
	const Granted granted(edu);
	const Attachment attachment(edu);
	const std::string before = place_of_bar(edu);
	EXPECT_EQ(EBUSY, mover_.move(edu, 0));
	EXPECT_EQ(before, place_of_bar(edu));
	pcipeek_access access = vm::access_at(0, 0, 4);
	EXPECT_EQ(0, attachment.read(access));
	EXPECT_EQ(identification, access.value);
}

} // namespace
