// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// CMSIS-SVD.
#include "map_check.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
	using namespace pcipeek;

	fuzz::check_map(fuzz::text_of(data, size), MapFormat::svd);
	return 0;
}
