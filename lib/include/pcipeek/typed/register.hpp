// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/typed/number.hpp>
#include <pcipeek/width.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

/**
 * @file
 * @brief Registers as types: what a generated header declares. See <pcipeek/registers.hpp>.
 */
namespace pcipeek::typed {

/** @brief Whether software may read and write a register or a field. */
enum class Access : std::uint8_t {
	read_write,
	read_only,
	write_only,
};

/** @brief The order of the words of a register that has several, by ascending offset. */
enum class WordOrder : std::uint8_t {
	low_first,
	high_first,
};

/** @brief What the compiler knows of a register. */
struct Traits {
	/** In bytes from the start of its block. */
	std::uint64_t offset = 0;
	/** Of the whole register. */
	Width width = Width::w32;
	/** 1, 2, 4 or 8: how many bus accesses make up one access to the register. */
	unsigned words = 1;
	WordOrder order = WordOrder::low_first;
	Access access = Access::read_write;
	/** A read changes something in the device. */
	bool read_has_effect = false;
	/** Its words can change between two reads. */
	bool is_volatile = false;
	/** Bits that an update of other bits writes as 0 or as 1: anything else would act. */
	std::uint64_t written_as_zero = 0;
	std::uint64_t written_as_one = 0;
};

/** @brief Where a block of registers, or one register, begins. */
struct Place {
	/** The BAR number, 0 to 5. */
	unsigned bar = 0;
	/** In bytes from the start of the BAR. */
	std::uint64_t offset = 0;

	bool operator==(const Place &) const = default;
};

/** @brief The unsigned integer of a width. */
template <Width W>
using Unsigned = std::conditional_t<
	W == Width::w8, std::uint8_t,
	std::conditional_t<W == Width::w16, std::uint16_t,
			   std::conditional_t<W == Width::w32, std::uint32_t, std::uint64_t>>>;

/**
 * @brief The base of a register's own struct, which has its fields as members.
 * @tparam Self That struct. Two registers are two types, even with the same traits.
 */
template <class Self, Traits T>
class Register {
public:
	/** @brief The type of its value: what read() returns. */
	using value_type = Unsigned<T.width>;

	static constexpr Traits traits = T;

	/** @param block Where the register's block begins. */
	constexpr explicit Register(const Place &block) noexcept
		: place_{block.bar, block.offset + T.offset}
	{
	}

	/** @brief Where the register is. */
	constexpr const Place &place() const noexcept
	{
		return place_;
	}

private:
	Place place_;
};

/**
 * @brief Blocks or registers of the same kind at equal distances: ahci::PORT[3].CLB.
 * @tparam Element Is made from the Place where it begins.
 * @tparam Stride In bytes from one element to the next.
 * @tparam First The index of the first element.
 */
template <class Element, std::size_t Count, std::uint64_t Stride, std::size_t First = 0>
class Array {
public:
	/** @param first Where the first element begins. */
	constexpr explicit Array(const Place &first) noexcept : first_{first}
	{
	}

	/**
	 * @brief One element. An index that the compiler can see is checked then: always in
	 * constant expressions, otherwise when it optimises.
	 * @throws Error EINVAL, Cause::invalid: there is no such element.
	 */
	template <class Index>
	PCIPEEK_CHECKED constexpr Element operator[](Index index) const
	{
		static_assert(std::is_integral_v<Index>, "an index is an integer");
		const auto i = static_cast<std::uint64_t>(index);
		const bool exists = i >= First && i - First < Count;
		if (__builtin_constant_p(index) && !exists)
			detail::the_index_is_beyond_the_array();
		if (!exists)
			detail::refuse_index(i, First, First + Count - 1);
		return Element{Place{first_.bar, first_.offset + (i - First) * Stride}};
	}

	/** @brief The number of elements. */
	static constexpr std::size_t size() noexcept
	{
		return Count;
	}

private:
	Place first_;
};

} // namespace pcipeek::typed
