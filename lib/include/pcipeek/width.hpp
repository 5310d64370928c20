// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <concepts>
#include <cstdint>

namespace pcipeek {

/**
 * @brief The width of one bus access. The value is the number of bytes.
 *
 * No function of this library guesses a width. It is a Width argument, or it is
 * the type that a template is instantiated with.
 */
enum class Width : std::uint8_t {
	w8 = 1,
	w16 = 2,
	w32 = 4,
	w64 = 8, /**< Memory BARs of 64-bit machines only; never two halves. */
};

/** @brief The width in bytes: 1, 2, 4 or 8. */
constexpr unsigned bytes(Width width) noexcept
{
	return static_cast<unsigned>(width);
}

/** @brief The width in bits: 8, 16, 32 or 64. */
constexpr unsigned bits(Width width) noexcept
{
	return bytes(width) * 8;
}

/**
 * @brief The types that stand for one register access: exactly std::uint8_t,
 * std::uint16_t, std::uint32_t or std::uint64_t.
 *
 * Signed types, bool, char and enumerations are left out on purpose: a register
 * has a width and no sign.
 */
template <class T>
concept RegisterValue = std::same_as<T, std::uint8_t> || std::same_as<T, std::uint16_t> ||
	std::same_as<T, std::uint32_t> || std::same_as<T, std::uint64_t>;

/** @brief The Width that the type T stands for. */
template <RegisterValue T>
inline constexpr Width width_of = static_cast<Width>(sizeof(T));

} // namespace pcipeek
