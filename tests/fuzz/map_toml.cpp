// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// TOML: our own maps.
#include "map_check.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
	using namespace pcipeek;

	fuzz::check_map(fuzz::text_of(data, size), MapFormat::toml);
	return 0;
}
