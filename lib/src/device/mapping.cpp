// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/mapping.hpp>

#include "access/access_path.hpp"
#include "device/mapped_pages.hpp"
#include "errors/attempt.hpp"
#include "format.hpp"

#include <cerrno>
#include <utility>

namespace pcipeek {
namespace {

using detail::Attempt;
using detail::MappedPages;

std::unique_ptr<MappedPages> map(const Bar &bar, const detail::Part &part,
				 const MappingOptions &options)
{
	const auto use = options.write ? detail::Use::map_and_write : detail::Use::map;
	const auto attempt = Attempt::bar("map", bar.attachment().identity().address, bar.index());

	if (!detail::is_inside(bar, part.offset, part.size))
		detail::throw_bad_access(bar, part.offset, part.size);
	return std::make_unique<MappedPages>(bar.attachment().open_for(use, attempt), bar, part,
					     options, attempt);
}

} // namespace

Mapping::Mapping(const Bar &bar, std::uint64_t offset, std::uint64_t length,
		 const MappingOptions &options)
	: bar_{bar},
	  offset_{offset},
	  pages_{map(bar, {.offset = offset, .size = length}, options)},
	  data_{pages_->data()},
	  size_{pages_->size()}
{
}

Mapping::Mapping(Mapping &&other) noexcept
	: bar_{other.bar_},
	  offset_{other.offset_},
	  pages_{std::move(other.pages_)},
	  data_{std::exchange(other.data_, nullptr)},
	  size_{std::exchange(other.size_, 0)}
{
}

Mapping &Mapping::operator=(Mapping &&other) noexcept
{
	std::swap(bar_, other.bar_);
	std::swap(offset_, other.offset_);
	std::swap(pages_, other.pages_);
	std::swap(data_, other.data_);
	std::swap(size_, other.size_);
	return *this;
}

Mapping::~Mapping() = default;

void Mapping::check(std::size_t offset, Width width) const
{
	const std::uint64_t place = offset_ + offset;

	if (offset > size_ || bytes(width) > size_ - offset)
		detail::throw_bad_access(bar_, {.offset = offset_, .size = size_},
					 {.offset = place, .size = bytes(width)});
	if (!detail::is_aligned(place, width))
		Attempt::access("map", bar_, place, width)
			.fail(EINVAL, {Cause::misaligned,
				       formatted("the offset is not a multiple of {} bytes",
						 bytes(width))});
}

} // namespace pcipeek
