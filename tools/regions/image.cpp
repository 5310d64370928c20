// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "regions/image.hpp"

#include "errors.hpp"
#include "format.hpp"

#include <algorithm>
#include <stdexcept>

namespace pcipeek::tools {

Image::Image(const std::string &path, std::uint64_t most)
	: input_(path),
	  size_(std::min(input_.size().value_or(0), most)),
	  is_held_(size_ <= piece_bytes)
{
	if (is_held_)
		take_all(most);
	else
		buffer_.resize(piece_bytes);
}

std::uint64_t Image::size() const
{
	return size_;
}

/* A byte more than a stream may have, so that too much is noticed. */
void Image::take_all(std::uint64_t most)
{
	most = std::min(most, stream_bytes + 1);
	while (buffer_.size() < most) {
		const std::size_t before = buffer_.size();
		const std::size_t wanted = std::min<std::uint64_t>(piece_bytes, most - before);

		buffer_.resize(before + wanted);
		buffer_.resize(before + input_.read(std::span(buffer_).subspan(before)));
		if (buffer_.size() < before + wanted)
			break;
	}
	size_ = buffer_.size();
	if (size_ > stream_bytes)
		throw UsageError(formatted("the size of {} is not known in advance, and it has "
					   "more than {} bytes; copy it to a regular file first",
					   input_.name(), stream_bytes));
}

/* The bytes that follow the first @done ones. */
std::span<const std::byte> Image::next_piece(std::uint64_t done)
{
	const std::size_t wanted = std::min<std::uint64_t>(piece_bytes, size_ - done);

	if (is_held_)
		return std::span(buffer_).subspan(done, wanted);
	if (input_.read(std::span(buffer_).first(wanted)) < wanted)
		throw std::runtime_error(formatted(
			"cannot read {}: it shrank while it was being read", input_.name()));
	return std::span(buffer_).first(wanted);
}

void Image::for_each_piece(const UsePiece &use)
{
	for (std::uint64_t done = 0; done < size_; done += piece_bytes) {
		std::span<const std::byte> piece;

		try {
			piece = next_piece(done);
		} catch (const std::runtime_error &error) {
			throw std::runtime_error(
				formatted("{} (after {} of {} bytes)", error.what(), done, size_));
		}
		use(piece);
	}
}

} // namespace pcipeek::tools
