// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/access.hpp>
#include <pcipeek/bar.hpp>
#include <pcipeek/device.hpp>
#include <pcipeek/export.hpp>
#include <pcipeek/typed/field.hpp>
#include <pcipeek/typed/register.hpp>
#include <pcipeek/wait.hpp>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <type_traits>

/**
 * @file
 * @brief Registers by name, checked by the compiler: for headers that `pcipeek header` writes.
 *
 *     #include "edu.hpp"          // pcipeek header 1234-11e8 --namespace edu > edu.hpp
 *
 *     const pcipeek::Device board = pcipeek::find("1234:11e8");
 *     auto status = read(board, edu::STATUS);               // std::uint32_t
 *     bool busy = edu::STATUS.BUSY.of(status);
 *     write(board, edu::FACTORIAL, 5u);
 *     update(board, edu::CTRL.START(1) | edu::CTRL.DIRECTION(edu::CTRL.DIRECTION.to_ram));
 *     wait_until(board, edu::STATUS.BUSY == 0, 10ms);
 *     read(board, ahci::PORT[3].CLB);                       // one of an array
 *
 * The register says BAR, offset and width. These do not compile: reading what is
 * write-only, writing what is read-only, fields of two registers in one update, a value of a
 * wider type than the register, the name of a value of another field, and a constant that
 * does not fit. The last is seen in constant expressions, and by compilers that optimise
 * (-O1); otherwise it is an Error, like any other value that does not fit.
 *
 * Each function takes a Device, or the Bar that the register is in. All may be called from
 * any thread. One call is one bus access, but for registers of several words, which
 * are accessed once each, by ascending offset; if they can change in between, a register
 * of two words is read like read_counter64().
 *
 * All throw what the functions of access.hpp throw, and before any access
 * - Error EINVAL, Cause::invalid: a value does not fit; the Bar is not that of the register.
 * - Error ENXIO, Cause::no_such_bar: the device does not have the register's BAR.
 */
namespace pcipeek {

/** @cond For the templates below. */
namespace typed::detail {

/* A register without its type. */
struct Words {
	Place place;
	Width width = Width::w32;
	unsigned words = 1;
	WordOrder order = WordOrder::low_first;
	bool is_volatile = false;
};

template <class R>
constexpr Words words_of(const Place &place)
{
	const Traits &traits = R::traits;
	return {place, traits.width, traits.words, traits.order, traits.is_volatile};
}

PCIPEEK_API Bar bar_of(const Device &device, const Place &place);
PCIPEEK_API Bar bar_of(const Bar &bar, const Place &place);
PCIPEEK_API std::uint64_t read_words(const Bar &bar, const Words &reg);
PCIPEEK_API void write_words(const Bar &bar, const Words &reg, std::uint64_t value);

template <class T>
concept Target = std::same_as<T, Device> || std::same_as<T, Bar>;

template <class R, Target Board>
typename R::value_type read_register(const Board &board, const Place &place)
{
	return static_cast<typename R::value_type>(
		read_words(bar_of(board, place), words_of<R>(place)));
}

template <class R, Target Board>
void write_register(const Board &board, const Place &place, typename R::value_type value)
{
	write_words(bar_of(board, place), words_of<R>(place), value);
}

} // namespace typed::detail
/** @endcond */

/** @brief The value of a register. */
template <typed::detail::Target Board, class Self, typed::Traits T>
typed::Unsigned<T.width> read(const Board &board, const typed::Register<Self, T> &reg)
{
	static_assert(T.access != typed::Access::write_only,
		      "this register is write-only: it cannot be read");
	return typed::detail::read_register<typed::Register<Self, T>>(board, reg.place());
}

/** @brief The value of a field, shifted down. Reads the whole register. */
template <typed::detail::Target Board, class R, unsigned High, unsigned Low, typed::Access A,
	  class Names>
typename R::value_type read(const Board &board, const typed::Field<R, High, Low, A, Names> &field)
{
	static_assert(A != typed::Access::write_only,
		      "this field is write-only: it cannot be read");
	return field.of(typed::detail::read_register<R>(board, field.place()));
}

/** @brief Writes a whole register. */
template <typed::detail::Target Board, class Self, typed::Traits T, class V>
PCIPEEK_CHECKED inline void write(const Board &board, const typed::Register<Self, T> &reg, V value)
{
	using Value = typed::Unsigned<T.width>;
	constexpr auto largest = static_cast<Value>(~Value{});
	static_assert(T.access != typed::Access::read_only,
		      "this register is read-only: it cannot be written");
	typed::detail::write_register<typed::Register<Self, T>>(
		board, reg.place(), typed::detail::checked_number<Value, largest>(value));
}

/** @cond Calls that do not compile, for what the compiler says of them. */
template <class Wrong, typed::detail::Target Board, class Self, typed::Traits T>
	requires(!typed::detail::Target<Wrong>)
Wrong read(const Board &board, const typed::Register<Self, T> &reg)
{
	static_assert(std::is_same_v<Wrong, typed::Unsigned<T.width>>,
		      "the register has another width; leave it out: read(device, REGISTER)");
	return read(board, reg);
}

template <class Wrong, typed::detail::Target Board, class Self, typed::Traits T>
	requires(!typed::detail::Target<Wrong>)
void write(const Board &board, const typed::Register<Self, T> &reg,
	   std::type_identity_t<Wrong> value)
{
	static_assert(
		std::is_same_v<Wrong, typed::Unsigned<T.width>>,
		"the register has another width; leave it out: write(device, REGISTER, value)");
	write(board, reg, static_cast<typed::Unsigned<T.width>>(value));
}
/** @endcond */

/**
 * @brief Writes a whole register: these fields, and 0 in all other bits.
 *
 *     write(board, edu::CTRL.START(1) | edu::CTRL.DIRECTION(0));
 */
template <typed::detail::Target Board, class R>
void write(const Board &board, const typed::FieldValues<R> &fields)
{
	typed::detail::write_register<R>(board, fields.place, fields.value);
}

/**
 * @brief Changes fields of a register by one read and one write, with no other update in
 * between; see update(const Bar &, std::uint64_t, const Masked &, Width).
 *
 * Other fields are written back as they were read, except those that act when they are
 * written: a write-one-to-clear field is written as 0.
 *
 * @return The old value of the whole register.
 */
template <typed::detail::Target Board, class R>
typename R::value_type update(const Board &board, const typed::FieldValues<R> &fields)
{
	constexpr typed::Traits traits = R::traits;
	static_assert(traits.access != typed::Access::write_only,
		      "an update reads, and this register is write-only: use write()");
	static_assert(!traits.read_has_effect,
		      "an update reads, and reading this register has side effects: use write()");
	static_assert(traits.words == 1,
		      "this register has several words: no single step updates it; use read() "
		      "and write()");
	const auto as_one = traits.written_as_one & ~std::uint64_t{fields.mask};
	const Masked masked{.value = fields.value | as_one,
			    .mask = fields.mask | as_one | traits.written_as_zero};
	return static_cast<typename R::value_type>(
		update(typed::detail::bar_of(board, fields.place), fields.place.offset, masked,
		       traits.width));
}

/**
 * @brief Reads a register until it, or one of its fields, meets the condition; see
 * wait_until(const Bar &, ...) for timeout and interval.
 * @return The value of the whole register that met it.
 * @throws TimeoutError.
 */
template <typed::detail::Target Board, class R>
typename R::value_type wait_until(const Board &board, const typed::RegisterCondition<R> &condition,
				  std::chrono::nanoseconds timeout,
				  std::chrono::microseconds interval = {})
{
	static_assert(R::traits.words == 1,
		      "this register has several words: it cannot be waited for; wait for one "
		      "of them with wait_until(bar, offset, ...)");
	return static_cast<typename R::value_type>(
		wait_until(typed::detail::bar_of(board, condition.place), condition.place.offset,
			   condition.condition, timeout, interval, R::traits.width));
}

} // namespace pcipeek
