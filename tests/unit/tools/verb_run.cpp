// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "verb_run.hpp"

#include "output/report.hpp"

#include <cstdlib>
#include <fstream>
#include <unistd.h>

namespace pcipeek::tools {

std::ostream &operator<<(std::ostream &out, const Outcome &outcome)
{
	return out << "status " << outcome.status << "\noutput: " << outcome.output
		   << "\nerror: " << outcome.error;
}

Outcome succeeded(const std::string &output)
{
	return {0, output, ""};
}

Outcome failed(int status, const std::string &error, const std::string &output)
{
	return {status, output, "pcipeek: " + error + '\n'};
}

Outcome outcome_of(const Verb &verb, const std::vector<std::string> &arguments)
{
	const std::string name(verb.name);
	std::vector<const char *> argv{name.c_str()};
	Outcome outcome{};

	for (const auto &argument : arguments)
		argv.push_back(argument.c_str());
	::testing::internal::CaptureStdout();
	try {
		verb.run(static_cast<int>(argv.size()), argv.data());
	} catch (const std::exception &error) {
		outcome.status = static_cast<int>(exit_status(error));
		outcome.error = error_line(verb.name, error);
	}
	outcome.output = ::testing::internal::GetCapturedStdout();
	return outcome;
}

Outcome AVerbOnABoard::run(const Verb &verb, const std::vector<std::string> &arguments)
{
	std::vector<std::string> all{"05:0d.0"};

	all.insert(all.end(), arguments.begin(), arguments.end());
	return outcome_of(verb, all);
}

std::vector<std::string> AVerbOnABoard::seen()
{
	std::vector<std::string> list;

	for (const auto &access : board.accesses())
		list.push_back(to_string(access));
	board.clear_accesses();
	return list;
}

ScratchFile::ScratchFile(const std::string &contents)
	: path_(::testing::TempDir() + "pcipeek-XXXXXX")
{
	::close(::mkstemp(path_.data()));
	std::ofstream(path_, std::ios::binary) << contents;
}

ScratchFile::~ScratchFile()
{
	::unlink(path_.c_str());
}

} // namespace pcipeek::tools
