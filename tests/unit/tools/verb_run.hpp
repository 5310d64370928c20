// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "verb.hpp"

#include <pcipeek/testing.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pcipeek::tools {

/* How a verb ended, and what it printed. */
struct Outcome {
	int status;
	std::string output;
	std::string error;

	bool operator==(const Outcome &) const = default;
};

std::ostream &operator<<(std::ostream &out, const Outcome &outcome);

/* What a verb prints that succeeds, and the one line of a verb that fails. */
Outcome succeeded(const std::string &output);
Outcome failed(int status, const std::string &error, const std::string &output = "");

/* Runs a verb in this process, as main() does. */
Outcome outcome_of(const Verb &verb, const std::vector<std::string> &arguments);

/* A board of 64 bytes in BAR 0 and 16 I/O ports in BAR 1, and verbs that run on it. */
class AVerbOnABoard : public ::testing::Test {
protected:
	/* The same, with the board as the first argument. */
	static Outcome run(const Verb &verb, const std::vector<std::string> &arguments);

	/* What the board saw since the last time: "read bar0+0x8 32 = 0x5". */
	std::vector<std::string> seen();

	pcipeek::testing::FakeBoard board{
		{.vendor_id = 0x1147,
		 .device_id = 0x0c8e,
		 .subsystem_vendor_id = 0x1147,
		 .subsystem_id = 0x2090,
		 .bars = {{0, {.size = 64, .addr = 0x90502000}},
			  {1, {.type = BarType::io, .size = 16, .addr = 0x2000}}}}};
};

/* A file that is there as long as this is. */
class ScratchFile {
public:
	explicit ScratchFile(const std::string &contents);
	~ScratchFile();
	ScratchFile(const ScratchFile &) = delete;
	ScratchFile &operator=(const ScratchFile &) = delete;

	const std::string &path() const
	{
		return path_;
	}

private:
	std::string path_;
};

} // namespace pcipeek::tools
