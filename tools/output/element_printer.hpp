// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "grammar/location.hpp"

#include <cstdint>
#include <functional>
#include <string_view>

namespace pcipeek::tools {

/* How elements that were read are printed. */
enum class Form {
	bare, /* the value alone; for the only one */
	labelled, /* its location before it */
	json, /* a list of objects */
	raw /* the bytes, as the device has them */
};

/* bare if all of them together are one element, or else labelled. */
Form text_form(std::uint64_t locations, const Location &first);

/*
 * Prints elements in the order in which they come, each at once, so that what they are
 * does not have to be kept.
 */
class ElementPrinter {
public:
	explicit ElementPrinter(Form form);

	/* @index counts the elements of the location. */
	void add(const Location &location, std::uint64_t index, std::uint64_t element);

	/* There are no more. */
	void end();

	/*
	 * There are no more, since what should have granted them failed. A JSON list that has
	 * begun ends with an object that says why.
	 */
	void fail(std::string_view why) const;

private:
	void begin_item();

	Form form_;
	bool has_begun_ = false; /* the list */
};

/*
 * Prints what @add adds, to its end. If it throws, what was added before is printed, and
 * the exception goes on; @verb is what was tried.
 */
using AddElements = std::function<void(ElementPrinter &printer)>;
void print_elements(Form form, std::string_view verb, const AddElements &add);

} // namespace pcipeek::tools
