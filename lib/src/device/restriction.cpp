// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "device/restriction.hpp"

#include "device/state.hpp"
#include "errors/diagnosis.hpp"

#include <linux/pcipeek.h>

#include <cerrno>

namespace pcipeek::detail {
namespace {

std::uint64_t rights_held(std::span<const std::unique_ptr<Channel>> files)
{
	std::uint64_t rights = 0;
	for (const auto &file : files)
		if (file)
			rights |= query_state(*file).rights;
	return rights;
}

void drop_file_rights(Channel &file, std::uint64_t rights, const Attempt &attempt)
{
	pcipeek_restrict request{};
	request.size = sizeof(request);
	request.rights = query_state(file).rights & rights;
	const int code = file.call(PCIPEEK_IOC_RESTRICT, &request);
	if (code == EBUSY)
		attempt.fail(code, {Cause::other, "a mapping was made with what is to go"});
	if (code)
		attempt.fail(code, diagnose_device(code, file));
}

} // namespace

std::uint64_t rights_of(const Restriction &restriction, const Attempt &attempt)
{
	std::uint64_t rights = (restriction.write ? PCIPEEK_RIGHT_WRITE : 0) |
			       (restriction.map ? PCIPEEK_RIGHT_MMAP : 0);
	for (const unsigned bar : restriction.bars) {
		if (bar >= PCIPEEK_BAR_COUNT)
			attempt.fail(EINVAL, {Cause::invalid, "BAR numbers are 0 to 5"});
		rights |= PCIPEEK_RIGHT_BAR(bar);
	}
	return rights;
}

void drop_rights_of(std::span<const std::unique_ptr<Channel>> files, std::uint64_t rights,
		    const Attempt &attempt)
{
	const std::uint64_t held = rights_held(files);

	if (!(rights & PCIPEEK_RIGHT_ALL_BARS))
		rights |= held & PCIPEEK_RIGHT_ALL_BARS;
	if (rights & ~held)
		attempt.fail(EACCES, {Cause::no_right, "a right to keep is not held; rights "
						       "can be dropped but never regained"});
	for (const auto &file : files)
		if (file)
			drop_file_rights(*file, rights, attempt);
}

void check_rights(Channel &channel, const OpenOptions &options, const Attempt &attempt)
{
	const DeviceState state = query_state(channel);

	if ((options.write && !(state.rights & PCIPEEK_RIGHT_WRITE)) ||
	    (options.map && !(state.rights & PCIPEEK_RIGHT_MMAP)) ||
	    (options.exclusive && !state.exclusive) ||
	    (options.bus_master && !state.bus_master_held))
		attempt.fail(EACCES,
			     {Cause::no_right, "it was handed to this program (PCIPEEK_FD) without "
					       "the right"});
}

} // namespace pcipeek::detail
