// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "grammar/element.hpp"

#include "format.hpp"

namespace pcipeek::tools {

namespace {

unsigned digits(const Location &location)
{
	const unsigned size = location.field ? location.field->bits() : bits(location.width);

	return (size + 3) / 4;
}

} // namespace

std::uint64_t element(std::span<const std::byte> image, std::size_t index, Width width)
{
	const auto own = image.subspan(index * bytes(width), bytes(width));
	std::uint64_t value = 0;

	for (std::size_t i = own.size(); i-- > 0;)
		value = value << 8 | std::to_integer<std::uint64_t>(own[i]);
	return value;
}

void store_element(std::span<std::byte> image, std::size_t index, Width width, std::uint64_t value)
{
	for (auto &byte : image.subspan(index * bytes(width), bytes(width))) {
		byte = static_cast<std::byte>(value);
		value >>= 8;
	}
}

std::string format_element(const Location &location, std::uint64_t element)
{
	return format_bits(location, location.field ? location.field->of(element) : element);
}

std::string format_bits(const Location &location, std::uint64_t value)
{
	return formatted("0x{:0{}x}", value, digits(location));
}

} // namespace pcipeek::tools
