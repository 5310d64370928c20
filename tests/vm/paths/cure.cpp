// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include "cure.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "command.hpp"

namespace paths {

std::string refusal_of(const vm::Board &board)
{
	const std::string text =
		vm::output_of("pcipeek read " + board.address + " bar" + std::to_string(board.bar) +
			      "+" + std::to_string(board.constant) + " 2>&1; echo \"status $?\"");
	EXPECT_THAT(text, testing::HasSubstr("status 6"));
	return text.substr(0, text.find('\n'));
}

std::string cure_of(const std::string &message)
{
	for (const std::string start : {"as root: ", "grant it again: "})
		if (const std::size_t at = message.rfind(start); at != std::string::npos)
			return message.substr(at + start.size());
	ADD_FAILURE() << "no cure: " << message;
	return "";
}

void follow(const std::string &cure)
{
	EXPECT_EQ(0, std::system(cure.c_str())) << cure;
}

} // namespace paths
