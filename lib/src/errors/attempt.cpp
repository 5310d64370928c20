// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "errors/attempt.hpp"

#include "device/attachment.hpp"
#include "device/identity.hpp"
#include "format.hpp"

#include <cerrno>

namespace pcipeek::detail {
namespace {

// The sum of 64-bit numbers, which may need a bit or two more. pypci's numbers do not wrap.
class Sum {
public:
	Sum &operator+=(std::uint64_t term) noexcept
	{
		low_ += term;
		if (low_ < term)
			high_++;
		return *this;
	}

	Sum &operator--() noexcept
	{
		if (low_-- == 0)
			high_--;
		return *this;
	}

	std::string hex() const
	{
		return high_ ? formatted("0x{:x}{:016x}", high_, low_) : formatted("0x{:x}", low_);
	}

private:
	std::uint64_t low_ = 0;
	std::uint64_t high_ = 0;
};

// First and last address of a part: "0x1000-0x101f".
std::string address_range(const Bar &bar, const Part &part)
{
	Sum first;
	first += bar.addr();
	first += part.offset;
	Sum last = first;
	last += part.size;
	--last;
	return first.hex() + "-" + last.hex();
}

} // namespace

Attempt::Attempt(const char *verb, const Address &address)
	: details_{.text = formatted("cannot {} {}", verb, to_string(address)), .address = address}
{
}

Attempt Attempt::bar(const char *verb, const Address &address, unsigned index)
{
	Attempt attempt{verb, address};
	attempt.details_.text =
		formatted("cannot {} BAR {} of {}", verb, index, to_string(address));
	attempt.details_.bar = index;
	return attempt;
}

Attempt Attempt::access(const char *verb, const Bar &bar, std::uint64_t offset, Width width)
{
	Attempt attempt{verb, bar.attachment().identity().address};
	attempt.details_.text =
		formatted("cannot {} {} bits at bar{}+{:#x} of {}", verb, bits(width), bar.index(),
			  offset, to_string(bar.attachment().identity().address));
	attempt.details_.bar = bar.index();
	attempt.details_.offset = offset;
	return attempt;
}

Error::Details Attempt::details(int code, const Diagnosis &diagnosis) const
{
	Error::Details details = details_;
	details.code = code;
	details.cause = diagnosis.cause;
	details.text += ": " + diagnosis.why;
	return details;
}

void Attempt::fail(int code, const Diagnosis &diagnosis) const
{
	throw Error{details(code, diagnosis)};
}

void throw_bad_access(const Bar &bar, std::uint64_t offset, std::uint64_t size)
{
	throw_bad_access(bar, {.offset = 0, .size = bar.size()}, {.offset = offset, .size = size});
}

void throw_bad_access(const Bar &bar, const Part &space, const Part &access)
{
	throw BadAccessError{
		{.code = ERANGE,
		 .cause = Cause::out_of_range,
		 .text = formatted("PCI addr space is {} while tried to access {}.",
				   address_range(bar, space), address_range(bar, access)),
		 .address = bar.attachment().identity().address,
		 .bar = bar.index(),
		 .offset = access.offset}};
}

} // namespace pcipeek::detail
