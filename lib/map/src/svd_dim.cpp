// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "svd_dim.hpp"

#include "reader_text.hpp"
#include "svd_number.hpp"

#include <algorithm>

namespace pcipeek::map::svd {
namespace {

bool is_letter(std::string_view text)
{
	return text.size() == 1 &&
	       ((text[0] >= 'A' && text[0] <= 'Z') || (text[0] >= 'a' && text[0] <= 'z'));
}

bool is_decimal(std::string_view text)
{
	return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::uint64_t required_number(Document &document, pugi::xml_node element)
{
	const std::string_view text = document.text(element);
	const auto value = number(text);

	if (!value)
		document.fail(element, std::string{element.name()} + " is " + in_quotes(text) +
					       ", and not a number");
	return *value;
}

} // namespace

Dim::Dim(Document &document, pugi::xml_node dim, pugi::xml_node increment, pugi::xml_node index)
	: is_array_{true}, count_{required_number(document, dim)}
{
	if (count_ == 0)
		document.fail(dim, "dim is 0: an array has one element at least");
	if (increment)
		increment_ = required_number(document, increment);
	else if (count_ > 1)
		document.fail(dim, "dimIncrement is missing");
	if (!index)
		return;

	const std::string_view text = document.text(index);
	const std::size_t dash = text.find('-');
	if (dash != std::string_view::npos)
		read_range(document, index, trimmed(text.substr(0, dash)),
			   trimmed(text.substr(dash + 1)));
	else
		read_list(text);
	if (!list_.empty() && list_.size() != count_)
		document.fail(index, "dim is " + std::to_string(count_) + ", but dimIndex lists " +
					     std::to_string(list_.size()));
}

void Dim::read_range(Document &document, pugi::xml_node index, std::string_view from,
		     std::string_view to)
{
	std::uint64_t last = 0;

	if (is_letter(from) && is_letter(to)) {
		letter_ = from[0];
		first_ = static_cast<unsigned char>(from[0]);
		last = static_cast<unsigned char>(to[0]);
	} else if (is_decimal(from) && is_decimal(to) && number(from) && number(to)) {
		first_ = *number(from);
		last = *number(to);
	} else {
		document.fail(index, "dimIndex is " + in_quotes(document.text(index)) +
					     ": a range is 0-3 or A-D");
	}
	if (last < first_ || last - first_ != count_ - 1)
		document.fail(index, "dim is " + std::to_string(count_) + ", but dimIndex is " +
					     in_quotes(document.text(index)));
}

void Dim::read_list(std::string_view text)
{
	for (;;) {
		const std::size_t comma = text.find(',');
		list_.push_back(trimmed(text.substr(0, comma)));
		if (comma == std::string_view::npos)
			return;
		text.remove_prefix(comma + 1);
	}
}

bool Dim::is_array() const
{
	return is_array_;
}

std::uint64_t Dim::count() const
{
	return count_;
}

std::uint64_t Dim::increment() const
{
	return increment_;
}

std::string Dim::index(std::uint64_t element) const
{
	if (!list_.empty())
		return std::string{list_[element]};
	if (letter_ != 0)
		return {static_cast<char>(first_ + element)};
	return std::to_string(first_ + element);
}

bool Dim::has_index(std::string_view text) const
{
	if (!list_.empty())
		return std::ranges::find(list_, text) != list_.end();
	if (letter_ != 0)
		return is_letter(text) && text[0] >= letter_ &&
		       static_cast<std::uint64_t>(text[0] - letter_) < count_;
	const auto value = is_decimal(text) ? number(text) : std::nullopt;
	return value && *value >= first_ && *value - first_ < count_;
}

Pattern::Pattern(std::string_view name) : before{name}
{
	for (const std::string_view place : {"[%s]", "%s"}) {
		const std::size_t at = name.find(place);
		if (at == std::string_view::npos)
			continue;
		has_index_ = true;
		before = name.substr(0, at);
		after = name.substr(at + place.size());
		return;
	}
}

bool Pattern::has_index() const
{
	return has_index_;
}

std::string Pattern::with(std::string_view index) const
{
	std::string name{before};

	name += index;
	name += after;
	return identifier(name);
}

std::string Pattern::without_index() const
{
	return after.empty() ? identifier(before) : with({});
}

} // namespace pcipeek::map::svd
