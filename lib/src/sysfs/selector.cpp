// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "format.hpp"

#include <pcipeek/error.hpp>
#include <pcipeek/find.hpp>

#include <algorithm>
#include <cerrno>
#include <charconv>

namespace pcipeek {
namespace {

constexpr std::size_t id_digits = 4;

// Where in the text a part of it is.
struct Part {
	std::string_view whole;
	std::size_t start;

	std::string_view text() const
	{
		return whole.substr(start);
	}

	[[noreturn]] void fail(std::string_view complaint) const
	{
		throw Error{
			{.code = EINVAL,
			 .cause = Cause::invalid,
			 .text = formatted("'{}', column {}: {}", whole, start + 1, complaint)}};
	}
};

bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string_view first_word(std::string_view text)
{
	const auto *const end = std::ranges::find_if_not(text, is_word);
	return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

template <class T>
bool is_number(std::string_view word, int base, T &value)
{
	const char *end = word.data() + word.size();
	const auto result = std::from_chars(word.data(), end, value, base);
	return result.ec == std::errc{} && result.ptr == end;
}

Address address_in(const Part &part)
{
	const auto address = Address::parse(part.text());
	if (!address)
		part.fail(formatted("'{}' is not an address; write [domain:]bus:device.function "
				    "in hexadecimal, such as 0000:05:0d.0",
				    part.text()));
	return *address;
}

std::uint16_t take_id(Part &part)
{
	const std::string_view word = first_word(part.text());
	std::uint16_t id = 0;
	if (word.size() != id_digits || !is_number(word, 16, id))
		part.fail("an id is four hexadecimal digits, without 0x; an address has a dot, as "
			  "in 05:0d.0");
	part.start += word.size();
	return id;
}

std::size_t index_in(const Part &part)
{
	const std::string_view word = part.text();
	std::size_t index = 0;
	if (word.empty())
		part.fail("a number is missing here");
	if ((word.size() > 1 && word.front() == '0') || !is_number(word, 10, index))
		part.fail(formatted("'{}' is not a decimal number; the devices with these ids are "
				    "counted from @0",
				    word));
	return index;
}

DeviceSelector::Ids take_ids(Part &part)
{
	DeviceSelector::Ids ids{};
	ids.vendor = take_id(part);
	if (!part.text().starts_with(':'))
		part.fail("':' is missing; a device is [domain:]bus:device.function "
			  "or vvvv:dddd[@BDF|@N]");
	part.start++;
	ids.device = take_id(part);
	return ids;
}

void take_choice(Part &part, DeviceSelector &selector)
{
	part.start++;
	if (part.text().find(':') != std::string_view::npos)
		selector.address = address_in(part);
	else
		selector.index = index_in(part);
}

} // namespace

DeviceSelector DeviceSelector::parse(std::string_view text)
{
	Part part{text, 0};
	DeviceSelector selector{.text = std::string(text)};

	if (text.substr(0, text.find('@')).find('.') != std::string_view::npos) {
		selector.address = address_in(part);
		return selector;
	}
	selector.ids = take_ids(part);
	if (part.text().starts_with('@'))
		take_choice(part, selector);
	else if (!part.text().empty())
		part.fail(formatted("'{}' is not understood here; write vvvv:dddd, "
				    "vvvv:dddd@BDF or vvvv:dddd@N",
				    part.text()));
	return selector;
}

} // namespace pcipeek
