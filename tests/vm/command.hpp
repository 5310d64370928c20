/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_COMMAND_HPP
#define PCIPEEK_TESTS_VM_COMMAND_HPP

#include <array>
#include <cstdint>
#include <cstdio>
#include <iomanip>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

/* Other programs, asked what they see. */
namespace vm {

/* What the command line prints. */
inline std::string output_of(const std::string &command)
{
	const std::unique_ptr<FILE, int (*)(FILE *)> pipe{::popen(command.c_str(), "r"), ::pclose};
	std::array<char, 4096> buffer{};
	std::string text;
	while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe.get()))
		text.append(buffer.data(), count);
	return text;
}

inline std::vector<std::string> lines_of(const std::string &text)
{
	std::istringstream stream{text};
	std::vector<std::string> lines;
	for (std::string line; std::getline(stream, line);)
		lines.push_back(line);
	return lines;
}

/* As those programs print numbers: with leading zeros, and without 0x. */
inline std::string hex(std::uint64_t value, int digits)
{
	std::ostringstream text;
	text << std::hex << std::setfill('0') << std::setw(digits) << value;
	return text.str();
}

} // namespace vm

#endif
