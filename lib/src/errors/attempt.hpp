// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/address.hpp>
#include <pcipeek/bar.hpp>
#include <pcipeek/error.hpp>
#include <pcipeek/width.hpp>

#include <cstdint>
#include <string>

namespace pcipeek::detail {

/** Why something failed, and what to do: the second half of an error's line. */
struct Diagnosis {
	Cause cause = Cause::other;
	std::string why;
};

/** What is being tried, and on what: the first half of an error's line. */
class Attempt {
public:
	/** Something with the whole device: "cannot open 0000:05:0d.0". */
	Attempt(const char *verb, const Address &address);

	/** Something with a whole BAR: "cannot use BAR 6 of 0000:05:0d.0". */
	static Attempt bar(const char *verb, const Address &address, unsigned index);

	/** One access: "cannot read 32 bits at bar2+0x1c of 0000:05:0d.0". */
	static Attempt access(const char *verb, const Bar &bar, std::uint64_t offset, Width width);

	/** What the Error is made of when the attempt fails. */
	Error::Details details(int code, const Diagnosis &diagnosis) const;

	/** Ends the attempt: throws the Error. */
	[[noreturn]] void fail(int code, const Diagnosis &diagnosis) const;

private:
	Error::Details details_;
};

/** A part of a BAR. */
struct Part {
	std::uint64_t offset = 0;
	std::uint64_t size = 0;
};

/** Throws the BadAccessError of an access of size bytes, which may be 0. */
[[noreturn]] void throw_bad_access(const Bar &bar, std::uint64_t offset, std::uint64_t size);

/** The same, where no more than a part of the BAR may be accessed. */
[[noreturn]] void throw_bad_access(const Bar &bar, const Part &space, const Part &access);

} // namespace pcipeek::detail
