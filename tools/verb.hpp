// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <string_view>

namespace pcipeek::tools {

/*
 * One verb of the command. @run gets the arguments from the verb on (argv[0] is
 * its name), and returns when all is done; every failure is an exception.
 */
struct Verb {
	std::string_view name;
	std::string_view purpose;
	void (*run)(int argc, const char *const *argv);
};

extern const Verb bind_verb;
extern const Verb config_verb;
extern const Verb decode_verb;
extern const Verb dump_verb;
extern const Verb exec_verb;
extern const Verb fill_verb;
extern const Verb header_verb;
extern const Verb info_verb;
extern const Verb ls_verb;
extern const Verb map_verb;
extern const Verb read_verb;
extern const Verb regs_verb;
extern const Verb reload_verb;
extern const Verb rom_verb;
extern const Verb run_verb;
extern const Verb unbind_verb;
extern const Verb wait_verb;
extern const Verb write_verb;

} // namespace pcipeek::tools
