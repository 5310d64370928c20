// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "regions/continuity.hpp"

#include "format.hpp"

#include <pcipeek/error.hpp>

#include <cerrno>

namespace pcipeek::tools {

Continuity::Continuity(const Place &place, std::uint64_t piece_bytes)
	: device_(place.device), total_(place.bytes())
{
	if (place.location.space == Space::bar && total_ > piece_bytes)
		generation_ = device_.state().generation;
}

void Continuity::check(std::uint64_t done) const
{
	if (generation_ == 0 || device_.state().generation == generation_)
		return;
	throw Error({.code = EAGAIN,
		     .cause = Cause::reset,
		     .text = formatted("cannot continue with {}: it was reset during the first {} "
				       "of {} bytes; start again",
				       to_string(device_.address()), done, total_),
		     .address = device_.address()});
}

} // namespace pcipeek::tools
