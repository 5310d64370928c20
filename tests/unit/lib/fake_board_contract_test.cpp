// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// The simulated board keeps the contract of the module: it refuses what the module's own
// checks refuse, with the same errno, and answers what the module would.
#include "kmod/ops.hpp"
#include "testing/board.hpp"

#include <linux/pcipeek.h>
#include <pcipeek/testing.hpp>

#include <gmock/gmock.h>

#include <array>
#include <bit>
#include <cerrno>
#include <fcntl.h>
#include <memory>

namespace pcipeek::testing {
namespace {

constexpr std::uint64_t everything =
	PCIPEEK_RIGHT_ALL_BARS | PCIPEEK_RIGHT_WRITE | PCIPEEK_RIGHT_MMAP;
constexpr std::uint64_t large = std::uint64_t{1} << 34;

FakeBoardOptions options()
{
	return {.address = {.domain = 0x12, .bus = 5, .device = 13, .function = 3},
		.vendor_id = 0x1147,
		.device_id = 0x0c8e,
		.subsystem_vendor_id = 0x2090,
		.subsystem_id = 0x1ff8,
		.class_code = 0x0b4000,
		.revision_id = 7,
		.bars = {{0, {.size = 64}},
			 {1, {.type = BarType::io, .size = 16}},
			 {2, {.size = large, .prefetchable = true, .bits = 64}}}};
}

pcipeek_limits limits()
{
	pcipeek_limits limits{};
	limits.bar[0] = {.length = 64, .max_width = 8};
	limits.bar[1] = {.length = 16, .max_width = 4};
	limits.bar[2] = {.length = large, .max_width = 8};
	return limits;
}

std::uint64_t address_of(void *pointer)
{
	return std::bit_cast<std::uintptr_t>(pointer);
}

// A file of the board, and what one can ask it.
class File {
public:
	explicit File(const std::shared_ptr<FakeBoard::Board> &board, bool write = true)
		: channel_{open_board_node(board, detail::common_node, write ? O_RDWR : O_RDONLY)
				   .channel}
	{
	}

	template <class Request>
	int call(unsigned long number, Request &request)
	{
		return channel_->call(number, &request);
	}

	int attach(std::uint64_t rights, std::uint32_t flags = 0)
	{
		pcipeek_attach attach{};
		attach.rights = rights;
		attach.flags = flags;
		return call(PCIPEEK_IOC_ATTACH, attach);
	}

	int restrict_to(std::uint64_t rights)
	{
		pcipeek_restrict request{};
		request.rights = rights;
		return call(PCIPEEK_IOC_RESTRICT, request);
	}

	pcipeek_device_info info()
	{
		pcipeek_device_info info{};
		EXPECT_EQ(0, call(PCIPEEK_IOC_DEVICE_INFO, info));
		return info;
	}

	int bar_info(std::uint8_t bar, pcipeek_bar_info &info)
	{
		info = {};
		info.bar = bar;
		info.mode = 0xff;
		info.mmap_length = 0xff;
		return call(PCIPEEK_IOC_BAR_INFO, info);
	}

	int read(std::uint8_t bar = 0)
	{
		pcipeek_access access{};
		access.bar = bar;
		access.width = 1;
		return call(PCIPEEK_IOC_READ, access);
	}

private:
	std::unique_ptr<detail::Channel> channel_;
};

class Contract : public ::testing::Test {
protected:
	std::shared_ptr<FakeBoard::Board> board = std::make_shared<FakeBoard::Board>(options());
	pcipeek_limits bars = limits();
};

constexpr std::array<std::uint64_t, 6> rights_of_all_kinds{
	everything,	      PCIPEEK_RIGHT_ALL_BARS,
	PCIPEEK_RIGHT_WRITE,  PCIPEEK_RIGHT_BAR(1) | PCIPEEK_RIGHT_WRITE,
	PCIPEEK_RIGHT_BAR(2), 0};
constexpr std::array<std::uint8_t, 8> widths{0, 1, 2, 3, 4, 8, 9, 16};
constexpr std::array<std::uint64_t, 12> offsets{0,  1,	2,  4,	8,	   12,
						15, 60, 63, 64, large - 1, ~0ULL};
constexpr std::array<std::uint64_t, 8> values{0,	0xff,	     0x100,	 0xffff,
					      0x1'0000, 0xffff'ffff, 1ULL << 32, ~0ULL};

TEST_F(Contract, RefusesAccessesAsTheModuleDoes)
{
	for (const std::uint64_t rights : rights_of_all_kinds)
		for (std::uint8_t bar = 0; bar <= PCIPEEK_BAR_COUNT; bar++)
			for (const std::uint8_t width : widths)
				for (const std::uint64_t offset : offsets)
					for (const std::uint64_t value : values) {
						File file{board};
						ASSERT_EQ(0, file.attach(rights));
						pcipeek_access access{};
						access.offset = offset;
						access.value = value;
						access.bar = bar;
						access.width = width;
						pcipeek_access checked = access;
						ASSERT_EQ(-pcipeek_check_access(&checked,
										PCIPEEK_RIGHT_WRITE,
										rights, &bars),
							  file.call(PCIPEEK_IOC_WRITE, access))
							<< rights << ' ' << int{bar} << ' '
							<< int{width} << ' ' << offset << ' '
							<< value;
						ASSERT_EQ(-pcipeek_check_access(&checked, 0, rights,
										&bars),
							  file.call(PCIPEEK_IOC_READ, access))
							<< rights << ' ' << int{bar} << ' '
							<< int{width} << ' ' << offset;
					}
}

TEST_F(Contract, RefusesBlocksAsTheModuleDoes)
{
	std::array<std::byte, 256> buffer{};
	for (const std::uint64_t rights : rights_of_all_kinds)
		for (std::uint8_t bar = 0; bar <= PCIPEEK_BAR_COUNT; bar++)
			for (const std::uint8_t width : widths)
				for (const std::uint64_t offset : offsets)
					for (const std::uint64_t count :
					     {0ULL, 1ULL, 2ULL, 16ULL, 17ULL,
					      PCIPEEK_BLOCK_MAX_BYTES / 1ULL + 1, ~0ULL})
						for (std::uint32_t flags = 0; flags < 4; flags++) {
							File file{board};
							ASSERT_EQ(0, file.attach(rights));
							pcipeek_block block{};
							block.size = sizeof(block);
							block.flags = flags;
							block.bar = bar;
							block.width = width;
							block.offset = offset;
							block.count = count;
							block.done = 99;
							block.buffer = address_of(buffer.data());
							const int expected = -pcipeek_check_block(
								&block, rights, &bars);
							if (!expected && count > 17)
								continue;
							ASSERT_EQ(expected,
								  file.call(PCIPEEK_IOC_BLOCK,
									    block))
								<< rights << ' ' << int{bar} << ' '
								<< int{width} << ' ' << offset
								<< ' ' << count << ' ' << flags;
							ASSERT_EQ(expected ? 0 : count, block.done);
						}
}

// One operation, in a batch of half a second.
class ABatchOfOne {
public:
	ABatchOfOne(std::uint8_t code, std::uint8_t width, std::uint64_t offset,
		    std::uint64_t value, std::uint64_t mask, std::uint64_t timeout)
	{
		const bool placed = code != PCIPEEK_OP_DELAY && code != PCIPEEK_OP_FLUSH;
		const bool masked = code == PCIPEEK_OP_RMW || code == PCIPEEK_OP_POLL;
		op_.code = code;
		op_.width = placed ? width : 0;
		op_.offset = placed ? offset : 0;
		op_.value = masked || code == PCIPEEK_OP_WRITE ? value : 0;
		op_.mask = masked ? mask : 0;
		op_.timeout_ns = code == PCIPEEK_OP_POLL || code == PCIPEEK_OP_DELAY ? timeout : 0;
	}

	int by_the_module(std::uint64_t rights, const pcipeek_limits &bars) const
	{
		pcipeek_op op = op_;
		pcipeek_checks checks{.rights = rights,
				      .limits = &bars,
				      .timeout = 500'000'000,
				      .delays = 0,
				      .writes = false};
		std::uint32_t refused = 0;
		return -pcipeek_ops_check(&op, 1, &checks, &refused);
	}

	int by_the_board(File &file)
	{
		pcipeek_batch batch{};
		batch.size = sizeof(batch);
		batch.ops = address_of(&op_);
		batch.count = 1;
		batch.op_size = sizeof(op_);
		batch.done = 99;
		batch.timeout_ns = 500'000'000;
		const int code = file.call(PCIPEEK_IOC_BATCH, batch);
		EXPECT_EQ(code ? 0U : 1U, batch.done);
		EXPECT_EQ(-code, op_.error);
		return code;
	}

private:
	pcipeek_op op_{};
};

TEST_F(Contract, RefusesOperationsAsTheModuleDoes)
{
	for (const std::uint64_t rights : rights_of_all_kinds)
		for (std::uint8_t code = 0; code <= PCIPEEK_OP_FLUSH + 1; code++)
			for (const std::uint8_t width : widths)
				for (const std::uint64_t offset : {0ULL, 2ULL, 60ULL, 64ULL})
					for (const std::uint64_t value : values)
						for (const std::uint64_t mask :
						     {0ULL, 0xffULL, ~0ULL})
							for (const std::uint64_t timeout :
							     {0ULL, 500'000'000ULL,
							      500'000'001ULL}) {
								File file{board};
								ASSERT_EQ(0, file.attach(rights));
								ABatchOfOne batch{code,	  width,
										  offset, value,
										  mask,	  timeout};
								const int expected =
									batch.by_the_module(rights,
											    bars);
								const int code_of_board =
									batch.by_the_board(file);
								if (!expected &&
								    code == PCIPEEK_OP_POLL)
									continue; /* may time out */
								ASSERT_EQ(expected, code_of_board)
									<< rights << ' '
									<< int{code} << ' '
									<< int{width} << ' '
									<< offset << ' ' << value
									<< ' ' << mask << ' '
									<< timeout;
							}
}

TEST_F(Contract, AddsTheDelaysOfABatchUp)
{
	File file{board};
	ASSERT_EQ(0, file.attach(everything));
	std::array<pcipeek_op, 2> ops{};
	pcipeek_batch batch{};
	batch.size = sizeof(batch);
	batch.ops = address_of(ops.data());
	batch.count = 2;
	batch.op_size = sizeof(ops[0]);
	for (pcipeek_op &op : ops) {
		op.code = PCIPEEK_OP_DELAY;
		op.timeout_ns = 1000;
	}
	batch.timeout_ns = 2000;
	EXPECT_EQ(0, file.call(PCIPEEK_IOC_BATCH, batch));
	EXPECT_EQ(2U, batch.done);
	ops[1].timeout_ns = 1001;
	EXPECT_EQ(EINVAL, file.call(PCIPEEK_IOC_BATCH, batch));
	EXPECT_EQ(0U, batch.done);
	EXPECT_EQ(0, ops[0].error);
	EXPECT_EQ(-EINVAL, ops[1].error);
}

TEST_F(Contract, RefusesBatchesAsTheModuleDoes)
{
	pcipeek_op op{};
	op.code = PCIPEEK_OP_FLUSH;
	for (const std::uint64_t rights : rights_of_all_kinds)
		for (const std::uint32_t count : {0U, 1U, PCIPEEK_BATCH_MAX_OPS + 1U, ~0U})
			for (const std::uint64_t timeout :
			     {0ULL, PCIPEEK_BATCH_MAX_TIMEOUT_NS / 1ULL,
			      PCIPEEK_BATCH_MAX_TIMEOUT_NS + 1ULL})
				for (const std::uint32_t flags : {0U, PCIPEEK_BATCH_HOLD}) {
					File file{board};
					ASSERT_EQ(0, file.attach(rights));
					pcipeek_batch batch{};
					batch.size = sizeof(batch);
					batch.ops = address_of(&op);
					batch.op_size = sizeof(op);
					batch.count = count;
					batch.timeout_ns = timeout;
					batch.flags = flags;
					ASSERT_EQ(-pcipeek_check_batch(&batch, rights),
						  file.call(PCIPEEK_IOC_BATCH, batch))
						<< rights << ' ' << count << ' ' << timeout << ' '
						<< flags;
				}
}

TEST_F(Contract, LetsOneFileAttachOnceWithWhatItsModeAllows)
{
	File reader{board, false};
	pcipeek_device_info nothing{};
	pcipeek_bar_info bar{};
	EXPECT_EQ(ENOTCONN, reader.read());
	EXPECT_EQ(ENOTCONN, reader.call(PCIPEEK_IOC_DEVICE_INFO, nothing));
	EXPECT_EQ(ENOTCONN, reader.bar_info(0, bar));
	EXPECT_EQ(EACCES, reader.attach(everything));
	EXPECT_EQ(EINVAL, reader.attach(PCIPEEK_RIGHT_ALL_BARS, PCIPEEK_ATTACH_FOREIGN));
	EXPECT_EQ(EINVAL, reader.attach(PCIPEEK_RIGHT_ALL_BARS, PCIPEEK_ATTACH_EXCLUSIVE));
	EXPECT_EQ(0, reader.attach(PCIPEEK_RIGHT_ALL_BARS));
	EXPECT_EQ(EISCONN, reader.attach(PCIPEEK_RIGHT_ALL_BARS));
	EXPECT_EQ(0, reader.read());
	pcipeek_device_info unused{};
	EXPECT_EQ(ENOTTY, reader.call(0, unused));
}

TEST_F(Contract, IsExclusiveForOneAndUntilThatOneCloses)
{
	auto first = std::make_unique<File>(board);
	ASSERT_EQ(0, first->attach(PCIPEEK_RIGHT_ALL_BARS));
	{
		File other{board};
		EXPECT_EQ(EUSERS, other.attach(everything, PCIPEEK_ATTACH_EXCLUSIVE));
	}
	EXPECT_FALSE(first->info().state & PCIPEEK_STATE_EXCLUSIVE);
	first.reset();
	auto only = std::make_unique<File>(board);
	ASSERT_EQ(0, only->attach(everything, PCIPEEK_ATTACH_EXCLUSIVE));
	EXPECT_TRUE(only->info().state & PCIPEEK_STATE_EXCLUSIVE);
	File late{board};
	EXPECT_EQ(EUSERS, late.attach(PCIPEEK_RIGHT_ALL_BARS));
	{
		File never{board};
	}
	EXPECT_EQ(EUSERS, late.attach(PCIPEEK_RIGHT_ALL_BARS));
	only.reset();
	EXPECT_EQ(0, late.attach(everything, PCIPEEK_ATTACH_EXCLUSIVE));
}

TEST_F(Contract, KeepsBusMasteringOnUntilTheLastThatAskedForItClosesOrDropsWrite)
{
	constexpr std::uint32_t both =
		PCIPEEK_STATE_BUS_MASTER_REQUESTED | PCIPEEK_STATE_BUS_MASTER_HELD;
	File reader{board};
	ASSERT_EQ(EINVAL, reader.attach(PCIPEEK_RIGHT_ALL_BARS, PCIPEEK_ATTACH_BUS_MASTER));
	ASSERT_EQ(0, reader.attach(PCIPEEK_RIGHT_ALL_BARS));
	auto first = std::make_unique<File>(board);
	File second{board};
	ASSERT_EQ(0, first->attach(everything, PCIPEEK_ATTACH_BUS_MASTER));
	ASSERT_EQ(0, second.attach(everything, PCIPEEK_ATTACH_BUS_MASTER));
	EXPECT_EQ(both, first->info().state & both);
	EXPECT_EQ(PCIPEEK_STATE_BUS_MASTER_REQUESTED, reader.info().state & both);
	first.reset();
	EXPECT_TRUE(reader.info().state & PCIPEEK_STATE_BUS_MASTER);
	EXPECT_EQ(0, second.restrict_to(PCIPEEK_RIGHT_ALL_BARS));
	EXPECT_FALSE(reader.info().state & (PCIPEEK_STATE_BUS_MASTER | both));
	EXPECT_FALSE(second.info().state & both);
}

TEST_F(Contract, LosesRightsAndGetsNoneBack)
{
	File file{board};
	ASSERT_EQ(0, file.attach(everything));
	EXPECT_EQ(0, file.restrict_to(PCIPEEK_RIGHT_BAR(0) | PCIPEEK_RIGHT_BAR(1)));
	EXPECT_EQ(PCIPEEK_RIGHT_BAR(0) | PCIPEEK_RIGHT_BAR(1), file.info().rights);
	EXPECT_EQ(EACCES, file.restrict_to(everything));
	EXPECT_EQ(0, file.read(1));
	EXPECT_EQ(EACCES, file.read(2));
}

TEST_F(Contract, TellsWhatTheDeviceIs)
{
	File file{board};
	ASSERT_EQ(0, file.attach(PCIPEEK_RIGHT_ALL_BARS));
	const pcipeek_device_info info = file.info();
	EXPECT_EQ(0x12U, info.domain);
	EXPECT_EQ(5, info.bus);
	EXPECT_EQ(13 << 3 | 3, info.devfn);
	EXPECT_EQ(0x1147, info.vendor_id);
	EXPECT_EQ(0x0c8e, info.device_id);
	EXPECT_EQ(0x2090, info.subsystem_vendor_id);
	EXPECT_EQ(0x1ff8, info.subsystem_id);
	EXPECT_EQ(0x0b4000U, info.class_code);
	EXPECT_EQ(7, info.revision_id);
	EXPECT_EQ(0, info.power_state);
	EXPECT_EQ(1U, info.generation);
	EXPECT_EQ(unsigned{PCIPEEK_END_NONE}, info.end_reason);
	EXPECT_EQ(unsigned{PCIPEEK_RIGHT_ALL_BARS}, info.rights);
	EXPECT_EQ(unsigned{PCIPEEK_STATE_GRANTED | PCIPEEK_STATE_LIVE |
			   PCIPEEK_STATE_MEMORY_DECODE | PCIPEEK_STATE_IO_DECODE},
		  info.state);
}

TEST_F(Contract, TellsWhatBecameOfTheDevice)
{
	File file{board};
	ASSERT_EQ(0, file.attach(PCIPEEK_RIGHT_ALL_BARS));
	pcipeek_bar_info bar{};
	board->memory_decode = false;
	EXPECT_FALSE(file.info().state & PCIPEEK_STATE_MEMORY_DECODE);
	ASSERT_EQ(0, file.bar_info(0, bar));
	EXPECT_EQ(PCIPEEK_REACH_DECODE_OFF, bar.reach);
	EXPECT_EQ(EIO, file.read(0));
	EXPECT_EQ(0, file.read(1));
	board->memory_decode = true;
	board->power_state = 3;
	EXPECT_EQ(3, file.info().power_state);
	ASSERT_EQ(0, file.bar_info(0, bar));
	EXPECT_EQ(PCIPEEK_REACH_ASLEEP, bar.reach);
	EXPECT_EQ(EIO, file.read());
	board->answering = false;
	EXPECT_TRUE(file.info().state & PCIPEEK_STATE_OFFLINE);
	ASSERT_EQ(0, file.bar_info(0, bar));
	EXPECT_EQ(PCIPEEK_REACH_SILENT, bar.reach);
	board->in_reset = true;
	EXPECT_TRUE(file.info().state & PCIPEEK_STATE_RESET);
	EXPECT_FALSE(file.info().state & PCIPEEK_STATE_LIVE);
	ASSERT_EQ(0, file.bar_info(0, bar));
	EXPECT_EQ(PCIPEEK_REACH_UNKNOWN, bar.reach);
	EXPECT_EQ(EAGAIN, file.read());
	board->plugged = false;
	const pcipeek_device_info ended = file.info();
	EXPECT_EQ(unsigned{PCIPEEK_STATE_GRANTED | PCIPEEK_STATE_ENDED}, ended.state);
	EXPECT_EQ(unsigned{PCIPEEK_END_REMOVED}, ended.end_reason);
	EXPECT_EQ(PCIPEEK_POWER_UNKNOWN, ended.power_state);
	ASSERT_EQ(0, file.bar_info(0, bar));
	EXPECT_EQ(PCIPEEK_REACH_UNKNOWN, bar.reach);
	EXPECT_EQ(ENODEV, file.read());
	EXPECT_EQ(ENODEV, File{board}.attach(PCIPEEK_RIGHT_ALL_BARS));
}

TEST_F(Contract, TellsWhatTheBarsAre)
{
	File file{board};
	ASSERT_EQ(0, file.attach(0));
	pcipeek_bar_info info{};
	ASSERT_EQ(0, file.bar_info(0, info));
	EXPECT_EQ(PCIPEEK_BAR_MEMORY, info.kind);
	EXPECT_EQ(PCIPEEK_BAR_MODE_UNCACHED, info.mode);
	EXPECT_EQ(8, info.max_width);
	EXPECT_EQ(0U, info.attributes);
	EXPECT_EQ(0x90000000U, info.address);
	EXPECT_EQ(64U, info.length);
	EXPECT_EQ(0U, info.mmap_length);
	EXPECT_EQ(PCIPEEK_REACH_OK, info.reach);
	EXPECT_EQ(5, info.reach_bus);
	EXPECT_EQ(13 << 3 | 3, info.reach_devfn);
	ASSERT_EQ(0, file.bar_info(1, info));
	EXPECT_EQ(PCIPEEK_BAR_IO, info.kind);
	EXPECT_EQ(4, info.max_width);
	EXPECT_EQ(0U, info.attributes);
	EXPECT_EQ(0x2100U, info.address);
	EXPECT_EQ(16U, info.length);
	ASSERT_EQ(0, file.bar_info(2, info));
	EXPECT_EQ(unsigned{PCIPEEK_BAR_PREFETCHABLE | PCIPEEK_BAR_64BIT}, info.attributes);
	EXPECT_EQ(3ULL << 40, info.address);
	EXPECT_EQ(large, info.length);
	for (const std::uint8_t absent : std::array<std::uint8_t, 5>{3, 4, 5, 6, 255})
		EXPECT_EQ(ENXIO, file.bar_info(absent, info)) << int{absent};
}

TEST_F(Contract, TellsWhatItCanDo)
{
	File file{board};
	pcipeek_version version{};
	ASSERT_EQ(0, file.call(PCIPEEK_IOC_VERSION, version));
	EXPECT_EQ(unsigned{PCIPEEK_ABI_MAJOR}, version.abi_major);
	EXPECT_EQ(unsigned{PCIPEEK_FEATURE_ACCESS64 | PCIPEEK_FEATURE_BATCH |
			   PCIPEEK_FEATURE_RESTRICT | PCIPEEK_FEATURE_BLOCK_FIXED},
		  version.features);
}

TEST(TheBarsOfAFakeBoard, DoNotOverlapByThemselves)
{
	const detail::Identity identity =
		to_identity({.bars = {{0, {.type = BarType::io, .size = 256}},
				      {1, {.size = 4096}},
				      {2, {.size = 4096, .addr = 0xfe000000}},
				      {3, {.size = 4096, .bits = 64}},
				      {5, {.type = BarType::io, .size = 4, .addr = 0x1234}}}});
	EXPECT_EQ(0x2000U, identity.bars[0].region.addr);
	EXPECT_EQ(0x91000000U, identity.bars[1].region.addr);
	EXPECT_EQ(0xfe000000U, identity.bars[2].region.addr);
	EXPECT_EQ(4ULL << 40, identity.bars[3].region.addr);
	EXPECT_EQ(0x1234U, identity.bars[5].region.addr);
	EXPECT_THROW(to_identity({.bars = {{6, {}}}}), std::invalid_argument);
	EXPECT_THROW(to_identity({.bars = {{3, {.bits = 64}}, {4, {}}}}), std::invalid_argument);
	EXPECT_THROW(to_identity({.bars = {{5, {.bits = 64}}}}), std::invalid_argument);
	EXPECT_THROW(to_identity({.bars = {{0, {.type = BarType::io, .bits = 64}}}}),
		     std::invalid_argument);
	EXPECT_THROW(to_identity({.bars = {{0, {.bits = 16}}}}), std::invalid_argument);
	EXPECT_THROW(to_identity({.bars = {{0, {.size = 0}}}}), std::invalid_argument);
}

} // namespace
} // namespace pcipeek::testing
