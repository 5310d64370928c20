// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "builder.hpp"

namespace pcipeek::map {

MapBuilder read_svd(std::string_view, const std::string &file)
{
	fail(file, 0, "SVD files are not read yet");
}

MapBuilder read_litex(std::string_view, const std::string &file, std::uint64_t &)
{
	fail(file, 0, "csr.json files are not read yet");
}

} // namespace pcipeek::map
