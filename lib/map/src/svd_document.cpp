// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "svd_document.hpp"

#include "builder.hpp"
#include "reader_text.hpp"

#include <algorithm>
#include <utility>

namespace pcipeek::map::svd {
namespace {

constexpr std::size_t most_memory = std::size_t{192} << 20;

bool is_list(std::string_view name)
{
	return name == "registers" || name == "fields" || name == "peripherals";
}

bool has_a_place(std::string_view name)
{
	return name == "peripheral" || name == "cluster" || name == "register" || name == "field";
}

} // namespace

Document::Document(std::string_view text, std::string file) : text_{text}, file_{std::move(file)}
{
	if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff"))
		map::fail(file_, 0, "it is in UTF-16: convert it to UTF-8");
	const auto result =
		xml_.load_buffer(text.data(), text.size(), pugi::parse_cdata | pugi::parse_escapes,
				 pugi::encoding_utf8);
	if (!result)
		map::fail(file_, line_of(result.offset),
			  std::string{"malformed XML: "} + result.description());
	if (!device())
		map::fail(file_, 0, "this is not CMSIS-SVD: it has no element <device>");
}

pugi::xml_node Document::device() const
{
	return xml_.child("device");
}

const std::string &Document::file() const
{
	return file_;
}

std::string_view Document::text(pugi::xml_node element)
{
	const auto first = element.first_child();

	if (!first || !first.next_sibling())
		return trimmed(first.value());
	std::string &all = joined_.emplace_back();
	for (const auto &part : element.children())
		all += part.value();
	return trimmed(all);
}

std::string_view Document::name_of(pugi::xml_node element)
{
	return text(element.child("name"));
}

std::size_t Document::line_of(std::ptrdiff_t offset) const
{
	const auto before =
		text_.substr(0, static_cast<std::size_t>(std::max(offset, std::ptrdiff_t{0})));

	return 1 + static_cast<std::size_t>(std::ranges::count(before, '\n'));
}

// "register UART0.CTRL", of whatever is inside it.
std::string Document::place_of(pugi::xml_node element)
{
	while (element && !has_a_place(element.name()))
		element = element.parent();
	if (!element)
		return "device";

	const std::string kind = element.name();
	std::string path;
	for (; has_a_place(element.name()); element = owner_of(element)) {
		const std::string_view name = name_of(element);
		std::string part = name.empty() ? "?" : identifier(name.substr(0, 64));
		if (!path.empty())
			part.append(".").append(path);
		path = std::move(part);
		if (path.size() > 256)
			break;
	}
	return kind + ' ' + path;
}

void Document::fail(pugi::xml_node element, const std::string &complaint)
{
	map::fail(file_, line_of(element.offset_debug()), place_of(element) + ": " + complaint);
}

void Document::spend(pugi::xml_node element, std::size_t bytes)
{
	spent_ += bytes;
	if (spent_ > most_memory)
		fail(element,
		     "with it the map takes more than 192 MiB: leave parts of the file out");
}

std::size_t Document::most_steps() const
{
	return 1'000'000 + 50 * text_.size();
}

pugi::xml_node owner_of(pugi::xml_node element)
{
	const auto parent = element.parent();

	return is_list(parent.name()) ? parent.parent() : parent;
}

} // namespace pcipeek::map::svd
