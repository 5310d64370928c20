// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "sysfs/config_file.hpp"

#include "access/byte_order.hpp"
#include "errors/attempt.hpp"
#include "errors/diagnosis.hpp"
#include "format.hpp"
#include "sysfs/config_answer.hpp"
#include "sysfs/sysfs.hpp"
#include "sysfs/sysfs_diagnosis.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace pcipeek {
namespace {

using detail::Attempt;
using detail::header_type;
using detail::is_all_ones;
using detail::is_silent_header;
using detail::no_answer;

static_assert(sizeof(off_t) == 8, "build with -D_FILE_OFFSET_BITS=64");

Attempt to_attempt(const char *verb, const Address &address, std::uint64_t offset, Width width)
{
	return {formatted("{} {} bits at config+{:#x} of", verb, bits(width), offset).c_str(),
		address};
}

[[noreturn]] void fail_file(const Attempt &attempt, int code)
{
	attempt.fail(code == ENOENT ? ENODEV : code,
		     detail::diagnose_sysfs(code, "write configuration space"));
}

// The kernel shows less to those who lack CAP_SYS_ADMIN, and says so by an end of file.
[[noreturn]] void fail_hidden(const Attempt &attempt)
{
	attempt.fail(EACCES,
		     {Cause::needs_root, "all users can read the first 64 bytes, but only root "
					 "(CAP_SYS_ADMIN) the rest; try sudo"});
}

[[noreturn]] void fail_range(const Attempt &attempt, std::size_t space)
{
	attempt.fail(ERANGE, {Cause::out_of_range,
			      formatted("its configuration space has {} bytes", space)});
}

bool is_inside(std::uint64_t offset, std::uint64_t size, std::uint64_t space) noexcept
{
	return offset <= space && size <= space - offset;
}

void check(const Attempt &attempt, std::uint64_t offset, Width width, std::size_t space)
{
	if (width == Width::w64)
		attempt.fail(EOPNOTSUPP,
			     {Cause::unsupported, "configuration space supports 8-, 16- and 32-bit "
						  "accesses only"});
	if (!is_inside(offset, bytes(width), space))
		fail_range(attempt, space);
	if (offset % bytes(width) != 0)
		attempt.fail(EINVAL,
			     {Cause::misaligned,
			      formatted("the offset is not a multiple of {} bytes", bytes(width))});
}

void check_value(const Attempt &attempt, Width width, std::uint64_t value)
{
	if (value >> bits(width) != 0)
		attempt.fail(EINVAL,
			     {Cause::invalid, formatted("the value {:#x} has more bits", value)});
}

std::size_t size_of(int fd) noexcept
{
	struct stat status {};
	return ::fstat(fd, &status) < 0 ? 0 : static_cast<std::size_t>(status.st_size);
}

// Inode numbers of sysfs do not come twice: a device that took the place has another.
bool is_same_file(int a, int b) noexcept
{
	struct stat first {};
	struct stat second {};
	return ::fstat(a, &first) == 0 && ::fstat(b, &second) == 0 &&
	       first.st_ino == second.st_ino && first.st_dev == second.st_dev;
}

} // namespace

ssize_t detail::read_at(int fd, std::span<std::byte> into, off_t offset) noexcept
{
	return ::pread(fd, into.data(), into.size(), offset);
}

Config::File::File(const Address &address, detail::PositionedRead read)
	: address_{address},
	  path_{detail::sysfs::device_directory(address) + "/config"},
	  read_{std::move(read)},
	  reader_{::open(path_.c_str(), O_RDONLY | O_CLOEXEC)}
{
	if (!reader_ && errno == ENOENT)
		detail::fail_missing({"open the configuration space of", address}, address);
	if (!reader_)
		fail_file({"open the configuration space of", address}, errno);
	space_ = size_of(reader_.get());
}

std::uint64_t Config::File::read(std::uint64_t offset, Width width) const
{
	const Attempt attempt = to_attempt("read", address_, offset, width);
	std::array<std::byte, sizeof(std::uint32_t)> image{};

	check(attempt, offset, width, space_);
	const std::span data = std::span{image}.first(bytes(width));
	const ssize_t count = read_once(offset, data);
	if (count < 0)
		fail_file(attempt, errno);
	if (count < static_cast<ssize_t>(data.size()))
		fail_hidden(attempt);
	if (is_silent_header(offset, data) || (is_all_ones(data) && !answers()))
		attempt.fail(EIO, detail::diagnose_silence());
	return detail::load_little_endian(image.data(), width);
}

void Config::File::write(std::uint64_t offset, Width width, std::uint64_t value) const
{
	const Attempt attempt = to_attempt("write", address_, offset, width);
	std::array<std::byte, sizeof(std::uint32_t)> image{};

	check(attempt, offset, width, space_);
	check_value(attempt, width, value);
	detail::store_little_endian(image.data(), width, value);
	const ssize_t count =
		::pwrite(writer(), image.data(), bytes(width), static_cast<off_t>(offset));
	if (count != static_cast<ssize_t>(bytes(width)))
		fail_file(attempt, count < 0 ? errno : EIO);
	// The kernel does not tell what became of a write. Only an answer afterwards does.
	if (!answers())
		attempt.fail(EIO, {Cause::offline,
				   "it does not answer after the write, which may be lost; is its "
				   "link down, the board gone, or did the write reset it?"});
}

std::uint64_t Config::File::update(std::uint64_t offset, const Masked &masked, Width width) const
{
	const Attempt attempt = to_attempt("update", address_, offset, width);

	check(attempt, offset, width, space_);
	check_value(attempt, width, masked.value);
	const std::uint64_t old = read(offset, width);
	write(offset, width, (old & ~masked.mask) | (masked.value & masked.mask));
	return old;
}

void Config::File::read_bytes(std::uint64_t offset, std::span<std::byte> buffer) const
{
	const Attempt attempt{
		formatted("read {} bytes at config+{:#x} of", buffer.size(), offset).c_str(),
		address_};
	if (!is_inside(offset, buffer.size(), space_))
		fail_range(attempt, space_);
	read_whole(attempt, offset, buffer);
	if (!answered(offset, buffer))
		attempt.fail(EIO, detail::diagnose_silence());
}

void Config::File::read_whole(const Attempt &attempt, std::uint64_t offset,
			      std::span<std::byte> into) const
{
	while (!into.empty()) {
		const ssize_t count = read_once(offset, into);
		if (count < 0)
			fail_file(attempt, errno);
		if (count == 0)
			fail_hidden(attempt);
		into = into.subspan(static_cast<std::size_t>(count));
		offset += static_cast<std::size_t>(count);
	}
}

ssize_t Config::File::read_once(std::uint64_t offset, std::span<std::byte> into) const
{
	return read_(reader_.get(), into, static_cast<off_t>(offset));
}

// An access that did not give all ones was answered. Each other one is in doubt: the device
// may have been away just then.
bool Config::File::answered(std::uint64_t offset, std::span<const std::byte> data) const
{
	if (is_silent_header(offset, data))
		return false;
	while (!data.empty()) {
		std::size_t size = detail::leading_ones(offset, data);
		if (size > 0 && !is_still_all_ones(offset, size))
			return false;
		if (size == 0)
			size = detail::first_access(offset, data).size();
		data = data.subspan(size);
		offset += size;
	}
	return true;
}

bool Config::File::is_still_all_ones(std::uint64_t offset, std::size_t size) const
{
	// A device that comes and goes would have to miss each of them, and no answer between.
	constexpr int times = 3;
	std::vector<std::byte> again(size);

	for (int i = 0; i < times; ++i) {
		const ssize_t count = read_once(offset, again);
		if (count != static_cast<ssize_t>(size) || !is_all_ones(again) || !answers())
			return false;
	}
	return true;
}

std::size_t Config::File::readable() const
{
	const std::lock_guard lock{mutex_};
	if (!readable_)
		readable_ = find_readable();
	return *readable_;
}

// To those who lack CAP_SYS_ADMIN the kernel shows 64 bytes, of CardBus bridges 128.
std::size_t Config::File::find_readable() const
{
	constexpr auto layout = std::byte{0x7f};
	constexpr auto cardbus = std::byte{2};

	const Attempt attempt{"read the configuration space of", address_};
	const auto type = try_byte(header_type);
	if (!type)
		fail_file(attempt, errno);
	if (*type == no_answer)
		attempt.fail(EIO, detail::diagnose_silence());
	const std::size_t shown = (*type & layout) == cardbus ? 128 : 64;
	return space_ <= shown || try_byte(shown) ? space_ : shown;
}

std::optional<std::byte> Config::File::try_byte(std::uint64_t offset) const
{
	std::byte byte{};
	errno = ENODEV;
	if (read_once(offset, std::span{&byte, 1}) != 1)
		return std::nullopt;
	return byte;
}

bool Config::File::answers() const
{
	return try_byte(header_type).value_or(no_answer) != no_answer;
}

int Config::File::writer() const
{
	const std::lock_guard lock{mutex_};
	const Attempt attempt{"write the configuration space of", address_};

	if (writer_)
		return writer_.get();
	detail::UniqueFd file{::open(path_.c_str(), O_WRONLY | O_CLOEXEC)};
	if (!file)
		fail_file(attempt, errno);
	if (!is_same_file(file.get(), reader_.get()))
		attempt.fail(ENODEV, detail::diagnose_end(EndReason::removed));
	writer_ = std::move(file);
	return writer_.get();
}

} // namespace pcipeek
