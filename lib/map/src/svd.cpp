// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "builder.hpp"
#include "reader_text.hpp"
#include "svd_expand.hpp"

#include <utility>

namespace pcipeek::map {
namespace svd {
namespace {

class Reader {
public:
	Reader(std::string_view text, const std::string &file)
		: document_{text, file},
		  derivation_{document_},
		  device_{document_, derivation_, document_.device()},
		  types_{document_, derivation_, device_.number(Tag::width).value_or(0)},
		  groups_{document_, derivation_, types_},
		  defaults_{defaults_in(document_, device_, {})}
	{
	}

	MapBuilder read() &&
	{
		builder_.file = document_.file();
		builder_.name = prose(device_.text(Tag::name));
		builder_.description = prose(device_.text(Tag::description));
		check_address_unit();
		for (const auto &list : document_.device().children("peripherals"))
			for (const auto &peripheral : list.children("peripheral"))
				add(Element{document_, derivation_, peripheral});
		return std::move(builder_);
	}

private:
	void check_address_unit()
	{
		const auto bits = device_.number(Tag::address_unit_bits);

		if (bits && *bits != 8)
			document_.fail(device_.at(Tag::address_unit_bits),
				       "addressUnitBits is " + std::to_string(*bits) +
					       ": addresses can only count bytes, which is 8");
	}

	void add(const Element &peripheral)
	{
		const Pattern name{peripheral.text(Tag::name)};
		const std::uint64_t base = peripheral.required_number(Tag::base_address);
		const Dim dim = peripheral.dim();
		const auto group = groups_.of(peripheral.node(),
					      defaults_in(document_, peripheral, defaults_));

		if (peripheral.text(Tag::name).empty())
			document_.fail(peripheral.node(), "name is missing");
		groups_.count(peripheral.node(), dim.count(), group->expanded + 1, count_);
		for (std::uint64_t i = 0; i < dim.count(); ++i) {
			Unit &unit = add_unit(peripheral, dim.is_array() ? name.with(dim.index(i))
									 : name.without_index());
			if (__builtin_mul_overflow(dim.increment(), i, &unit.base) ||
			    __builtin_add_overflow(unit.base, base, &unit.base))
				document_.fail(peripheral.node(), "its address is beyond 64 bits");
			Expansion{document_, unit}.add(*group);
		}
	}

	Unit &add_unit(const Element &peripheral, std::string name)
	{
		Unit &unit = builder_.units.emplace_back();
		auto block = std::make_shared<Block>();

		unit.name = block_name(std::move(name));
		block->name = unit.name;
		block->description = prose(peripheral.text(Tag::description));
		block->file = document_.file();
		document_.spend(peripheral.node(),
				sizeof(Unit) + sizeof(Block) + 2 * unit.name.size() +
					block->description.size() + block->file.size());
		unit.blocks.push_back(std::move(block));
		return unit;
	}

	Document document_;
	Derivation derivation_;
	Element device_;
	RegisterTypes types_;
	Groups groups_;
	Defaults defaults_;
	MapBuilder builder_;
	std::uint64_t count_ = 0;
};

} // namespace
} // namespace svd

MapBuilder read_svd(std::string_view text, const std::string &file)
{
	return svd::Reader{text, file}.read();
}

} // namespace pcipeek::map
