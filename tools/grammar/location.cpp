// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "grammar/location.hpp"

#include "errors.hpp"
#include "format.hpp"
#include "grammar/number.hpp"

namespace pcipeek::tools {

namespace {

constexpr std::uint64_t largest = ~std::uint64_t{0};
constexpr std::uint64_t largest_bar_number = 255;
constexpr std::string_view form = "a location is REGION[+OFFSET][.WIDTH][,COUNT|..END][:HI[:LO]]";
constexpr std::string_view symbol_form = "a register of a map is "
					 "[BLOCK.]REGISTER[,COUNT][:FIELD|:HI[:LO]]";

std::optional<unsigned> bar_number(Scanner &in, std::size_t start)
{
	if (!in.take("bar"))
		return std::nullopt;

	const auto number = take_number(in);
	if (number > largest_bar_number)
		in.fail_at(start, "no device has that BAR; use bar0 to bar5");
	return static_cast<unsigned>(number);
}

void take_region(Scanner &in, Location &location)
{
	const std::size_t start = in.position();

	if (const auto bar = bar_number(in, start)) {
		location.bar = *bar;
		return;
	}

	const std::string_view word = in.take_word();
	if (word == "config")
		location.space = Space::config;
	else if (word == "rom")
		location.space = Space::rom;
	else
		in.fail_at(start, "a location begins with its region, bar0 to bar5, "
				  "config or rom, or with the name of a register");
}

std::uint64_t take_offset(Scanner &in, const Location &location)
{
	return location.is_in_config() ? take_config_number(in) : take_number(in);
}

void take_offsets(Scanner &in, Location &location)
{
	while (in.take("+")) {
		const std::size_t start = in.position();
		const auto offset = take_offset(in, location);

		if (offset > largest - location.offset)
			in.fail_at(start, "the offsets add up to more than 64 bits");
		location.offset += offset;
	}
}

void take_width(Scanner &in, Location &location)
{
	if (in.sees("..") || !in.take("."))
		return;

	const std::size_t start = in.position();
	const std::string_view word = in.take_word();
	if (word == "b")
		location.width = Width::w8;
	else if (word == "w")
		location.width = Width::w16;
	else if (word == "l")
		location.width = Width::w32;
	else if (word == "q")
		location.width = Width::w64;
	else
		in.fail_at(start, formatted("'{}' is not a width; write .b .w .l or "
					    ".q for 8, 16, 32 or 64 bits",
					    word));
}

void take_count(Scanner &in, Location &location)
{
	const std::size_t start = in.position();

	location.count = take_number(in);
	if (*location.count == 0)
		in.fail_at(start, "a count of 0 asks for nothing; write 1 or more");
}

/* END is the last byte: the range ends with a whole element. */
void take_end(Scanner &in, Location &location)
{
	const std::size_t start = in.position();
	const std::uint64_t last = take_offset(in, location);
	const std::uint64_t width = bytes(location.width);

	if (last < location.offset)
		in.fail_at(start, formatted("the last byte, 0x{:x}, is before the "
					    "first, 0x{:x}",
					    last, location.offset));
	if ((last - location.offset) % width != width - 1)
		in.fail_at(start, formatted("0x{:x} to 0x{:x}, inclusive, is not a whole "
					    "number of {}-byte elements",
					    location.offset, last, width));
	if ((last - location.offset) / width == largest)
		in.fail_at(start, "the range is larger than 64 bits can count");
	location.count = (last - location.offset) / width + 1;
}

/* Of a register that is still to be found, no more is known than that it is one. */
unsigned room(const Location &location)
{
	return bits(location.symbol ? Width::w64 : location.width);
}

unsigned take_bit(Scanner &in, const Location &location)
{
	const std::size_t start = in.position();
	const std::uint64_t bit = take_number(in);

	if (bit >= room(location))
		in.fail_at(start, formatted("there is no bit {} in {} bits; write 0 "
					    "to {}, or a wider width",
					    bit, room(location), room(location) - 1));
	return static_cast<unsigned>(bit);
}

void take_field(Scanner &in, Location &location)
{
	const std::size_t start = in.position();
	BitField field{};

	field.high = take_bit(in, location);
	field.low = in.take(":") ? take_bit(in, location) : field.high;
	if (field.low > field.high)
		in.fail_at(start, formatted("the high bit comes first; write {}:{}", field.low,
					    field.high));
	location.field = field;
}

void take_region_or_symbol(Scanner &in, Location &location)
{
	if (begins_with_symbol(in.rest())) {
		take_symbol(in, location);
		return take_count_and_field(in, location);
	}
	take_region(in, location);
	take_offsets_and_width(in, location);
	take_extent_and_field(in, location);
}

char letter(Width width)
{
	switch (width) {
	case Width::w8:
		return 'b';
	case Width::w16:
		return 'w';
	case Width::w32:
		break;
	case Width::w64:
		return 'q';
	}
	return 'l';
}

} // namespace

unsigned BitField::bits() const
{
	return high - low + 1;
}

std::uint64_t BitField::of(std::uint64_t element) const
{
	return element >> low & (largest >> (64 - bits()));
}

bool Location::is_in_config() const
{
	return space == Space::config;
}

std::uint64_t Location::elements() const
{
	return count.value_or(1);
}

bool Location::is_inside(std::uint64_t size) const
{
	return offset <= size && elements() <= (size - offset) / bytes(width);
}

std::string Location::region() const
{
	return map::region_name(space, bar);
}

std::string Location::field_label() const
{
	if (symbol && !symbol->field.empty())
		return ':' + symbol->field;
	if (!field)
		return "";
	if (field->high == field->low)
		return formatted(":{}", field->high);
	return formatted(":{}:{}", field->high, field->low);
}

std::string Location::label(std::uint64_t index) const
{
	if (!name.empty() && !count)
		return name;
	return formatted("{}+0x{:02x}{}", region(), offset + index * bytes(width), field_label());
}

std::string Location::canonical() const
{
	const auto begin =
		symbol ? symbol->reg : formatted("{}+0x{:02x}.{}", region(), offset, letter(width));

	return formatted("{}{}{}", begin, count ? formatted(",{}", *count) : "", field_label());
}

void take_offsets_and_width(Scanner &in, Location &location)
{
	take_offsets(in, location);
	take_width(in, location);
}

void take_extent_and_field(Scanner &in, Location &location)
{
	if (in.take(","))
		take_count(in, location);
	else if (in.take(".."))
		take_end(in, location);
	if (in.take(":"))
		take_field(in, location);
}

void take_count_and_field(Scanner &in, Location &location)
{
	if (in.take(","))
		take_count(in, location);
	if (!in.take(":"))
		return;
	if (in.sees_name())
		location.symbol->field = in.take_name();
	else
		take_field(in, location);
}

Location take_location(Scanner &in)
{
	Location location;
	const std::size_t start = in.position();

	take_region_or_symbol(in, location);
	location.text = in.text().substr(start, in.position() - start);
	return location;
}

void require_bar(const Location &location)
{
	if (location.space == Space::bar)
		return;
	throw UsageError(formatted("'{}'{}: only BARs are allowed here{}", location.text,
				   location.described ? " is in " + location.region() : "",
				   location.described ? "" : "; write bar0 to bar5"));
}

Location parse_location(std::string_view text)
{
	Scanner in(text);
	Location location = take_location(in);

	if (!in.at_end())
		in.fail(formatted("'{}' is not understood here; {}", in.rest(),
				  location.symbol ? symbol_form : form));
	return location;
}

} // namespace pcipeek::tools
