// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "testing/memory.hpp"

namespace pcipeek::testing {

void Memory::load(std::uint64_t offset, std::span<std::byte> data) const
{
	for (std::byte &byte : data) {
		const auto page = pages_.find(offset / page_size);
		byte = page == pages_.end() ? std::byte{} : page->second[offset % page_size];
		offset++;
	}
}

void Memory::store(std::uint64_t offset, std::span<const std::byte> data)
{
	for (const std::byte byte : data) {
		pages_[offset / page_size][offset % page_size] = byte;
		offset++;
	}
}

} // namespace pcipeek::testing
