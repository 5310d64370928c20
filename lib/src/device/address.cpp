// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/address.hpp>

#include "format.hpp"

#include <charconv>

namespace pcipeek {
namespace {

// Takes a hexadecimal number off the front of the text.
template <class T>
bool take_hex(std::string_view &text, T &value, std::size_t max_digits, T max_value)
{
	const char *end = text.data() + std::min(text.size(), max_digits);
	const auto [rest, error] = std::from_chars(text.data(), end, value, 16);
	if (error != std::errc{} || value > max_value)
		return false;
	text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
	return true;
}

bool take(std::string_view &text, char character)
{
	if (!text.starts_with(character))
		return false;
	text.remove_prefix(1);
	return true;
}

bool has_domain(std::string_view text)
{
	return text.find(':') != text.rfind(':');
}

} // namespace

std::optional<Address> Address::parse(std::string_view text)
{
	Address address;

	if (has_domain(text) &&
	    !(take_hex(text, address.domain, 8, std::uint32_t{0xffffffff}) && take(text, ':')))
		return std::nullopt;
	const bool complete =
		take_hex(text, address.bus, 2, std::uint8_t{0xff}) && take(text, ':') &&
		take_hex(text, address.device, 2, std::uint8_t{31}) && take(text, '.') &&
		take_hex(text, address.function, 1, std::uint8_t{7}) && text.empty();
	if (!complete)
		return std::nullopt;
	return address;
}

std::string to_string(const Address &address)
{
	return formatted("{:04x}:{:02x}:{:02x}.{}", address.domain, address.bus, address.device,
			 address.function);
}

} // namespace pcipeek
