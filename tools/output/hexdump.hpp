// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace pcipeek::tools {

/*
 * The canonical hexdump, as `hexdump -C` prints it: 16 bytes a line, a line that
 * repeats the one before it folded into "*", and the end offset last. Offsets are
 * those of the region.
 *
 * The bytes may come in pieces, each of whole lines but the last.
 */
class Hexdump {
public:
	static constexpr std::size_t line_bytes = 16;

	explicit Hexdump(std::uint64_t offset);

	/* The lines of the next piece. */
	std::string add(std::span<const std::byte> piece);

	/* The closing line: the offset behind the last byte. */
	std::string end() const;

private:
	std::string add_line(std::span<const std::byte> line);
	bool repeats(std::span<const std::byte> line) const;

	std::uint64_t offset_;
	std::array<std::byte, line_bytes> previous_{};
	bool has_previous_ = false;
	bool folding_ = false;
};

} // namespace pcipeek::tools
