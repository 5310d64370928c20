// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "output/element_printer.hpp"

#include "format.hpp"
#include "grammar/element.hpp"
#include "naming/described.hpp"
#include "output/element_json.hpp"
#include "output/output.hpp"
#include "output/report.hpp"

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
		begin_item();
		return print(element_json(location, index, element));
	case Form::raw:
		return print_image(location.width, element);
	case Form::labelled:
		return print(formatted("{} {}\n", location.label(index),
				       format_with_meaning(location, element)));
	case Form::bare:
		break;
	}
	print(format_element(location, element) + '\n');
}

void ElementPrinter::begin_item()
{
	print(has_begun_ ? ",\n  " : "[\n  ");
	has_begun_ = true;
}

void ElementPrinter::end()
{
	if (form_ == Form::json)
		print(has_begun_ ? "\n]\n" : "[]\n");
}

void ElementPrinter::fail(std::string_view why) const
{
	if (has_begun_)
		print_before_failure(",\n  " + error_json(why) + "\n]\n");
}

void print_elements(Form form, std::string_view verb, const AddElements &add)
{
	ElementPrinter printer(form);

	try {
		add(printer);
	} catch (const std::exception &error) {
		printer.fail(sentence(verb, error));
		throw;
	}
	printer.end();
}

} // namespace pcipeek::tools
