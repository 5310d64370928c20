/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_FUZZ_MEMORY_HPP
#define PCIPEEK_TESTS_VM_FUZZ_MEMORY_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <vector>

namespace fuzz {

struct Range {
	std::uint64_t first = 0;
	std::uint64_t bytes = 0;
};

/*
 * What the kernel is given to read and write: two pages, a third one that cannot be
 * written to, and on either side nothing. All of it is filled, so that a call that
 * changes a byte too many is seen.
 */
class Memory {
public:
	static constexpr std::size_t page = 4096;
	static constexpr std::size_t pages = 3;

	Memory();
	~Memory();
	Memory(const Memory &) = delete;
	Memory &operator=(const Memory &) = delete;

	/* Addresses of the three pages and of what is behind them. */
	std::uint64_t at(std::size_t number) const
	{
		return view_ + number * page;
	}
	/* As at first. */
	void fill();
	/* Of these bytes, those that lie in the three pages. */
	void put(std::uint64_t address, const void *bytes, std::size_t count);
	void clear(std::uint64_t address, std::size_t count);
	bool has(std::uint64_t address, std::uint64_t count) const;
	/* As it was at the last put(); zeros if it is not all here. */
	template <typename T>
	T get(std::uint64_t address) const
	{
		T value{};
		if (has(address, sizeof(value)))
			std::memcpy(&value, before_.data() + (address - view_), sizeof(value));
		return value;
	}
	/*
	 * The first byte that changed since put(), but for these ranges; of all the bytes,
	 * or of those around an address, which takes less. Remembers what it saw.
	 */
	std::optional<std::uint64_t> changed(const std::vector<Range> &allowed);
	std::optional<std::uint64_t> changed_near(std::uint64_t address,
						  const std::vector<Range> &allowed);

private:
	std::optional<std::uint64_t> changed(std::size_t from, std::size_t to,
					     const std::vector<Range> &allowed);

	std::uint8_t *own_ = nullptr;
	std::uint64_t view_ = 0;
	std::vector<std::uint8_t> before_;
};

} // namespace fuzz

#endif
