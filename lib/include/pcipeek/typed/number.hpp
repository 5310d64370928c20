// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/export.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

/**
 * @file
 * @brief Numbers for registers and fields, checked when the program is compiled if the
 * compiler knows them, and when it runs otherwise.
 */

/** @cond For this library and generated headers. */

/* Inlined even where nothing else is, so that the compiler knows the caller's constants. */
#define PCIPEEK_CHECKED [[gnu::always_inline]]

namespace pcipeek::typed::detail {

/* Never called: a call that is left after optimisation does not compile. */
[[gnu::error("this value does not fit the bits of the register or field that it is for; "
	     "pass a smaller one")]] void
the_value_does_not_fit();
[[gnu::error("this index is beyond the array of registers; its last one is size() - 1 after "
	     "the first")]] void
the_index_is_beyond_the_array();
[[gnu::error("these fields cannot be written together: they are in different elements of an "
	     "array, or overlap; use one update() for each")]] void
the_fields_do_not_go_together();

/** Throws Error EINVAL, Cause::invalid, with both in its text. */
[[noreturn]] PCIPEEK_API void refuse_value(std::uint64_t value, bool negative,
					   std::uint64_t largest);
[[noreturn]] PCIPEEK_API void refuse_index(std::uint64_t index, std::uint64_t first,
					   std::uint64_t last);
[[noreturn]] PCIPEEK_API void refuse_combination();

/* The number as a Value; largest is the largest one that fits. An int is what literals are. */
template <class Value, std::uint64_t largest, class V>
PCIPEEK_CHECKED constexpr Value checked_number(V number)
{
	static_assert(std::is_integral_v<V>,
		      "a number, or one of the names of this field's own values, is wanted here");
	static_assert(!std::is_integral_v<V> || std::is_same_v<V, int> ||
			      sizeof(V) <= sizeof(Value),
		      "this integer type is wider than the register; cast the value to the "
		      "register's value_type");
	const bool negative = number < V{};
	const bool fits = !negative && static_cast<std::uint64_t>(number) <= largest;
	if (__builtin_constant_p(number) && !fits)
		the_value_does_not_fit();
	if (!fits)
		refuse_value(static_cast<std::uint64_t>(number), negative, largest);
	return static_cast<Value>(number);
}

} // namespace pcipeek::typed::detail
/** @endcond */
