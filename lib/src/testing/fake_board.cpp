// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/testing.hpp>

#include "access/byte_order.hpp"
#include "format.hpp"
#include "testing/board.hpp"
#include "testing/board_list.hpp"

#include <array>
#include <stdexcept>
#include <utility>

namespace pcipeek::testing {
namespace {

std::unique_lock<std::recursive_mutex> locked(FakeBoard::Board &board)
{
	return std::unique_lock{board.mutex};
}

} // namespace

std::string to_string(const Access &access)
{
	return formatted("{} bar{}+{:#x} {} = {:#x}",
			 access.kind == Access::Kind::read ? "read" : "write", access.bar,
			 access.offset, bits(access.width), access.value);
}

FakeBoard::FakeBoard(const FakeBoardOptions &options) : board_{std::make_shared<Board>(options)}
{
	add_board(board_);
}

FakeBoard::~FakeBoard()
{
	unplug();
	remove_board(board_);
}

Device FakeBoard::device() const
{
	return board_->device();
}

void FakeBoard::set_value(unsigned bar, std::uint64_t offset, Width width, std::uint64_t value)
{
	std::array<std::byte, sizeof(value)> image{};
	detail::store_little_endian(image.data(), width, value);
	set_bytes(bar, offset, std::span{image}.first(bytes(width)));
}

std::uint64_t FakeBoard::get_value(unsigned bar, std::uint64_t offset, Width width) const
{
	return detail::load_little_endian(get_bytes(bar, offset, bytes(width)).data(), width);
}

void FakeBoard::set_bytes(unsigned bar, std::uint64_t offset, std::span<const std::byte> data)
{
	const auto lock = locked(*board_);
	board_->store(bar, offset, data);
}

std::vector<std::byte> FakeBoard::get_bytes(unsigned bar, std::uint64_t offset,
					    std::size_t size) const
{
	const auto lock = locked(*board_);
	return board_->load(bar, offset, size);
}

void FakeBoard::on_read(unsigned bar, std::uint64_t offset, ReadHook hook)
{
	const auto lock = locked(*board_);
	board_->hooks.at(bar).read[offset] = std::move(hook);
}

void FakeBoard::on_store(unsigned bar, std::uint64_t offset, StoreHook hook)
{
	const auto lock = locked(*board_);
	board_->hooks.at(bar).store[offset] = std::move(hook);
}

void FakeBoard::on_write(unsigned bar, std::uint64_t offset, WriteHook hook)
{
	const auto lock = locked(*board_);
	board_->hooks.at(bar).write[offset] = std::move(hook);
}

std::vector<Access> FakeBoard::accesses() const
{
	const auto lock = locked(*board_);
	return board_->accesses;
}

void FakeBoard::clear_accesses()
{
	const auto lock = locked(*board_);
	board_->accesses.clear();
}

std::chrono::nanoseconds FakeBoard::now() const
{
	const auto lock = locked(*board_);
	return board_->clock.now();
}

void FakeBoard::advance(std::chrono::nanoseconds time)
{
	const auto lock = locked(*board_);
	board_->clock.go_to(board_->clock.now() + time);
}

void FakeBoard::after(std::chrono::nanoseconds delay, std::function<void()> action)
{
	const auto lock = locked(*board_);
	board_->clock.after(delay, std::move(action));
}

void FakeBoard::set_decode(BarType type, bool on)
{
	const auto lock = locked(*board_);
	(type == BarType::io ? board_->io_decode : board_->memory_decode) = on;
}

bool FakeBoard::is_bus_master() const
{
	const auto lock = locked(*board_);
	return board_->masters > 0;
}

void FakeBoard::set_power_state(unsigned state)
{
	const auto lock = locked(*board_);
	if (state > PCIPEEK_POWER_D3HOT)
		throw std::invalid_argument{"power states are 0 to 3"};
	board_->power_state = static_cast<std::uint8_t>(state);
}

void FakeBoard::set_answering(bool on)
{
	const auto lock = locked(*board_);
	board_->answering = on;
}

void FakeBoard::begin_reset()
{
	const auto lock = locked(*board_);
	board_->in_reset = true;
}

void FakeBoard::end_reset()
{
	const auto lock = locked(*board_);
	if (std::exchange(board_->in_reset, false))
		board_->generation++;
}

void FakeBoard::unplug()
{
	const auto lock = locked(*board_);
	board_->plugged = false;
}

void FakeBoard::plug()
{
	const auto lock = locked(*board_);
	if (std::exchange(board_->plugged, true))
		return;
	board_->stay++;
	board_->files = 0;
	board_->masters = 0;
	board_->exclusive = false;
	board_->generation = 1;
	board_->in_reset = false;
}

} // namespace pcipeek::testing
