// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>

namespace pcipeek::testing {

/**
 * The bytes behind a BAR, zero at first. Takes room only where something was stored:
 * a BAR may have many gigabytes. The caller checks the range.
 */
class Memory {
public:
	void load(std::uint64_t offset, std::span<std::byte> data) const;
	void store(std::uint64_t offset, std::span<const std::byte> data);

private:
	static constexpr std::uint64_t page_size = 4096;
	using Page = std::array<std::byte, page_size>;

	std::map<std::uint64_t, Page> pages_;
};

} // namespace pcipeek::testing
