// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "builder.hpp"

#include "file.hpp"
#include "format.hpp"

namespace pcipeek {

namespace {

MapFormat format_of(const std::filesystem::path &file)
{
	const auto suffix = file.extension();
	if (suffix == ".toml")
		return MapFormat::toml;
	if (suffix == ".svd" || suffix == ".xml")
		return MapFormat::svd;
	if (suffix == ".json")
		return MapFormat::litex;
	map::fail(file.string(), 0,
		  "its suffix does not say which format it has; use .toml, .svd, .xml or .json");
}

// Where nobody says where its blocks go: in BAR 0, as they lie in the file.
void move_to_bar0(MapBuilder &builder, std::uint64_t origin)
{
	for (map::Unit &unit : builder.units) {
		if (unit.base < origin)
			map::fail(builder.file, 0,
				  formatted("block {} is at 0x{:x}, below the origin 0x{:x}",
					    unit.name, unit.base, origin));
		unit.move_to({}, unit.base - origin);
	}
}

} // namespace

namespace map {

MapBuilder read_format(std::string_view text, MapFormat format, const std::string &file,
		       std::uint64_t &origin, unsigned depth)
{
	origin = 0;
	switch (format) {
	case MapFormat::toml:
		break;
	case MapFormat::svd:
		return read_svd(text, file);
	case MapFormat::litex:
		return read_litex(text, file, origin);
	}
	return read_toml(text, file, depth);
}

MapBuilder read_file(const std::filesystem::path &file, std::uint64_t &origin, unsigned depth)
{
	return read_format(read_text(file), format_of(file), file.string(), origin, depth);
}

} // namespace map

Map Map::load(const std::filesystem::path &file)
{
	return parse(map::read_text(file), format_of(file), file.string());
}

Map Map::parse(std::string_view text, MapFormat format, const std::string &name)
{
	std::uint64_t origin = 0;
	MapBuilder builder = map::read_format(text, format, name, origin, 0);
	if (format != MapFormat::toml)
		move_to_bar0(builder, origin);
	return std::move(builder).build();
}

} // namespace pcipeek
