// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "svd_document.hpp"

#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pcipeek::map::svd {

/**
 * The children that an element has itself, and those of what it is derived from: of two
 * with the same name only its own, in the place of the other. What is nearest is added first.
 */
class Merge {
public:
	explicit Merge(Document &document);

	void add_base(std::vector<pugi::xml_node> children);

	/** Those of the last base first. */
	std::vector<pugi::xml_node> result() &&;

private:
	Document &document_;
	std::vector<std::vector<pugi::xml_node>> levels_;
};

} // namespace pcipeek::map::svd
