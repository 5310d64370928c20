// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "device/mapped_pages.hpp"

#include "errors/diagnosis.hpp"
#include "format.hpp"

#include <linux/pcipeek.h>

#include <cerrno>
#include <unistd.h>

namespace pcipeek::detail {
namespace {

Diagnosis diagnose_map(int code, Channel &channel)
{
	switch (code) {
	case EACCES:
		return {Cause::no_right, "it was opened without that right; open it for "
					 "mapping, and also for writing if you need to write"};
	case EBUSY:
		return {Cause::other, "another program has it mapped write-combining"};
	case EOPNOTSUPP:
		return {Cause::unsupported, "it cannot be mapped on this machine"};
	default:
		return diagnose_device(code, channel);
	}
}

Diagnosis diagnose_mode(int code, Channel &channel)
{
	switch (code) {
	case EACCES:
		return {Cause::no_right, "write-combining needs exclusive access, opened for "
					 "writing and mapping"};
	case EBUSY:
		return {Cause::other, "it is already mapped without write-combining"};
	case EOPNOTSUPP:
		return {Cause::unsupported, "only prefetchable BARs can be write-combining, and "
					    "not on every CPU"};
	default:
		return diagnose_device(code, channel);
	}
}

pcipeek_bar_info ask_for_bar(Channel &channel, const Bar &bar, const Attempt &attempt)
{
	pcipeek_bar_info info{};
	info.size = sizeof(info);
	info.bar = static_cast<std::uint8_t>(bar.index());
	if (const int code = channel.call(PCIPEEK_IOC_BAR_INFO, &info))
		attempt.fail(code, diagnose_device(code, channel));
	return info;
}

void check_mappable(const Part &part, std::uint64_t limit, const Attempt &attempt)
{
	if (limit == 0)
		attempt.fail(EOPNOTSUPP, {Cause::unsupported,
					  "only memory BARs that fill whole pages, of devices that "
					  "are granted to pcipeek, can be mapped"});
	if (part.offset >= limit || part.size > limit - part.offset)
		attempt.fail(EOPNOTSUPP,
			     {Cause::unsupported,
			      formatted("only its first {:#x} bytes fill whole pages", limit)});
}

std::size_t page_size() noexcept
{
	static const auto bytes = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
	return bytes;
}

} // namespace

MappedPages::MappedPages(Channel &channel, const Bar &bar, const Part &part,
			 const MappingOptions &options, const Attempt &attempt)
	: channel_{channel}, bar_{bar.index()}, lead_{part.offset % page_size()}
{
	const pcipeek_bar_info info = ask_for_bar(channel, bar, attempt);
	check_mappable(part, info.mmap_length, attempt);
	size_ = static_cast<std::size_t>(part.size ? part.size : info.mmap_length - part.offset);
	if (options.write_combining)
		use_write_combining(attempt);
	map(info.mmap_offset + part.offset - lead_, options.write, attempt);
}

// The last write-combining mapping to go makes the BAR usable for accesses again; those
// before it are told that it is still mapped.
MappedPages::~MappedPages()
{
	channel_.unmap(address_, lead_ + size_);
	if (write_combining_)
		set_mode(PCIPEEK_BAR_MODE_UNCACHED);
}

void MappedPages::use_write_combining(const Attempt &attempt)
{
	if (const int code = set_mode(PCIPEEK_BAR_MODE_WC))
		attempt.fail(code, diagnose_mode(code, channel_));
	write_combining_ = true;
}

int MappedPages::set_mode(std::uint8_t mode) noexcept
{
	pcipeek_bar_mode request{};
	request.size = sizeof(request);
	request.bar = static_cast<std::uint8_t>(bar_);
	request.mode = mode;
	return channel_.call(PCIPEEK_IOC_BAR_MODE, &request);
}

// The kernel rounds lengths up to whole pages by itself, also when they are unmapped.
void MappedPages::map(std::uint64_t offset, bool write, const Attempt &attempt)
{
	const MapRequest request{.offset = offset, .length = lead_ + size_, .write = write};
	const int code = channel_.map(request, address_);
	if (!code)
		return;
	if (write_combining_)
		set_mode(PCIPEEK_BAR_MODE_UNCACHED);
	attempt.fail(code, diagnose_map(code, channel_));
}

} // namespace pcipeek::detail
