// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "refusal.hpp"
#include "user_board.hpp"

#include <gmock/gmock.h>

#include <numeric>

namespace pcipeek {
namespace {

using pcipeek::testing::FakeBoard;
using test::refusal_of;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

using AFakeBoard = test::UserBoard;

TEST_F(AFakeBoard, IsFoundAndLooksLikeARealOne)
{
	const auto found = lspci({.vendor = 0x1147, .device = 3214});

	ASSERT_EQ(found.size(), 1u);
	EXPECT_EQ(to_string(found[0].address()), "0000:05:0d.0");
	EXPECT_EQ(found[0].subsystem_id(), 0x2090);
	EXPECT_EQ(found[0].revision_id(), 1);
	EXPECT_EQ(found[0].class_code(), 0xff0000u);
	EXPECT_EQ(found[0].driver(), "pcipeek");
	EXPECT_EQ(found[0].bars().size(), 3u);
	EXPECT_EQ(found[0].bar(2).size(), std::uint64_t{1} << 34);
	EXPECT_TRUE(found[0].bar(2).is_64bit());
	EXPECT_TRUE(found[0].bar(2).prefetchable());
	EXPECT_EQ(found[0].bar(1).type(), BarType::io);
	EXPECT_TRUE(found[0].state().granted);
	EXPECT_EQ(found[0].state().life, Life::live);
	EXPECT_THAT(lspci({.vendor = 0x8086}), IsEmpty());
}

TEST_F(AFakeBoard, IsAmongFakeBoardsOnlyInTheOrderOfAddresses)
{
	const FakeBoard second{{.address = {.bus = 1}}};

	ASSERT_EQ(lspci().size(), 2u);
	EXPECT_EQ(lspci().at(0).address().bus, 1);
	EXPECT_EQ(lspci().at(1).address().bus, 5);
}

TEST_F(AFakeBoard, HasRegistersOfEveryWidthInLittleEndianOrder)
{
	write(bar0, 0x08, std::uint32_t{0x11223344});
	write(bar0, 0x0c, std::uint16_t{0x5566});
	write<std::uint64_t>(bar0, 0x10, 0x0102030405060708);

	EXPECT_EQ(read<std::uint8_t>(bar0, 0x08), 0x44);
	EXPECT_EQ(read<std::uint64_t>(bar0, 0x08), 0x0000556611223344u);
	EXPECT_EQ(board.get<std::uint32_t>(0, 0x14), 0x01020304u);
	EXPECT_EQ(read<std::uint32_t>(bar0, 0x20), 0u);
}

TEST_F(AFakeBoard, KeepsALogOfWhatReachedIt)
{
	board.set<std::uint32_t>(0, 0x08, 7);
	read<std::uint32_t>(bar0, 0x08);
	write(bar1, 3, std::uint8_t{0x5a});

	EXPECT_THAT(log(), ElementsAre("read bar0+0x8 32 = 0x7", "write bar1+0x3 8 = 0x5a"));
	board.clear_accesses();
	EXPECT_THAT(log(), IsEmpty());
}

TEST_F(AFakeBoard, AsksTheHookWhatARegisterReads)
{
	std::uint32_t count = 0;
	board.on_read(0, 0x04, [&](const testing::Access &) { return 0x100 + count++; });

	EXPECT_EQ(read<std::uint32_t>(bar0, 0x04), 0x100u);
	EXPECT_EQ(read<std::uint8_t>(bar0, 0x04), 0x01);
	EXPECT_EQ(board.get<std::uint32_t>(0, 0x04), 0u);
}

TEST_F(AFakeBoard, TellsTheHookWhatWasWritten)
{
	board.on_write(0, 0x00, [&](const testing::Access &access) {
		board.set<std::uint32_t>(0, 0x04, static_cast<std::uint32_t>(access.value * 2));
	});
	write(bar0, 0x00, std::uint32_t{21});

	EXPECT_EQ(read<std::uint32_t>(bar0, 0x04), 42u);
}

TEST_F(AFakeBoard, RefusesWhatTheRealOneRefuses)
{
	EXPECT_THROW(read<std::uint32_t>(bar0, 0x40), BadAccessError);
	EXPECT_EQ(refusal_of([&] { read<std::uint32_t>(bar0, 0x02); }).cause(), Cause::misaligned);
	EXPECT_EQ(refusal_of([&] { read<std::uint64_t>(bar1, 0x00); }).cause(), Cause::unsupported);
	EXPECT_EQ(refusal_of([&] { device.bar(3); }).cause(), Cause::no_such_bar);
	EXPECT_THAT(log(), IsEmpty());
}

TEST_F(AFakeBoard, IsReadOnlyToWhoOpenedItForReading)
{
	device.open();

	EXPECT_EQ(refusal_of([&] { write(bar0, 0, std::uint8_t{1}); }).cause(), Cause::no_right);
	EXPECT_EQ(refusal_of([&] { device.open(); }).cause(), Cause::already_open);
	EXPECT_THAT(log(), IsEmpty());
}

TEST_F(AFakeBoard, CannotBeForeignSinceItIsGranted)
{
	EXPECT_EQ(refusal_of([&] { device.open({.foreign = true}); }).cause(), Cause::invalid);
}

TEST_F(AFakeBoard, CanBeHeldExclusively)
{
	{
		const Device holder = board.device();
		holder.open({.write = true, .exclusive = true});
		EXPECT_TRUE(holder.state().exclusive);
		EXPECT_EQ(refusal_of([&] { device.open(); }).cause(), Cause::exclusive);
	}
	device.open();
	EXPECT_EQ(refusal_of([&] {
			  board.device().open({.write = true, .exclusive = true});
		  }).cause(),
		  Cause::exclusive);
}

TEST_F(AFakeBoard, IsABusMasterWhileOneWhoAskedForThatHasItOpen)
{
	EXPECT_FALSE(board.is_bus_master());
	{
		const Device master = board.device();
		master.open({.write = true, .bus_master = true});
		EXPECT_TRUE(board.is_bus_master());
		EXPECT_TRUE(master.state().bus_master_held);
		EXPECT_TRUE(device.state().bus_master);
		EXPECT_TRUE(device.state().bus_master_requested);
		EXPECT_FALSE(device.state().bus_master_held);
		board.begin_reset();
		board.end_reset();
		EXPECT_TRUE(board.is_bus_master());
	}
	EXPECT_FALSE(board.is_bus_master());
	EXPECT_FALSE(device.state().bus_master_requested);
}

TEST_F(AFakeBoard, MovesBlocksAndBytes)
{
	std::vector<std::uint32_t> values(8);
	std::iota(values.begin(), values.end(), 1);
	write_block<std::uint32_t>(bar0, 0x10, values);
	std::vector<std::uint32_t> back(8);
	read_block<std::uint32_t>(bar0, 0x10, back);

	EXPECT_EQ(back, values);
	EXPECT_EQ(board.accesses().size(), 16u);
	EXPECT_EQ(read(bar0, 0x11, 7), board.get_bytes(0, 0x11, 7));
}

TEST_F(AFakeBoard, HasFifos)
{
	std::uint32_t next = 10;
	std::vector<std::uint64_t> sent;
	board.on_read(0, 0x30, [&](const testing::Access &) { return next++; });
	board.on_write(0, 0x30,
		       [&](const testing::Access &access) { sent.push_back(access.value); });
	std::array<std::uint32_t, 3> received{};

	read_fifo<std::uint32_t>(bar0, 0x30, received);
	write_fifo<std::uint32_t>(bar0, 0x30, received);
	EXPECT_THAT(received, ElementsAre(10, 11, 12));
	EXPECT_THAT(sent, ElementsAre(10, 11, 12));
}

TEST_F(AFakeBoard, HasAConfigurationSpace)
{
	const Config config{device};

	EXPECT_EQ(config.read<std::uint32_t>(0x00), 0x0c8e1147u);
	EXPECT_EQ(config.header().class_code, 0xff0000u);
	EXPECT_EQ(config.header().endpoint->subsystem_id, 0x2090);
	EXPECT_EQ(config.header().endpoint->bars[1], bar1.addr() | 1);
	EXPECT_EQ(config.header().endpoint->bars[2], (device.bar(2).addr() & 0xffffffff) | 0xc);
	EXPECT_EQ(config.header().endpoint->bars[3], device.bar(2).addr() >> 32);
	EXPECT_THAT(config.capabilities(), IsEmpty());
	config.write(0x3c, std::uint8_t{7});
	EXPECT_EQ(Config{device}.read<std::uint8_t>(0x3c), 7);
}

TEST_F(AFakeBoard, LeadsToNothingOfTheMachine)
{
	EXPECT_EQ(refusal_of([&] { unbind(device); }).cause(), Cause::unsupported);
	EXPECT_EQ(refusal_of([&] { reload(device); }).cause(), Cause::unsupported);
	EXPECT_NO_THROW(bind(device));
	EXPECT_EQ(refusal_of([&] { const LegacyIo io{device}; }).cause(), Cause::unsupported);
	EXPECT_EQ(refusal_of([&] { const Rom rom{device}; }).cause(), Cause::absent);
	EXPECT_EQ(device.irq(), std::nullopt);
}

TEST_F(AFakeBoard, TakesNoRoomForWhatWasNotStored)
{
	const Bar large = device.bar(2);

	write(large, large.size() - 4, std::uint32_t{0x55});
	EXPECT_EQ(read<std::uint32_t>(large, large.size() - 4), 0x55u);
	EXPECT_EQ(read<std::uint32_t>(large, 0), 0u);
}

TEST_F(AFakeBoard, ChecksWhatTheTestAsksFor)
{
	EXPECT_THROW(board.set<std::uint32_t>(0, 0x3d, 1), std::out_of_range);
	EXPECT_THROW(board.get<std::uint8_t>(5, 0), std::out_of_range);
	EXPECT_THROW(board.get_bytes(0, 1, ~std::size_t{0}), std::out_of_range);
	EXPECT_THROW(board.on_read(6, 0, {}), std::out_of_range);
	EXPECT_THROW(FakeBoard{memory_board()}, std::invalid_argument);
}

TEST(AFakeBoardThatCannotBe, IsRefused)
{
	using Bars = std::map<unsigned, testing::FakeBar>;
	const auto make = [](const Bars &bars) {
		const FakeBoard board{{.bars = bars}};
	};

	EXPECT_THROW(make({{6, {}}}), std::invalid_argument);
	EXPECT_THROW(make({{0, {.size = 0}}}), std::invalid_argument);
	EXPECT_THROW(make({{0, {.bits = 16}}}), std::invalid_argument);
	EXPECT_THROW(make({{5, {.bits = 64}}}), std::invalid_argument);
	EXPECT_THROW(make({{0, {.type = BarType::io, .bits = 64}}}), std::invalid_argument);
	EXPECT_THROW(make({{0, {.bits = 64}}, {1, {}}}), std::invalid_argument);
	EXPECT_NO_THROW(make({}));
}

} // namespace
} // namespace pcipeek
