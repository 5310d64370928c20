// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/map.hpp>

#include "format.hpp"

#include <pcipeek/config.hpp>
#include <pcipeek/error.hpp>

#include <cerrno>

namespace pcipeek::map {

namespace {

constexpr std::uint8_t vendor_specific = 0x09;

[[noreturn]] void fail_absent(const Device &device, const Block &block, const std::string &what)
{
	throw Error({.code = ENOENT,
		     .cause = Cause::absent,
		     .text = formatted("{}: {} has no {}", block.name, to_string(device.address()),
				       what),
		     .address = device.address()});
}

Placement at_capability(const Device &device, const Block &block)
{
	const auto found = Config{device}.find(static_cast<std::uint8_t>(block.anchor.id));
	if (!found)
		fail_absent(device, block, formatted("capability 0x{:02x}", block.anchor.id));
	return {Space::config, 0, found->offset};
}

Placement at_extended_capability(const Device &device, const Block &block)
{
	const Config config{device};
	const auto found = config.find_extended(static_cast<std::uint16_t>(block.anchor.id));
	if (!found)
		fail_absent(device, block,
			    formatted("extended capability 0x{:04x}", block.anchor.id));
	return {Space::config, 0, found->offset};
}

// struct virtio_pci_cap, virtio 1.2, section 4.1.4: the type, the BAR and the offset in it.
Placement at_virtio_structure(const Device &device, const Block &block)
{
	const Config config{device};
	for (std::size_t nth = 0; const auto found = config.find(vendor_specific, nth); nth++) {
		if (config.read<std::uint8_t>(found->offset + 3) != block.anchor.id)
			continue;
		return {Space::bar, config.read<std::uint8_t>(found->offset + 4),
			config.read<std::uint32_t>(found->offset + 8)};
	}
	fail_absent(device, block, formatted("virtio structure of type {}", block.anchor.id));
}

struct BaseName {
	std::string reg;
	std::string field;
};

BaseName split(const std::string &base)
{
	const auto colon = base.find(':');
	return {base.substr(0, colon), colon == std::string::npos ? "" : base.substr(colon + 1)};
}

const Register &base_of(const Map &map, const Block &block)
{
	return map.at(formatted("{}.{}", block.region(), split(block.anchor.base).reg));
}

// The base of a block may be in a block with a base, and so on, but not in a circle.
void check_chain(const Map &map, const Block &block)
{
	constexpr unsigned longest = 8;
	const Block *at = &block;
	for (unsigned i = 0; at->anchor.kind == Anchor::Kind::base_register; i++) {
		if (i == longest)
			throw MapError(formatted("{}: block {} is based on {}, whose own place "
						 "depends on more than {} registers, or on itself",
						 block.file, block.name, block.anchor.base,
						 longest));
		at = base_of(map, *at).block.get();
	}
}

Placement at_base_register(const Device &device, const Map &map, const Block &block)
{
	check_chain(map, block);
	const BaseName name = split(block.anchor.base);
	const Register &reg = base_of(map, block);
	const Placement where = place(device, map, *reg.block);
	std::uint64_t value = read(device, map, reg);

	if (!name.field.empty()) {
		const Field *field = reg.type->field(name.field);
		if (!field)
			throw NameError(formatted(
				"{}: block {} is based on {}, but {} has no field {}", block.file,
				block.name, block.anchor.base, reg.name, name.field));
		value = field->of(value);
	}
	return {block.space, where.bar, value * block.anchor.scale};
}

} // namespace

Placement place(const Device &device, const Map &map, const Block &block)
{
	switch (block.anchor.kind) {
	case Anchor::Kind::fixed:
		break;
	case Anchor::Kind::capability:
		return at_capability(device, block);
	case Anchor::Kind::extended_capability:
		return at_extended_capability(device, block);
	case Anchor::Kind::virtio:
		return at_virtio_structure(device, block);
	case Anchor::Kind::base_register:
		return at_base_register(device, map, block);
	}
	return {block.space, block.bar, 0};
}

} // namespace pcipeek::map
