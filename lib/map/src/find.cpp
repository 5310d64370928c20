// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/map.hpp>

#include "contents.hpp"
#include "format.hpp"
#include "text.hpp"

#include <algorithm>

namespace pcipeek {

namespace map {
namespace {

// From the closest on. The first kind of match that is found at all decides.
enum class Match : unsigned {
	exact,
	but_for_case,
	without_block,
	without_block_but_for_case,
	none,
};

struct Query {
	std::string_view region;
	std::string_view name;
};

Query query_of(std::string_view text)
{
	const auto dot = text.find('.');
	if (dot == std::string_view::npos || !is_region(text.substr(0, dot)))
		return {{}, text};
	return {text.substr(0, dot), text.substr(dot + 1)};
}

bool is_tail(std::string_view name, std::string_view tail)
{
	return name.size() > tail.size() + 1 && name[name.size() - tail.size() - 1] == '.';
}

Match match(const Query &query, const Register &reg)
{
	const std::string_view name = reg.name;
	if (!same_word(name.substr(name.size() - std::min(name.size(), query.name.size())),
		       query.name) ||
	    (!query.region.empty() && !same_word(query.region, reg.block->region())))
		return Match::none;
	if (name.size() == query.name.size())
		return name == query.name ? Match::exact : Match::but_for_case;
	if (!is_tail(name, query.name))
		return Match::none;
	return name.ends_with(query.name) ? Match::without_block
					  : Match::without_block_but_for_case;
}

[[noreturn]] void fail_ambiguous(std::string_view name, std::span<const Register *const> found)
{
	std::string list;
	constexpr std::size_t shown = 4;
	for (std::size_t i = 0; i < std::min(found.size(), shown); i++)
		list += formatted("{}{}", i ? ", " : "", qualified_name(*found[i]));
	throw NameError(formatted("'{}' matches {} registers: {}{}; choose one", name, found.size(),
				  list, found.size() > shown ? ", ..." : ""));
}

// How far a name is from what was asked for, with or without its block.
std::size_t distance_to(std::string_view asked, const Register &reg)
{
	const auto dot = reg.name.rfind('.');
	const std::size_t whole = distance(asked, reg.name);
	return dot == std::string::npos
		       ? whole
		       : std::min(whole,
				  distance(asked, std::string_view{reg.name}.substr(dot + 1)));
}

std::string join_alternatives(const std::vector<std::string> &names)
{
	std::string text;
	for (std::size_t i = 0; i < names.size(); i++)
		text += formatted("{}{}",
				  i == 0		  ? ""
				  : i + 1 == names.size() ? " or "
							  : ", ",
				  names[i]);
	return text;
}

struct Candidate {
	std::size_t distance = 0;
	std::string_view name;
};

// Those that differ in at most a third of what was asked for, or in two letters.
std::vector<std::string> nearest_of(std::string_view asked, std::vector<Candidate> candidates,
				    std::size_t most)
{
	const std::size_t far = std::max<std::size_t>(asked.size() / 3, 2);
	std::erase_if(candidates, [&](const Candidate &one) { return one.distance > far; });
	std::ranges::stable_sort(candidates, {}, &Candidate::distance);
	candidates.resize(std::min(candidates.size(), most));

	std::vector<std::string> names;
	names.reserve(candidates.size());
	for (const Candidate &candidate : candidates)
		names.emplace_back(candidate.name);
	return names;
}

} // namespace

std::vector<std::string> nearest(std::string_view name, std::span<const std::string> names,
				 std::size_t most)
{
	std::vector<Candidate> candidates;

	candidates.reserve(names.size());
	for (const std::string &candidate : names)
		candidates.push_back({distance(name, candidate), candidate});
	return nearest_of(name, std::move(candidates), most);
}

} // namespace map

const map::Register *Map::find(std::string_view name) const
{
	const map::Query query = map::query_of(name);
	auto best = map::Match::none;
	std::vector<const map::Register *> found;

	if (query.name.empty())
		return nullptr;
	for (const map::Register &reg : registers()) {
		const auto how = map::match(query, reg);
		if (how < best) {
			best = how;
			found.clear();
		}
		if (how == best && how != map::Match::none)
			found.push_back(&reg);
	}
	if (found.size() > 1)
		map::fail_ambiguous(name, found);
	return found.empty() ? nullptr : found.front();
}

const map::Register &Map::at(std::string_view name) const
{
	if (const map::Register *reg = find(name))
		return *reg;
	if (registers().empty())
		throw NameError(formatted("'{}': there is no register map with such a name", name));

	const auto names = nearest(name);
	throw NameError(
		formatted("'{}' is not a register of the map{}", name,
			  names.empty() ? "; 'pcipeek map show' lists them"
					: "; did you mean " + map::join_alternatives(names) + "?"));
}

std::vector<std::string> Map::nearest(std::string_view name, std::size_t most) const
{
	const map::Query query = map::query_of(name);
	std::vector<map::Candidate> candidates;

	for (const map::Register &reg : registers())
		candidates.push_back({map::distance_to(query.name, reg), reg.name});
	return map::nearest_of(query.name, std::move(candidates), most);
}

} // namespace pcipeek
