// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace pcipeek::tools {

/* A file that is read from its beginning to its end; "-" is standard input. */
class Input {
public:
	/* Throws std::system_error that names the file, as read() does. */
	explicit Input(const std::string &path);

	/*
	 * How many bytes are left in a regular file. Nothing for a pipe or a device, which
	 * cannot tell, and for a file that claims to be empty, as those of /proc do.
	 */
	std::optional<std::uint64_t> size() const;

	/* "'FILE'" or "standard input", for messages. */
	const std::string &name() const
	{
		return name_;
	}

	/* Fills the buffer, or less of it at the end of the file. Returns how much. */
	std::size_t read(std::span<std::byte> buffer);

private:
	std::string name_;
	std::unique_ptr<std::FILE, void (*)(std::FILE *)> file_;
};

/* The whole of a text. Throws UsageError if it is longer than anybody writes. */
std::string read_text(const std::string &path);

} // namespace pcipeek::tools
