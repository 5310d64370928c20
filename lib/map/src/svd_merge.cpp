// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "svd_merge.hpp"

#include <utility>

namespace pcipeek::map::svd {

Merge::Merge(Document &document) : document_{document}
{
}

void Merge::add_base(std::vector<pugi::xml_node> children)
{
	levels_.push_back(std::move(children));
}

std::vector<pugi::xml_node> Merge::result() &&
{
	while (!levels_.empty() && levels_.back().empty())
		levels_.pop_back();
	if (levels_.empty())
		return {};
	std::vector<pugi::xml_node> all = std::move(levels_.back());
	levels_.pop_back();
	if (levels_.empty())
		return all;

	std::unordered_map<std::string_view, std::size_t> places;
	for (std::size_t i = 0; i < all.size(); ++i)
		places.try_emplace(document_.name_of(all[i]), i);
	for (; !levels_.empty(); levels_.pop_back()) {
		// Alternates of one element may have the same name: both stay.
		const std::size_t inherited = all.size();
		for (const auto &child : levels_.back()) {
			const auto [place, is_new] =
				places.try_emplace(document_.name_of(child), all.size());
			if (is_new || place->second >= inherited)
				all.push_back(child);
			else
				all[place->second] = child;
		}
	}
	return all;
}

} // namespace pcipeek::map::svd
