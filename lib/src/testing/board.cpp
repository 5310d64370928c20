// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "testing/board.hpp"

#include "access/byte_order.hpp"
#include "device/attachment.hpp"

#include <cerrno>
#include <stdexcept>

namespace pcipeek::testing {
namespace {

// The time that one access takes: a program that spins on a register gets somewhere.
constexpr Clock::Time access_time = std::chrono::microseconds{1};

std::uint64_t cut(std::uint64_t value, Width width) noexcept
{
	return width == Width::w64 ? value : value & ((std::uint64_t{1} << bits(width)) - 1);
}

// Of a map of hooks, a copy: a hook may replace itself.
template <class Hooks>
typename Hooks::mapped_type find_hook(const Hooks &hooks, std::uint64_t offset)
{
	const auto found = hooks.find(offset);
	return found == hooks.end() ? nullptr : found->second;
}

} // namespace

FakeBoard::Board::Board(const FakeBoardOptions &options)
	: identity_{to_identity(options)}, directory_{identity_}
{
}

void FakeBoard::Board::check_inside(unsigned bar, std::uint64_t offset, std::uint64_t size) const
{
	const std::uint64_t length =
		bar < identity_.bars.size() ? identity_.bars[bar].region.size : 0;
	if (offset > length || size > length - offset)
		throw std::out_of_range{"not inside a BAR of the fake board"};
}

std::vector<std::byte> FakeBoard::Board::load(unsigned bar, std::uint64_t offset,
					      std::size_t size) const
{
	check_inside(bar, offset, size);
	std::vector<std::byte> data(size);
	memory_[bar].load(offset, data);
	return data;
}

void FakeBoard::Board::store(unsigned bar, std::uint64_t offset, std::span<const std::byte> data)
{
	check_inside(bar, offset, data.size());
	memory_[bar].store(offset, data);
}

std::uint64_t FakeBoard::Board::read(unsigned bar, std::uint64_t offset, Width width)
{
	clock.go_to(clock.now() + access_time);
	Access access{.kind = Access::Kind::read,
		      .bar = bar,
		      .offset = offset,
		      .width = width,
		      .value = detail::load_little_endian(load(bar, offset, bytes(width)).data(),
							  width)};
	if (const ReadHook hook = find_hook(hooks.at(bar).read, offset))
		access.value = cut(hook(access), width);
	accesses.push_back(access);
	return access.value;
}

void FakeBoard::Board::write(unsigned bar, std::uint64_t offset, Width width, std::uint64_t value)
{
	clock.go_to(clock.now() + access_time);
	const Access access{.kind = Access::Kind::write,
			    .bar = bar,
			    .offset = offset,
			    .width = width,
			    .value = value};
	std::array<std::byte, sizeof(std::uint64_t)> image{};
	std::uint64_t stored = value;
	if (const StoreHook hook = find_hook(hooks.at(bar).store, offset)) {
		const auto old = load(bar, offset, bytes(width));
		stored = cut(hook(access, detail::load_little_endian(old.data(), width)), width);
	}
	detail::store_little_endian(image.data(), width, stored);
	store(bar, offset, std::span{image}.first(bytes(width)));
	accesses.push_back(access);
	if (const WriteHook hook = find_hook(hooks.at(bar).write, offset))
		hook(access);
}

int FakeBoard::Board::check_function() const noexcept
{
	if (in_reset)
		return EAGAIN;
	return answering && power_state == 0 ? 0 : EIO;
}

int FakeBoard::Board::check_answer(unsigned bar) const noexcept
{
	if (const int code = check_function())
		return code;
	const bool decodes =
		identity_.bars[bar].region.type == BarType::io ? io_decode : memory_decode;
	return decodes ? 0 : EIO;
}

std::uint8_t FakeBoard::Board::reach(unsigned bar) const noexcept
{
	if (in_reset)
		return PCIPEEK_REACH_UNKNOWN;
	if (!answering)
		return PCIPEEK_REACH_SILENT;
	if (power_state != 0)
		return PCIPEEK_REACH_ASLEEP;
	return check_answer(bar) ? PCIPEEK_REACH_DECODE_OFF : PCIPEEK_REACH_OK;
}

std::uint32_t FakeBoard::Board::state_bits() const noexcept
{
	const auto bit = [](bool on, std::uint32_t bits) {
		return on ? bits : 0;
	};
	return PCIPEEK_STATE_GRANTED | bit(!in_reset, PCIPEEK_STATE_LIVE) |
	       bit(in_reset, PCIPEEK_STATE_RESET) |
	       bit(memory_decode, PCIPEEK_STATE_MEMORY_DECODE) |
	       bit(io_decode, PCIPEEK_STATE_IO_DECODE) | bit(!answering, PCIPEEK_STATE_OFFLINE) |
	       bit(masters > 0, PCIPEEK_STATE_BUS_MASTER | PCIPEEK_STATE_BUS_MASTER_REQUESTED);
}

std::string FakeBoard::Board::directory() const
{
	return directory_.path() + (plugged ? "" : "/unplugged");
}

Device FakeBoard::Board::device()
{
	const auto factory = [board = shared_from_this()](const std::string &path, int flags) {
		return open_board_node(board, path, flags);
	};
	return Device{std::make_shared<detail::Attachment>(identity_, factory)};
}

} // namespace pcipeek::testing
