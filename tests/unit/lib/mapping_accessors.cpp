// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// Never run: mapping_accessors_test.sh looks at the instructions of these functions.
#include <pcipeek/mapping.hpp>

#include <cstddef>
#include <cstdint>

using pcipeek::MappedRegister;
using pcipeek::Mapping;

extern "C" {

std::uint8_t load_8(const Mapping &mapping, std::size_t offset)
{
	return mapping.load<std::uint8_t>(offset);
}

std::uint16_t load_16(const Mapping &mapping, std::size_t offset)
{
	return mapping.load<std::uint16_t>(offset);
}

std::uint32_t load_32(const Mapping &mapping, std::size_t offset)
{
	return mapping.load<std::uint32_t>(offset);
}

std::uint64_t load_64(const Mapping &mapping, std::size_t offset)
{
	return mapping.load<std::uint64_t>(offset);
}

void store_8(const Mapping &mapping, std::size_t offset, std::uint8_t value)
{
	mapping.store(offset, value);
}

void store_16(const Mapping &mapping, std::size_t offset, std::uint16_t value)
{
	mapping.store(offset, value);
}

void store_32(const Mapping &mapping, std::size_t offset, std::uint32_t value)
{
	mapping.store(offset, value);
}

void store_64(const Mapping &mapping, std::size_t offset, std::uint64_t value)
{
	mapping.store<std::uint64_t>(offset, value);
}

std::uint32_t checked_load_32(MappedRegister<std::uint32_t> status)
{
	return status.load();
}

void checked_store_32(MappedRegister<std::uint32_t> status, std::uint32_t value)
{
	status.store(value);
}

// What a compiler would like to merge, drop or widen.
void load_twice_32(const Mapping &mapping)
{
	mapping.load<std::uint32_t>(0);
	mapping.load<std::uint32_t>(0);
}

void store_same_twice_32(const Mapping &mapping)
{
	mapping.store(0, std::uint32_t{5});
	mapping.store(0, std::uint32_t{5});
}

void store_neighbours_8(const Mapping &mapping)
{
	mapping.store(0, std::uint8_t{1});
	mapping.store(1, std::uint8_t{2});
}

std::uint32_t load_masked_32(const Mapping &mapping)
{
	return mapping.load<std::uint32_t>(0) & 0xff;
}
}
