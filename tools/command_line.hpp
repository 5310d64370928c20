// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace pcipeek::tools {

/* The user asked for --help; the text is for standard output. */
struct HelpRequest {
	std::string text;
};

/*
 * The arguments of one verb. Collects them as text and no more: numbers, devices
 * and locations have a grammar of their own. The only place that knows the
 * argument library, whose headers are costly to compile.
 *
 * The variables granted to the functions below are set by parse().
 */
class CommandLine {
public:
	CommandLine(const std::string &verb, const std::string &purpose);
	~CommandLine();
	CommandLine(const CommandLine &) = delete;
	CommandLine &operator=(const CommandLine &) = delete;

	/* DEVICE, the first positional of nearly every verb. */
	void device(std::string &value);

	/* --foreign, which says how the device is opened. */
	void foreign(bool &value);

	/* --bus-master, which excludes --foreign; call foreign() first. */
	void bus_master(bool &value);

	/* --map, for the names of registers. */
	void map(std::string &value);

	/* Required, in the order of declaration. */
	void positional(const std::string &name, std::string &value, const std::string &help);

	/* The last positional; unchanged unless it is there. */
	void optional_positional(const std::string &name, std::string &value,
				 const std::string &help);

	/* One or more; the last positional. */
	void positionals(const std::string &name, std::vector<std::string> &values,
			 const std::string &help);

	/* None or more; the last positional. */
	void optional_positionals(const std::string &name, std::vector<std::string> &values,
				  const std::string &help);

	/* --name: false unless it is there. */
	void flag(const std::string &name, bool &value, const std::string &help);

	/* --name VALUE: unchanged unless it is there. */
	void option(const std::string &name, std::string &value, const std::string &placeholder,
		    const std::string &help);

	/* The same, and it must be there. */
	void required_option(const std::string &name, std::string &value,
			     const std::string &placeholder, const std::string &help);

	/* The same, and it may be there several times: all the values, in order. */
	void options(const std::string &name, std::vector<std::string> &values,
		     const std::string &placeholder, const std::string &help);

	/* The options @first and @second make no sense together. */
	void exclude(const std::string &first, const std::string &second);

	/* The option @first makes no sense without @second. */
	void need(const std::string &first, const std::string &second);

	/*
	 * argv[0] is the verb. Throws UsageError for arguments that do not fit, and
	 * HelpRequest.
	 */
	void parse(int argc, const char *const *argv);

private:
	struct Parser;
	std::unique_ptr<Parser> parser_;
};

} // namespace pcipeek::tools
