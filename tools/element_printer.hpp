// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "element_json.hpp"
#include "location.hpp"

#include <cstdint>

namespace pcipeek::tools {

/* How elements that were read are printed. */
enum class Form {
	bare, /* the value alone; for the only one */
	labelled, /* its location before it */
	json, /* a list, complete when all is read */
	raw /* the bytes, as the device has them */
};

/* bare if all of them together are one element, or else labelled. */
Form text_form(std::uint64_t locations, const Location &first);

/* Prints elements in the order in which they come. */
class ElementPrinter {
public:
	explicit ElementPrinter(Form form);

	/* @index counts the elements of the location. */
	void add(const Location &location, std::uint64_t index, std::uint64_t element);

	/* There are no more. */
	void end();

private:
	Form form_;
	ElementList list_;
};

} // namespace pcipeek::tools
