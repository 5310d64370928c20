// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "builder.hpp"
#include "litex_json.hpp"
#include "litex_register.hpp"
#include "reader_text.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace pcipeek::map {
namespace litex {
namespace {

/** A register, and the bank that it is in. */
struct Place {
	std::string bank;
	std::string name;
};

class Reader {
public:
	Reader(std::string_view text, const std::string &file)
		: document_{text, file}, registers_{Layout::of(document_)}
	{
	}

	std::uint64_t origin() const
	{
		const Json &memories = document_.section("memories");
		const auto csr = memories.find("csr");

		return csr == memories.end() ? 0 : document_.number(*csr, "base", "memories.csr");
	}

	MapBuilder read() &&
	{
		const Json &constants = document_.section("constants");
		const auto name = constants.find("config_identifier");

		if (name != constants.end() && name->is_string())
			builder_.name = prose(name->get<std::string>());
		builder_.file = document_.file();
		add_banks();
		for (const auto &[key, value] : document_.required_section("csr_registers").items())
			add(key, value);
		drop_unnamed_bank();
		sort();
		return std::move(builder_);
	}

private:
	/** The first is for registers that are in no bank. */
	void add_banks()
	{
		add_unit("", 0);
		for (const auto &[key, value] : document_.required_section("csr_bases").items()) {
			if (key.empty())
				document_.fail("csr_bases", "a name is empty");
			units_[key] = builder_.units.size();
			add_unit(block_name(identifier(key)),
				 document_.number(value, "csr_bases." + key));
		}
	}

	void add_unit(std::string name, std::uint64_t base)
	{
		Unit &unit = builder_.units.emplace_back();
		auto block = std::make_shared<Block>();

		block->name = name;
		block->file = document_.file();
		unit.name = std::move(name);
		unit.base = base;
		unit.blocks.push_back(std::move(block));
	}

	/** "pcie_dma0_reader_enable" is in "pcie_dma0" although there may be a "pcie". */
	Place place_of(const std::string &key) const
	{
		for (std::size_t at = key.rfind('_'); at != std::string::npos && at > 0;
		     at = key.rfind('_', at - 1))
			if (at + 1 < key.size() && units_.contains(key.substr(0, at)))
				return {.bank = key.substr(0, at), .name = key.substr(at + 1)};
		return {.bank = {}, .name = key};
	}

	void add(const std::string &key, const Json &value)
	{
		const std::string where = "csr_registers." + key;
		const Entry entry = Entry::of(document_, value, where);
		const Place place = place_of(key);
		const auto found = units_.find(place.bank);
		Unit &unit = builder_.units[found == units_.end() ? 0 : found->second];

		if (key.empty())
			document_.fail("csr_registers", "a name is empty");
		if (entry.address < unit.base)
			document_.fail(where + ".addr", "it is before its bank " + place.bank +
								", which begins at " +
								std::to_string(unit.base));
		count_ += registers_.count(entry);
		if (count_ > most_registers)
			document_.fail(where, "with it the map has more than " +
						      std::to_string(most_registers) +
						      " registers");
		registers_.add(entry, place.name, unit);
	}

	void drop_unnamed_bank()
	{
		if (builder_.units.front().registers.empty())
			builder_.units.erase(builder_.units.begin());
	}

	/** JSON has no order; that of the addresses is the one in which LiteX writes. */
	void sort()
	{
		std::ranges::stable_sort(builder_.units, {}, &Unit::base);
		for (auto &unit : builder_.units)
			std::ranges::stable_sort(unit.registers, {}, &Register::offset);
	}

	Document document_;
	Registers registers_;
	MapBuilder builder_;
	/** The banks, and which unit each is. */
	std::map<std::string, std::size_t> units_;
	std::uint64_t count_ = 0;
};

} // namespace
} // namespace litex

MapBuilder read_litex(std::string_view text, const std::string &file, std::uint64_t &origin)
{
	litex::Reader reader{text, file};

	origin = reader.origin();
	return std::move(reader).read();
}

} // namespace pcipeek::map
