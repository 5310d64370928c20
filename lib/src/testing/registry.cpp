// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "testing/registry.hpp"

#include "sysfs/enumeration.hpp"
#include "testing/board_list.hpp"

#include <algorithm>
#include <stdexcept>

namespace pcipeek::testing {
namespace {

using BoardPtr = std::shared_ptr<FakeBoard::Board>;

// Locked for moments only: never while a board is.
struct BoardList {
	std::mutex mutex;
	std::vector<BoardPtr> living;
	// The living, and those that only handles are left of.
	std::vector<std::weak_ptr<FakeBoard::Board>> known;
};

BoardList &board_list()
{
	static BoardList list;
	return list;
}

const Address &address_of(const BoardPtr &board)
{
	return board->identity().address;
}

std::vector<BoardPtr> living_boards()
{
	BoardList &list = board_list();
	const std::lock_guard lock{list.mutex};
	return list.living;
}

// Of several that had the address, the one that came last.
BoardPtr find_board(const Address &address)
{
	BoardList &list = board_list();
	const std::lock_guard lock{list.mutex};
	BoardPtr found;
	for (const auto &known : list.known)
		if (BoardPtr board = known.lock(); board && address_of(board) == address)
			found = std::move(board);
	return found;
}

} // namespace

void add_board(const BoardPtr &board)
{
	BoardList &list = board_list();
	const std::lock_guard lock{list.mutex};
	if (std::ranges::find(list.living, address_of(board), address_of) != list.living.end())
		throw std::invalid_argument{"another fake board is at " +
					    to_string(address_of(board))};
	std::erase_if(list.known, [](const auto &known) { return known.expired(); });
	list.known.emplace_back(board);
	list.living.push_back(board);
	std::ranges::sort(list.living, {}, address_of);
}

void remove_board(const BoardPtr &board) noexcept
{
	BoardList &list = board_list();
	const std::lock_guard lock{list.mutex};
	std::erase(list.living, board);
}

std::optional<std::vector<Device>> fake_devices(const Filter &filter)
{
	const std::vector<BoardPtr> boards = living_boards();
	std::vector<Device> devices;

	if (boards.empty())
		return std::nullopt;
	for (const BoardPtr &board : boards) {
		const std::lock_guard lock{board->mutex};
		if (board->plugged && detail::matches(filter, board->identity()))
			devices.push_back(board->device());
	}
	return devices;
}

std::optional<std::string> fake_directory(const Address &address)
{
	const BoardPtr board = find_board(address);
	if (!board)
		return std::nullopt;
	const std::lock_guard lock{board->mutex};
	return board->directory();
}

} // namespace pcipeek::testing
