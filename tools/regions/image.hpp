// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "regions/input.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace pcipeek::tools {

/*
 * The bytes of a file that are to be written somewhere, in pieces, however many they are.
 *
 * Its size is known before the first piece is used. Of a regular file that is larger than
 * a piece the size is asked for; everything else is read at once, and held in memory.
 */
class Image {
public:
	/* A whole number of elements of every width. */
	static constexpr std::size_t piece_bytes = 0x10000;

	/* The most that can be taken from a pipe or a device, which cannot tell its size. */
	static constexpr std::uint64_t stream_bytes = 64 << 20;

	/*
	 * Takes the first bytes of the file, @most at most. Throws std::system_error that
	 * names the file, and UsageError for a stream that is longer than stream_bytes.
	 */
	explicit Image(const std::string &path,
		       std::uint64_t most = std::numeric_limits<std::uint64_t>::max());

	std::uint64_t size() const;

	/*
	 * Hands the bytes on, once. A file that cannot be read to its end is a
	 * std::runtime_error that says how much of it was handed on.
	 */
	using UsePiece = std::function<void(std::span<const std::byte> piece)>;
	void for_each_piece(const UsePiece &use);

private:
	void take_all(std::uint64_t most);
	std::span<const std::byte> next_piece(std::uint64_t done);

	Input input_;
	std::uint64_t size_;
	bool is_held_; /* in memory */
	std::vector<std::byte> buffer_; /* all of it, or one piece */
};

} // namespace pcipeek::tools
