// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/condition.hpp>
#include <pcipeek/typed/number.hpp>
#include <pcipeek/typed/register.hpp>

#include <cstdint>
#include <type_traits>

/**
 * @file
 * @brief Fields of registers as types. See <pcipeek/registers.hpp>.
 */
namespace pcipeek::typed {

/**
 * @brief A named value of one field: edu::CTRL.DIRECTION.to_ram. Also is its number.
 * @tparam Names The struct that has all names of the field.
 */
template <class Names, class Value>
struct Named {
	Value number;

	constexpr operator Value() const noexcept
	{
		return number;
	}
};

/** @brief Of a field whose values have no names. */
struct NoNames {};

/**
 * @brief New contents for some fields of one register: CTRL.START(1) | CTRL.DIRECTION(0).
 *
 * For update(), which leaves the other fields alone, and for write(), which writes 0 there.
 */
template <class R>
struct FieldValues {
	Place place;
	/** In their place in the register; 0 outside the mask. */
	typename R::value_type value;
	typename R::value_type mask;
};

/** @brief What a register or field is to be: STATUS.BUSY == 0. For wait_until(). */
template <class R>
struct RegisterCondition {
	Place place;
	Condition condition;
};

/**
 * @brief Bits High to Low of the register R, both inclusive.
 *
 * Where it says so, a value is a number that fits the field, or one of its Names; a
 * number that does not fit is an error of the compiler if it can see it, and otherwise
 * throws Error EINVAL, Cause::invalid.
 */
template <class R, unsigned High, unsigned Low, Access A = Access::read_write,
	  class Names = NoNames>
class Field : public Names {
public:
	/** @brief That of its register. */
	using value_type = typename R::value_type;

	constexpr explicit Field(const R &reg) noexcept : place_{reg.place()}
	{
	}

	/** @brief Its value, shifted down, in a value of the register. */
	static constexpr value_type of(value_type register_value) noexcept
	{
		return static_cast<value_type>((register_value & mask()) >> Low);
	}

	/** @brief Its bits in their place in the register. */
	static constexpr value_type mask() noexcept
	{
		return static_cast<value_type>(largest << Low);
	}

	/** @brief New contents for this field: a value. */
	template <class V>
	PCIPEEK_CHECKED constexpr FieldValues<R> operator()(V value) const
	{
		static_assert(A != Access::read_only,
			      "this field is read-only: it cannot be written");
		return {place_, in_place(value), mask()};
	}

	/** @brief Met when the field is that value. */
	template <class V>
	PCIPEEK_CHECKED constexpr RegisterCondition<R> operator==(V value) const
	{
		return condition(value, false);
	}

	/** @brief Met when the field is any other value. */
	template <class V>
	PCIPEEK_CHECKED constexpr RegisterCondition<R> operator!=(V value) const
	{
		return condition(value, true);
	}

	/** @brief Where its register is. */
	constexpr const Place &place() const noexcept
	{
		return place_;
	}

private:
	static constexpr std::uint64_t largest = ~std::uint64_t{0} >> (63 - (High - Low));

	template <class V>
	PCIPEEK_CHECKED static constexpr value_type in_place(V value)
	{
		if constexpr (std::is_same_v<V, Named<Names, value_type>>)
			return static_cast<value_type>(std::uint64_t{value.number} << Low);
		else
			return static_cast<value_type>(
				std::uint64_t{detail::checked_number<value_type, largest>(value)}
				<< Low);
	}

	template <class V>
	PCIPEEK_CHECKED constexpr RegisterCondition<R> condition(V value, bool not_equal) const
	{
		static_assert(A != Access::write_only,
			      "this field is write-only: it cannot be waited for");
		return {place_, {in_place(value), mask(), not_equal}};
	}

	Place place_;
};

/** @brief Both. They belong to the same register, and do not overlap. */
template <class R, class S>
PCIPEEK_CHECKED constexpr FieldValues<R> operator|(const FieldValues<R> &a, const FieldValues<S> &b)
{
	static_assert(std::is_same_v<R, S>,
		      "these are fields of two registers; use one update() for each register");
	if constexpr (std::is_same_v<R, S>) {
		const bool fit = a.place == b.place && (a.mask & b.mask) == 0;
		if (__builtin_constant_p(a.place.offset) && __builtin_constant_p(b.place.offset) &&
		    !fit)
			detail::the_fields_do_not_go_together();
		if (!fit)
			detail::refuse_combination();
		return {a.place, static_cast<typename R::value_type>(a.value | b.value),
			static_cast<typename R::value_type>(a.mask | b.mask)};
	}
	return a;
}

/** @brief Met when the whole register is that value. */
template <class Self, Traits T, class V>
PCIPEEK_CHECKED constexpr RegisterCondition<Register<Self, T>> operator==(
	const Register<Self, T> &reg, V value)
{
	using Value = Unsigned<T.width>;
	constexpr auto all = static_cast<Value>(~Value{});
	static_assert(T.access != Access::write_only,
		      "this register is write-only: it cannot be waited for");
	return {reg.place(), {detail::checked_number<Value, all>(value), all}};
}

/** @brief Met when the whole register is any other value. */
template <class Self, Traits T, class V>
PCIPEEK_CHECKED constexpr RegisterCondition<Register<Self, T>> operator!=(
	const Register<Self, T> &reg, V value)
{
	auto condition = reg == value;
	condition.condition.not_equal = true;
	return condition;
}

} // namespace pcipeek::typed
