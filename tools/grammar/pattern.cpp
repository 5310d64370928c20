// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "grammar/pattern.hpp"

#include "format.hpp"

#include <charconv>

namespace pcipeek::tools {

namespace {

constexpr std::size_t id_digits = 4;
constexpr std::uint32_t largest_domain = 0xffffffff;
constexpr std::uint32_t largest_bus = 0xff;
constexpr std::uint32_t largest_device = 0x1f;
constexpr std::uint32_t largest_function = 7;

/* All of @word as a hexadecimal number. */
std::optional<std::uint32_t> hexadecimal(std::string_view word)
{
	std::uint32_t value = 0;
	const char *end = word.data() + word.size();
	const auto result = std::from_chars(word.data(), end, value, 16);

	if (result.ec != std::errc{} || result.ptr != end)
		return std::nullopt;
	return value;
}

std::uint32_t take_part(Scanner &in, std::string_view name, std::uint32_t maximum)
{
	const std::size_t start = in.position();
	const auto value = hexadecimal(in.take_word());

	if (!value || *value > maximum)
		in.fail_at(start, formatted("the {} is a hexadecimal number from 0 "
					    "to {:x}, without 0x",
					    name, maximum));
	return *value;
}

std::uint8_t take_small_part(Scanner &in, std::string_view name, std::uint32_t maximum)
{
	return static_cast<std::uint8_t>(take_part(in, name, maximum));
}

bool has_domain(std::string_view text)
{
	return text.find(':') != text.rfind(':');
}

void expect(Scanner &in, std::string_view separator, std::string_view form)
{
	if (!in.take(separator))
		in.fail(formatted("'{}' is missing; write {}", separator, form));
}

void expect_end(const Scanner &in, std::string_view form)
{
	if (!in.at_end())
		in.fail(formatted("'{}' is not understood here; write {}", in.rest(), form));
}

constexpr std::string_view id_form = "VENDOR:[DEVICE], such as 1147: or 1147:0c8e";
constexpr std::string_view slot_form = "[DOMAIN:]BUS:[DEVICE[.FUNCTION]], such as 05: or "
				       "05:0d.0";

} // namespace

std::uint16_t take_id(Scanner &in, std::string_view hint)
{
	const std::size_t start = in.position();
	const std::string_view word = in.take_word();
	const auto value = hexadecimal(word);

	if (!value || word.size() != id_digits)
		in.fail_at(start,
			   formatted("an id is four hexadecimal digits, without 0x{}", hint));
	return static_cast<std::uint16_t>(*value);
}

IdPattern parse_id_pattern(std::string_view text)
{
	Scanner in(text);
	IdPattern pattern{take_id(in), std::nullopt};

	expect(in, ":", id_form);
	if (!in.at_end())
		pattern.device = take_id(in);
	expect_end(in, id_form);
	return pattern;
}

bool SlotPattern::matches(const Address &address) const
{
	return address.domain == domain && address.bus == bus &&
	       device.value_or(address.device) == address.device &&
	       function.value_or(address.function) == address.function;
}

SlotPattern parse_slot_pattern(std::string_view text)
{
	Scanner in(text);
	SlotPattern slot;

	if (has_domain(text)) {
		slot.domain = take_part(in, "domain", largest_domain);
		expect(in, ":", slot_form);
	}
	slot.bus = take_small_part(in, "bus", largest_bus);
	expect(in, ":", slot_form);
	if (!in.at_end())
		slot.device = take_small_part(in, "device", largest_device);
	if (slot.device && in.take("."))
		slot.function = take_small_part(in, "function", largest_function);
	expect_end(in, slot_form);
	return slot;
}

} // namespace pcipeek::tools
