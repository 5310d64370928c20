// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "builder.hpp"
#include "svd_group.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace pcipeek::map::svd {

/** Makes blocks and registers of what is in a peripheral. */
class Expansion {
public:
	/** Adds to @p unit, which has its own block. */
	Expansion(Document &document, Unit &unit);

	void add(const Group &group);

private:
	/** What is around an item. */
	struct Outer {
		std::string name;
		std::uint64_t offset;
		std::shared_ptr<const Block> block;
	};

	void add(const Group &group, const Outer &outer);
	void add(const Item &item, std::uint64_t element, const Outer &outer);
	void add_register(const Item &item, std::string name, const Outer &place);
	void add_cluster(const Item &item, std::string name, const Outer &place);
	std::uint64_t offset_of(const Item &item, std::uint64_t element, std::uint64_t outer);

	Document &document_;
	Unit &unit_;
};

} // namespace pcipeek::map::svd
