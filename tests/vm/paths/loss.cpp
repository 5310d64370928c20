// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include "loss.hpp"

#include <linux/pci_regs.h>
#include <sys/mman.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <future>
#include <iostream>
#include <set>
#include <thread>

#include "cure.hpp"
#include "touch.hpp"

namespace paths {
namespace {

constexpr unsigned reads_of_each_kind = 10000;
constexpr unsigned ops_of_a_batch = 100;
constexpr std::size_t page = 4096;
/* Longer than it may take until any loss is noticed, 16 jiffies of 4 ms. */
constexpr auto notice = std::chrono::milliseconds(150);

std::uint64_t rights_for(const Board &board)
{
	return vm::all_rights | (board.ports ? 0 : PCIPEEK_RIGHT_MMAP);
}

void expect_masked_writes_refused(const Attachment &attachment, const Board &board)
{
	unsigned done = 0;
	std::set<int> errors;
	for (unsigned i = 0; i < reads_of_each_kind; i += ops_of_a_batch) {
		std::vector<pcipeek_op> ops(ops_of_a_batch);
		for (pcipeek_op &op : ops) {
			op.code = PCIPEEK_OP_RMW;
			op.width = 4;
			op.bar = board.bar;
			op.offset = board.constant;
		}
		pcipeek_batch batch = vm::batch_of(ops);
		errors.insert(attachment.ioctl(PCIPEEK_IOC_BATCH, &batch));
		done += batch.done;
	}
	EXPECT_EQ(0U, done);
	EXPECT_EQ(std::set<int>{EIO}, errors);
}

void expect_writes_refused(const Attachment &attachment, const Board &board)
{
	const pcipeek_access access = vm::access_at(board.bar, board.constant, 4, board.value);
	for (unsigned i = 0; i < reads_of_each_kind / 10; i++)
		ASSERT_EQ(EIO, attachment.write(access));
}

/* A page of a mapping of its own, each time. */
void expect_pages_refused(const Attachment &attachment, const Board &board)
{
	const pcipeek_bar_info info = bar_info(attachment, board);
	unsigned granted = 0;
	if (info.mmap_length == 0)
		return;
	for (unsigned i = 0; i < reads_of_each_kind; i++) {
		void *at = ::mmap(nullptr, page, PROT_READ, MAP_SHARED, attachment.fd(),
				  static_cast<off_t>(info.mmap_offset));
		ASSERT_NE(MAP_FAILED, at);
		granted += vm::touch(static_cast<std::uint32_t *>(at)) == 0 ? 1 : 0;
		::munmap(at, page);
	}
	EXPECT_EQ(0U, granted) << "pages of a mapping";
}

} // namespace

std::string short_name(const std::string &address)
{
	std::string name = address.substr(5);
	for (char &c : name)
		c = c == ':' || c == '.' ? '_' : c;
	return name;
}

Loss closed(const std::string &way, const std::string &bridge, const Board &board,
	    const std::function<void(const std::string &)> &close, std::uint8_t reach)
{
	return {way + "_of_" + short_name(bridge) + "_above_" + board.name, board,
		[bridge, close] { close(bridge); }, reach, bridge};
}

std::string name_of(const testing::TestParamInfo<Loss> &info)
{
	return info.param.name;
}

pcipeek_bar_info bar_info(const Attachment &attachment, const Board &board)
{
	pcipeek_bar_info info{};
	info.size = sizeof(info);
	info.bar = board.bar;
	EXPECT_EQ(0, attachment.ioctl(PCIPEEK_IOC_BAR_INFO, &info));
	return info;
}

void wait_until_noticed()
{
	std::this_thread::sleep_for(notice);
}

Lost::Lost(const Board &board) : board_(board), granted_(board.address)
{
	open();
	/* of the one whose memory is just memory */
	EXPECT_EQ(0, attachment_->write(vm::access_at(board.bar, board.constant, 4, board.value)));
	vm::expect_data(*attachment_, board_);
}

void Lost::open()
{
	attachment_.emplace(board_.address, rights_for(board_));
}

void Lost::lose_while_reading(const std::function<void()> &lose) const
{
	std::atomic<bool> late = false;
	std::future<int> refusal = std::async(std::launch::async, [this, &late] {
		pcipeek_access access = vm::access_at(board_.bar, board_.constant, 4);
		int error = 0;
		while (!error && !late)
			error = attachment_->read(access);
		return error;
	});
	lose();
	late = refusal.wait_for(notice) != std::future_status::ready;
	EXPECT_FALSE(late) << "nobody noticed";
	EXPECT_EQ(EIO, refusal.get());
}

void Lost::expect_every_read_refused() const
{
	vm::expect_no_ones(*attachment_, board_, {EIO});
	expect_masked_writes_refused(*attachment_, board_);
	expect_writes_refused(*attachment_, board_);
	expect_pages_refused(*attachment_, board_);
}

void Lost::expect_reach(std::uint8_t reach, const std::string &where) const
{
	const pcipeek_bar_info info = bar_info(*attachment_, board_);
	const vm::Place place = vm::place_of(where);
	EXPECT_EQ(reach, info.reach);
	EXPECT_EQ(place.bus, info.reach_bus);
	EXPECT_EQ(place.devfn, info.reach_devfn);
}

void Lost::expect_cured_by(const std::string &cure)
{
	attachment_.reset();
	follow(cure);
	if (vm::link_name("devices/" + board_.address + "/driver") != "pcipeek")
		granted_.emplace(board_.address);
	open();
	vm::expect_data(*attachment_, board_);
	EXPECT_EQ(PCIPEEK_REACH_OK, bar_info(*attachment_, board_).reach);
}

void expect_honesty(const Loss &loss)
{
	Lost lost(loss.board);
	lost.lose_while_reading(loss.lose);
	lost.expect_reach(loss.reach, loss.where);
	lost.expect_every_read_refused();
	const std::string message = refusal_of(loss.board);
	std::cout << message << '\n';
	lost.expect_cured_by(cure_of(message));
}

/* ---- ways ---- */

void reset_bus_below(const std::string &bridge)
{
	const std::uint16_t control = vm::config_word_of(bridge, PCI_BRIDGE_CONTROL);
	vm::set_config_word(bridge, PCI_BRIDGE_CONTROL, control | PCI_BRIDGE_CTL_BUS_RESET);
	std::this_thread::sleep_for(std::chrono::milliseconds(5));
	vm::set_config_word(bridge, PCI_BRIDGE_CONTROL, control);
	std::this_thread::sleep_for(std::chrono::milliseconds(150));
}

void set_config_dword(const std::string &address, std::uint8_t offset, std::uint32_t value)
{
	vm::set_config(address, offset,
		       {static_cast<std::uint8_t>(value), static_cast<std::uint8_t>(value >> 8),
			static_cast<std::uint8_t>(value >> 16),
			static_cast<std::uint8_t>(value >> 24)});
}

void clear_command(const std::string &address, std::uint16_t bits)
{
	vm::set_command(address, vm::command_of(address) & ~bits);
}

void put_to_sleep(const std::string &address)
{
	const std::uint8_t control = vm::power_capability_of(address) + PCI_PM_CTRL;
	vm::set_config(address, control, {PCI_PM_CTRL_STATE_MASK, 0});
}

void close_io_window(const std::string &bridge)
{
	vm::set_config(bridge, PCI_IO_BASE, {0xf0, 0x00});
}

void close_memory_window(const std::string &bridge)
{
	set_config_dword(bridge, PCI_MEMORY_BASE, 0x0000fff0);
}

void close_prefetchable_window(const std::string &bridge)
{
	set_config_dword(bridge, PCI_PREF_BASE_UPPER32, 0xffffffff);
	set_config_dword(bridge, PCI_PREF_MEMORY_BASE, 0x0000fff0);
}

void narrow_memory_window(const std::string &bridge)
{
	vm::set_config_word(bridge, PCI_MEMORY_BASE,
			    vm::config_word_of(bridge, PCI_MEMORY_LIMIT) + 0x10);
}

} // namespace paths
