// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "access/channel.hpp"
#include "errors/attempt.hpp"

#include <pcipeek/bar.hpp>
#include <pcipeek/mapping.hpp>

#include <cstddef>
#include <cstdint>

namespace pcipeek::detail {

/** The pages of a BAR around what a Mapping shows, mapped as long as this lives. */
class MappedPages {
public:
	/** Throws the attempt's Error. A size of 0: to the end of what can be mapped. */
	MappedPages(Channel &channel, const Bar &bar, const Part &part,
		    const MappingOptions &options, const Attempt &attempt);
	MappedPages(const MappedPages &) = delete;
	MappedPages &operator=(const MappedPages &) = delete;
	~MappedPages();

	/** Where the part begins, and its size. */
	std::byte *data() const noexcept
	{
		return static_cast<std::byte *>(address_) + lead_;
	}

	std::size_t size() const noexcept
	{
		return size_;
	}

private:
	void use_write_combining(const Attempt &attempt);
	int set_mode(std::uint8_t mode) noexcept;
	void map(std::uint64_t offset, bool write, const Attempt &attempt);

	Channel &channel_;
	const unsigned bar_;
	bool write_combining_ = false;
	void *address_ = nullptr;
	std::size_t lead_ = 0;
	std::size_t size_ = 0;
};

} // namespace pcipeek::detail
