// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "device/unique_fd.hpp"
#include "errors/attempt.hpp"

#include <pcipeek/config.hpp>

#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <sys/types.h>

namespace pcipeek {
namespace detail {

/** pread(2), which tests replace by devices that come and go. */
using PositionedRead = std::function<ssize_t(int fd, std::span<std::byte> into, off_t offset)>;
ssize_t read_at(int fd, std::span<std::byte> into, off_t offset) noexcept;

} // namespace detail

/** The file "config" of a device: accesses are checked, and errors explained. */
class Config::File {
public:
	explicit File(const Address &address, detail::PositionedRead read = detail::read_at);

	const Address &address() const noexcept
	{
		return address_;
	}

	/** How many bytes there are, whoever may read them. */
	std::size_t space() const noexcept
	{
		return space_;
	}

	/** How many of them the caller may read. */
	std::size_t readable() const;

	std::uint64_t read(std::uint64_t offset, Width width) const;
	void write(std::uint64_t offset, Width width, std::uint64_t value) const;

	std::uint64_t update(std::uint64_t offset, const Masked &masked, Width width) const;

	/** The kernel reads in aligned, ascending accesses of at most 32 bits. */
	void read_bytes(std::uint64_t offset, std::span<std::byte> buffer) const;

private:
	ssize_t read_once(std::uint64_t offset, std::span<std::byte> into) const;
	void read_whole(const detail::Attempt &attempt, std::uint64_t offset,
			std::span<std::byte> into) const;
	std::optional<std::byte> try_byte(std::uint64_t offset) const;
	bool answers() const;
	bool answered(std::uint64_t offset, std::span<const std::byte> data) const;
	bool is_still_all_ones(std::uint64_t offset, std::size_t size) const;
	int writer() const;
	std::size_t find_readable() const;

	Address address_;
	std::string path_;
	detail::PositionedRead read_;
	detail::UniqueFd reader_;
	std::size_t space_ = 0;

	// Guards what is found out or opened later.
	mutable std::mutex mutex_;
	mutable detail::UniqueFd writer_;
	mutable std::optional<std::size_t> readable_;
};

} // namespace pcipeek
