// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/error.hpp>

#include <utility>

namespace pcipeek {

Error::Error(Details details)
	: std::system_error{details.code, std::generic_category()},
	  details_{std::make_shared<const Details>(std::move(details))}
{
}

Error::Error(const Error &) noexcept = default;
Error &Error::operator=(const Error &) noexcept = default;
Error::~Error() = default;

const char *Error::what() const noexcept
{
	return details_->text.c_str();
}

Cause Error::cause() const noexcept
{
	return details_->cause;
}

std::optional<Address> Error::address() const noexcept
{
	return details_->address;
}

std::optional<unsigned> Error::bar() const noexcept
{
	return details_->bar;
}

std::optional<std::uint64_t> Error::offset() const noexcept
{
	return details_->offset;
}

BadAccessError::BadAccessError(const BadAccessError &) noexcept = default;
BadAccessError &BadAccessError::operator=(const BadAccessError &) noexcept = default;
BadAccessError::~BadAccessError() = default;

} // namespace pcipeek
