// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "fifo.hpp"

#include "element.hpp"
#include "register_type.hpp"

#include <pcipeek/fifo.hpp>

#include <algorithm>
#include <vector>

namespace pcipeek::tools {

namespace {

constexpr std::uint64_t piece_elements = 0x10000;

template <RegisterValue T>
void use_all(std::span<const T> values, const UseValue &use)
{
	for (const T value : values)
		use(value);
}

template <RegisterValue T>
void read_piece(const Place &place, std::span<T> values, const UseValue &use)
{
	try {
		pcipeek::read_fifo<T>(place.bar(), place.location.offset, values);
	} catch (const FifoError &error) {
		use_all<T>(values.first(error.done()), use);
		throw;
	}
	use_all<T>(values, use);
}

template <RegisterValue T>
void read_all(const Place &place, const UseValue &use)
{
	std::uint64_t left = place.location.elements();
	std::vector<T> buffer(std::min(left, piece_elements));

	while (left > 0) {
		const auto piece = std::span(buffer).first(std::min(left, piece_elements));

		read_piece<T>(place, piece, use);
		left -= piece.size();
	}
}

template <RegisterValue T>
void write_all(const Place &place, std::span<const std::byte> image)
{
	std::vector<T> values(image.size() / sizeof(T));

	for (std::size_t i = 0; i < values.size(); ++i)
		values[i] = static_cast<T>(element(image, i, width_of<T>));
	pcipeek::write_fifo<T>(place.bar(), place.location.offset, values);
}

} // namespace

void read_fifo(const Place &place, const UseValue &use)
{
	with_register_type(place.location.width, [&]<class T>() { read_all<T>(place, use); });
}

void write_fifo(const Place &place, std::span<const std::byte> image)
{
	with_register_type(place.location.width, [&]<class T>() { write_all<T>(place, image); });
}

} // namespace pcipeek::tools
