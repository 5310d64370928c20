// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "toml_anchor.hpp"

#include "format.hpp"

#include <array>

namespace pcipeek::map {

namespace {

using namespace std::string_view_literals;

// The first four say where the block is.
constexpr std::array own_keys{"capability"sv, "extended_capability"sv, "virtio"sv, "base"sv,
			      "header"sv,     "base_scale"sv};

void require_space(const Keys &keys, std::string_view key, const Block &region, Space space)
{
	if (region.space != space)
		keys.fail(key, formatted("'{}' is for blocks in {}", key,
					 space == Space::config ? "config" : "a BAR"));
}

std::optional<std::uint32_t> id_in(const Keys &keys, std::string_view key, std::uint32_t most)
{
	const auto id = keys.number(key, most);
	return id ? std::optional{static_cast<std::uint32_t>(*id)} : std::nullopt;
}

void check_alone(const Keys &keys)
{
	std::string_view first;
	for (const std::string_view key : std::span{own_keys}.first<4>()) {
		if (!keys.find(key))
			continue;
		if (!first.empty())
			keys.fail(key, formatted("'{}' and '{}' both say where it is; keep one of "
						 "them",
						 first, key));
		first = key;
	}
	if (!first.empty() && keys.find("count"))
		keys.fail("count", formatted("a block with '{}' is not an array", first));
}

} // namespace

Anchor anchor_of(const Keys &keys, const Block &region)
{
	check_alone(keys);
	if (const auto id = id_in(keys, "capability", 0xff)) {
		require_space(keys, "capability", region, Space::config);
		return {.kind = Anchor::Kind::capability, .id = *id};
	}
	if (const auto id = id_in(keys, "extended_capability", 0xffff)) {
		require_space(keys, "extended_capability", region, Space::config);
		return {.kind = Anchor::Kind::extended_capability, .id = *id};
	}
	if (const auto id = id_in(keys, "virtio", 0xff)) {
		require_space(keys, "virtio", region, Space::bar);
		return {.kind = Anchor::Kind::virtio, .id = *id};
	}
	if (const auto base = keys.text("base"))
		return {.kind = Anchor::Kind::base_register,
			.id = 0,
			.base = *base,
			.scale = keys.number("base_scale").value_or(1)};
	return {};
}

std::optional<unsigned> header_of(const Keys &keys, const Block &region)
{
	const auto header = id_in(keys, "header", 1);
	if (header)
		require_space(keys, "header", region, Space::config);
	return header;
}

void refuse_anchor(const Keys &keys)
{
	for (const std::string_view key : own_keys)
		if (keys.find(key))
			keys.fail(key, formatted("'{}' is for blocks that are directly in a region",
						 key));
}

} // namespace pcipeek::map
