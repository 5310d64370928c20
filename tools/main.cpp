// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "command_line.hpp"
#include "errors.hpp"
#include "format.hpp"
#include "output/output.hpp"
#include "output/report.hpp"
#include "verb.hpp"

#include <array>

namespace pcipeek::tools {

namespace {

constexpr std::array verbs{&ls_verb,	 &info_verb,   &read_verb,  &write_verb, &fill_verb,
			   &wait_verb,	 &run_verb,    &dump_verb,  &regs_verb,	 &decode_verb,
			   &map_verb,	 &config_verb, &rom_verb,   &bind_verb,	 &unbind_verb,
			   &reload_verb, &exec_verb,   &header_verb};

void print_help()
{
	print("pcipeek reads and writes the registers behind a PCI device's BARs.\n"
	      "Usage: pcipeek VERB [ARGUMENT]...\n\nVerbs:\n");
	for (const Verb *verb : verbs)
		print(formatted("  {:<9}{}\n", verb->name, verb->purpose));
	print("\nOptions:\n"
	      "  --help     print this help and exit\n"
	      "  --version  print the version and exit\n"
	      "\nEach verb has a --help of its own. The grammar, the exit statuses and\n"
	      "examples are in pcipeek(1).\n");
}

/* The verb on the command line; null if there is none of that name. */
const Verb *find_verb(int argc, const char *const *argv)
{
	const std::string_view name = argc > 1 ? argv[1] : "";

	for (const Verb *verb : verbs)
		if (verb->name == name)
			return verb;
	return nullptr;
}

/* Only the verb that was asked for costs anything. */
void dispatch(int argc, const char *const *argv)
{
	const std::string_view first = argc > 1 ? argv[1] : "";

	if (first.empty())
		throw UsageError("a verb is missing; 'pcipeek --help' lists the verbs");
	if (first == "--help")
		return print_help();
	if (first == "--version")
		return print("pcipeek " PCIPEEK_VERSION "\n");
	if (const Verb *verb = find_verb(argc, argv))
		return verb->run(argc - 1, argv + 1);
	throw UsageError(formatted("'{}' is not a verb; 'pcipeek --help' lists them", first));
}

/* What was printed before a failure is kept, and stands before its message. */
void run(int argc, const char *const *argv)
{
	try {
		dispatch(argc, argv);
	} catch (const HelpRequest &help) {
		print(help.text);
	} catch (...) {
		print_before_failure("");
		throw;
	}
	flush_output();
}

} // namespace

} // namespace pcipeek::tools

int main(int argc, char **argv)
{
	using namespace pcipeek::tools;

	prepare_output();
	try {
		run(argc, argv);
	} catch (const std::exception &error) {
		const Verb *verb = find_verb(argc, argv);

		return static_cast<int>(report(verb ? verb->name : "", error));
	}
	return static_cast<int>(ExitStatus::done);
}
