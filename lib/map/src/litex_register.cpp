// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "litex_register.hpp"

#include "reader_text.hpp"

namespace pcipeek::map::litex {
namespace {

// A software access, whatever the bus behind it has: upper bits read as 0.
constexpr unsigned access_bits = 32;
constexpr std::uint64_t most_bits = 1024;

Access access_of(const Document &document, const Json &entry, const std::string &where)
{
	const auto type = entry.find("type");

	if (type == entry.end())
		document.fail(where, "type is missing");
	if (*type == "ro")
		return Access::read_only;
	if (*type == "rw")
		return Access::read_write;
	if (*type == "wo")
		return Access::write_only;
	document.fail(where + ".type", R"(it can be "ro", "rw" or "wo")");
}

// Files of before there was a choice say nothing.
WordOrder order_of(const Json &constants)
{
	const auto ordering = constants.find("config_csr_ordering");
	const bool is_little = constants.contains("config_csr_ordering_little") ||
			       (ordering != constants.end() && *ordering == "little");

	return is_little ? WordOrder::low_first : WordOrder::high_first;
}

} // namespace

Layout Layout::of(const Document &document)
{
	const Json &constants = document.section("constants");
	const std::uint64_t width =
		document.number(constants, "config_csr_data_width", "constants", 32);
	const std::uint64_t alignment =
		document.number(constants, "config_csr_alignment", "constants", 32);

	if (width != 8 && width != 16 && width != 32)
		document.fail("constants.config_csr_data_width",
			      "it is " + std::to_string(width) + ": it can be 8, 16 or 32");
	if (alignment != 32 && alignment != 64)
		document.fail("constants.config_csr_alignment",
			      "it is " + std::to_string(alignment) + ": it can be 32 or 64");
	return {.word_bits = width, .alignment = alignment, .order = order_of(constants)};
}

Entry Entry::of(const Document &document, const Json &value, const std::string &where)
{
	Entry entry{.address = document.number(value, "addr", where),
		    .size = document.number(value, "size", where),
		    .access = access_of(document, value, where)};
	constexpr std::uint64_t most_words = 0x10000;

	if (entry.size == 0 || entry.size > most_words)
		document.fail(where + ".size", "it is " + std::to_string(entry.size) +
						       " words: it can be 1 to 65536");
	if (entry.address > ~std::uint64_t{0} - entry.size * 8)
		document.fail(where + ".addr", "the register ends beyond 64 bits");
	return entry;
}

Registers::Registers(const Layout &layout) : layout_{layout}
{
}

std::uint64_t Registers::count(const Entry &entry) const
{
	const bool is_dense = layout_.word_bits == layout_.alignment;
	const bool is_one =
		entry.size == 1 || (is_dense && entry.size * layout_.word_bits <= most_bits);

	return is_one ? 1 : entry.size;
}

void Registers::add(const Entry &entry, const std::string &name, Unit &unit)
{
	const std::uint64_t registers = count(entry);
	const std::uint64_t words = entry.size / registers;
	const std::string full = (unit.name.empty() ? "" : unit.name + '.') + identifier(name);

	const bool high_first = layout_.order == WordOrder::high_first;

	for (std::uint64_t i = 0; i < registers; ++i) {
		const std::uint64_t word = high_first ? registers - 1 - i : i;
		const std::string index = registers > 1 ? std::to_string(word) : "";
		unit.registers.push_back(
			{.name = full + index,
			 .offset = entry.address - unit.base + i * layout_.alignment / 8,
			 .type = type(words, entry.access),
			 .block = unit.blocks.front()});
	}
}

std::shared_ptr<const RegisterType> Registers::type(std::uint64_t words, Access access)
{
	auto &known = types_[{words, access}];

	if (!known) {
		auto made = std::make_shared<RegisterType>();
		made->bits = access_bits * static_cast<unsigned>(words);
		made->word_bits = access_bits;
		made->order = layout_.order;
		made->access = access;
		known = std::move(made);
	}
	return known;
}

} // namespace pcipeek::map::litex
