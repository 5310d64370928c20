// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "svd_register.hpp"

#include "reader_text.hpp"
#include "svd_effects.hpp"

#include <utility>

namespace pcipeek::map::svd {
namespace {

constexpr unsigned most_bits = 1024;

unsigned bits_in(Document &document, const Element &element, unsigned outer)
{
	const auto bits = element.number(Tag::size);

	if (!bits)
		return outer;
	if (*bits == 0 || *bits > most_bits)
		document.fail(element.at(Tag::size),
			      "size is " + std::to_string(*bits) + " bits: it can be 1 to 1024");
	return static_cast<unsigned>(*bits);
}

// Bits that the mask has not are not known.
std::optional<std::uint64_t> reset_of(const Defaults &known)
{
	const std::uint64_t all =
		known.bits < 64 ? (std::uint64_t{1} << known.bits) - 1 : ~std::uint64_t{0};

	if (!known.reset || (known.reset_mask & all) == 0 || known.bits > 64)
		return std::nullopt;
	return *known.reset & known.reset_mask & all;
}

// "Channel %s" of an array that shares it: "Channel 0-3".
std::string description_of(const Element &reg)
{
	std::string text = prose(reg.text(Tag::description));

	const std::size_t at = text.find("%s");
	if (at == std::string::npos || !reg.has(Tag::dim))
		return text;
	const Dim dim = reg.dim();
	const std::string last = dim.count() > 1 ? '-' + dim.index(dim.count() - 1) : "";
	return text.replace(at, 2, dim.index(0) + last);
}

} // namespace

Defaults defaults_in(Document &document, const Element &element, Defaults outer)
{
	outer.bits = bits_in(document, element, outer.bits);
	if (const auto rights = rights_of(document, element)) {
		outer.access = rights->access;
		outer.write_once = rights->write_once;
	}
	if (const auto reset = element.number(Tag::reset_value))
		outer.reset = reset;
	outer.reset_mask = element.number(Tag::reset_mask).value_or(outer.reset_mask);
	for (const Tag tag : {Tag::alternate_group, Tag::alternate_cluster, Tag::alternate_register,
			      Tag::alternate_peripheral})
		outer.overlaps = outer.overlaps || element.has(tag);
	return outer;
}

RegisterTypes::RegisterTypes(Document &document, Derivation &derivation, std::uint64_t bus_bits)
	: document_{document},
	  derivation_{derivation},
	  fields_{document, derivation},
	  bus_bits_{bus_bits}
{
}

RegisterTypes::Type RegisterTypes::of(const Element &reg, const Defaults &outer)
{
	const auto found = known_.find(reg.node().hash_value());
	if (found != known_.end() && found->second.outer == outer)
		return found->second.type;

	const auto base = derivation_.base_of(reg.node());
	Type type = base && reg.only_moves() ? of(Element{document_, derivation_, base}, outer)
					     : read(reg, outer);
	known_[reg.node().hash_value()] = {.outer = outer, .type = type};
	return type;
}

RegisterTypes::Type RegisterTypes::read(const Element &reg, const Defaults &outer)
{
	const Defaults known = defaults_in(document_, reg, outer);
	auto type = std::make_shared<RegisterType>();

	type->bits = known.bits;
	type->word_bits = word_bits(known.bits);
	type->access = known.access.value_or(Access::read_write);
	type->read_effect = read_effect_of(document_, reg).value_or(ReadEffect::none);
	type->write_effect = write_effect_of(document_, reg).value_or(WriteEffect::plain);
	type->write_once = known.write_once;
	type->overlaps = known.overlaps;
	type->reset = reset_of(known);
	type->description = description_of(reg);
	document_.spend(reg.node(), sizeof(RegisterType) + type->description.size());
	fields_.read(reg.node(), *type, known.access.has_value());
	return type;
}

// A register that is wider than the bus takes several accesses.
unsigned RegisterTypes::word_bits(unsigned bits) const
{
	const bool is_bus = bus_bits_ == 8 || bus_bits_ == 16 || bus_bits_ == 32 || bus_bits_ == 64;

	if (!is_bus || bits <= bus_bits_ || bits % bus_bits_ != 0)
		return bits;
	return static_cast<unsigned>(bus_bits_);
}

} // namespace pcipeek::map::svd
