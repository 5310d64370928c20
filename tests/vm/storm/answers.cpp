// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include "answers.hpp"

#include <cerrno>
#include <cstring>
#include <ostream>
#include <set>

namespace storm {
namespace {

constexpr std::uint64_t all_ones = 0xffffffff;

struct Contract {
	const char *name;
	/* Of <linux/pcipeek.h>, for a well-formed call: no EINVAL, ENOMEM or EFAULT. */
	std::set<int> errors;
};

/* In the order of Call. EINVAL of attach_foreign: the function is granted by now. */
const std::array<Contract, static_cast<std::size_t>(Call::count)> &contracts()
{
	static const std::array<Contract, static_cast<std::size_t>(Call::count)> all{{
		{"attach", {0, EISCONN, EPERM, ENODEV, EBUSY, EUSERS, EAGAIN}},
		{"attach foreign", {0, EISCONN, EINVAL, ENODEV, EAGAIN}},
		{"read", {0, ENOTCONN, ENODEV, EAGAIN, EIO, EOPNOTSUPP}},
		{"write", {0, ENOTCONN, EACCES, ENODEV, EAGAIN, EIO, EOPNOTSUPP}},
		{"block", {0, ENOTCONN, ENODEV, EAGAIN, EIO, EOPNOTSUPP}},
		{"batch", {0, ENOTCONN, EACCES, ENODEV, EAGAIN, EIO, EOPNOTSUPP, ETIMEDOUT}},
		{"device info", {0, ENOTCONN}},
		{"bar info", {0, ENOTCONN}},
		{"bar mode", {0, ENOTCONN, EACCES, EBUSY, EOPNOTSUPP, ENODEV}},
		{"restrict", {0, ENOTCONN, EACCES, EBUSY}},
		{"mmap", {0, ENOTCONN, EACCES, EOPNOTSUPP, EBUSY, ENODEV}},
		/* EFAULT stands for SIGBUS */
		{"touch", {0, EFAULT}},
		{"pass", {0, EAGAIN}},
		{"close", {0}},
	}};
	return all;
}

} // namespace

int Answers::note(Call call, int error)
{
	counts_[static_cast<std::size_t>(call)][static_cast<std::size_t>(error) % errors]++;
	all_++;
	return error;
}

void Answers::note_value(std::uint64_t got, std::uint64_t wanted)
{
	if (got == wanted)
		return;
	if (got == all_ones)
		lies_++;
	else if (got == 0)
		nothing_++;
	else
		wrong_++;
}

std::uint64_t Answers::count(Call call, int error) const
{
	return counts_[static_cast<std::size_t>(call)][static_cast<std::size_t>(error) % errors];
}

std::vector<std::string> Answers::undocumented(int also) const
{
	std::vector<std::string> lines;
	for (std::size_t call = 0; call < calls; call++)
		for (std::size_t error = 0; error < errors; error++)
			if (counts_[call][error] != 0 && static_cast<int>(error) != also &&
			    contracts()[call].errors.count(static_cast<int>(error)) == 0)
				lines.push_back(std::string(contracts()[call].name) + ": " +
						std::strerror(static_cast<int>(error)) + ", " +
						std::to_string(counts_[call][error]) + " times");
	return lines;
}

void Answers::print(std::ostream &out) const
{
	for (std::size_t call = 0; call < calls; call++) {
		out << contracts()[call].name << ':';
		for (std::size_t error = 0; error < errors; error++)
			if (counts_[call][error] != 0)
				out << ' '
				    << (error ? ::strerrorname_np(static_cast<int>(error)) : "ok")
				    << ' ' << counts_[call][error];
		out << '\n';
	}
	out << "calls in all: " << all_ << "; with all ones as data: " << lies_
	    << ", with 0: " << nothing_ << '\n';
}

} // namespace storm
