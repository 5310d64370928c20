// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/map.hpp>

#include "contents.hpp"
#include "format.hpp"

#include <unordered_map>

namespace pcipeek {

MapError::MapError(const MapError &) noexcept = default;
MapError &MapError::operator=(const MapError &) noexcept = default;
MapError::~MapError() = default;

NameError::NameError(const NameError &) noexcept = default;
NameError &NameError::operator=(const NameError &) noexcept = default;
NameError::~NameError() = default;

Map::Map() : contents_{std::make_shared<const Contents>()}
{
}

Map::Map(std::shared_ptr<const Contents> contents) : contents_{std::move(contents)}
{
}

const std::string &Map::name() const noexcept
{
	return contents_->name;
}

const std::string &Map::description() const noexcept
{
	return contents_->description;
}

const std::vector<std::string> &Map::matches() const noexcept
{
	return contents_->matches;
}

std::span<const map::Register> Map::registers() const noexcept
{
	return contents_->registers;
}

Map Map::merged_with(const Map &other) const
{
	std::unordered_map<std::string, const map::Register *> own;
	for (const map::Register &reg : registers())
		own.emplace(map::qualified_name(reg), &reg);

	auto merged = std::make_shared<Contents>(*contents_);
	if (merged->name.empty())
		merged->name = other.name();
	for (const map::Register &reg : other.registers()) {
		const auto found = own.find(map::qualified_name(reg));
		if (found == own.end())
			merged->registers.push_back(reg);
		else if (!map::same_place(*found->second, reg))
			throw MapError(formatted(
				"{} and {} contradict each other: {} is at +0x{:x} in one and at "
				"+0x{:x} in the other; correct one of them, or use --map",
				found->second->block->file, reg.block->file, found->first,
				found->second->offset, reg.offset));
	}
	return Map{std::move(merged)};
}

} // namespace pcipeek
