// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "toml_keys.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pcipeek::map {

/** The keys `count`, `stride`, `index` and `first`. */
struct Array {
	/** What stands in the names of the elements; one empty text if it is no array. */
	std::vector<std::string> indices;
	/** In bytes; of fields, in bits. */
	std::uint64_t stride = 0;

	bool is_array() const
	{
		return indices.size() > 1 || !indices.front().empty();
	}
};

/** What the table says; @p default_stride where it says none. Throws MapError. */
Array array_of(const Keys &keys, std::uint64_t default_stride);

/** Both "CH%s" and "CH" with the index "2" give CH2. */
std::string element_name(std::string_view name, std::string_view index);

} // namespace pcipeek::map
