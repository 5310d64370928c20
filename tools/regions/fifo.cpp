// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "regions/fifo.hpp"

#include "format.hpp"
#include "grammar/element.hpp"
#include "regions/continuity.hpp"
#include "regions/register_type.hpp"

#include <pcipeek/fifo.hpp>

#include <algorithm>
#include <vector>

namespace pcipeek::tools {

namespace {

constexpr std::uint64_t piece_elements = 0x10000;

/* The library tells how far it came in one piece. */
[[noreturn]] void throw_after(std::uint64_t before, const FifoError &error)
{
	if (before == 0)
		throw error;
	throw FifoError({.code = error.code().value(),
			 .cause = error.cause(),
			 .text = formatted("{}, after {} others", error.what(), before),
			 .address = error.address(),
			 .bar = error.bar(),
			 .offset = error.offset()},
			error.done());
}

template <RegisterValue T>
void use_all(std::span<const T> values, const UseValue &use)
{
	for (const T value : values)
		use(value);
}

template <RegisterValue T>
void read_piece(const Place &place, std::span<T> values, std::uint64_t before, const UseValue &use)
{
	try {
		pcipeek::read_fifo<T>(place.bar(), place.location.offset, values);
	} catch (const FifoError &error) {
		use_all<T>(values.first(error.done()), use);
		throw_after(before, error);
	}
	use_all<T>(values, use);
}

template <RegisterValue T>
void read_all(const Place &place, const UseValue &use)
{
	const std::uint64_t all = place.location.elements();
	std::vector<T> buffer(std::min(all, piece_elements));
	const Continuity continuity(place, piece_elements * sizeof(T));

	for (std::uint64_t done = 0; done < all; done += buffer.size()) {
		const auto piece = std::span(buffer).first(std::min(all - done, piece_elements));

		read_piece<T>(place, piece, done, use);
		continuity.check((done + piece.size()) * sizeof(T));
	}
}

template <RegisterValue T>
void write_all(const Place &place, std::span<const std::byte> image, std::uint64_t before)
{
	std::vector<T> values(image.size() / sizeof(T));

	for (std::size_t i = 0; i < values.size(); ++i)
		values[i] = static_cast<T>(element(image, i, width_of<T>));
	try {
		pcipeek::write_fifo<T>(place.bar(), place.location.offset, values);
	} catch (const FifoError &error) {
		throw_after(before / sizeof(T), error);
	}
}

} // namespace

void read_fifo(const Place &place, const UseValue &use)
{
	with_register_type(place.location.width, [&]<class T>() { read_all<T>(place, use); });
}

void write_fifo(const Place &place, std::span<const std::byte> image, std::uint64_t before)
{
	with_register_type(place.location.width,
			   [&]<class T>() { write_all<T>(place, image, before); });
}

} // namespace pcipeek::tools
