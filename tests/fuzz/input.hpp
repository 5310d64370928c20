// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

namespace pcipeek::fuzz {

/* Takes the bytes of an input apart. What is behind its end is zero. */
class Input {
public:
	Input(const std::uint8_t *data, std::size_t size) : data_(data), left_(size)
	{
	}

	bool empty() const
	{
		return left_ == 0;
	}

	template <class T>
	T take()
	{
		T value{};
		const std::size_t size = std::min(sizeof(T), left_);

		if (size > 0)
			std::memcpy(&value, data_, size);
		data_ += size;
		left_ -= size;
		return value;
	}

private:
	const std::uint8_t *data_;
	std::size_t left_;
};

inline std::string_view text_of(const std::uint8_t *data, std::size_t size)
{
	return size > 0 ? std::string_view(reinterpret_cast<const char *>(data), size)
			: std::string_view();
}

} // namespace pcipeek::fuzz
