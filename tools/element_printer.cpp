// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "element_printer.hpp"

#include "element.hpp"
#include "output.hpp"

#include <array>

namespace pcipeek::tools {

namespace {

void print_image(Width width, std::uint64_t element)
{
	std::array<std::byte, sizeof(element)> image{};
	const auto used = std::span(image).first(bytes(width));

	store_element(used, 0, width, element);
	print_bytes(used);
}

} // namespace

Form text_form(std::uint64_t locations, const Location &first)
{
	return locations == 1 && !first.count ? Form::bare : Form::labelled;
}

ElementPrinter::ElementPrinter(Form form) : form_(form)
{
}

void ElementPrinter::add(const Location &location, std::uint64_t index, std::uint64_t element)
{
	switch (form_) {
	case Form::json:
		return list_.add(location, index, element);
	case Form::raw:
		return print_image(location.width, element);
	case Form::labelled:
		print(location.label(index) + ' ');
		break;
	case Form::bare:
		break;
	}
	print(format_element(location, element) + '\n');
}

void ElementPrinter::end()
{
	if (form_ == Form::json)
		print(list_.text());
}

} // namespace pcipeek::tools
