// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "command_line.hpp"

#include "errors.hpp"
#include "format.hpp"

#include <CLI/CLI.hpp>

namespace pcipeek::tools {

namespace {

/* Instead of the type names that CLI11 would show behind an option's name. */
constexpr const char *nothing = " ";
constexpr const char *and_more = "...";

// CLI11 2.5 and later print the line of usage without the word for it.
class Formatter : public CLI::Formatter {
public:
	std::string make_usage(const CLI::App *app, std::string name) const override
	{
		std::string usage = "Usage: " + name + " [OPTIONS]";
		const auto positionals = app->get_options(
			[](const CLI::Option *option) { return option->get_positional(); });
		for (const CLI::Option *positional : positionals)
			usage += " " + make_option_usage(positional);
		return usage + "\n";
	}
};

} // namespace

struct CommandLine::Parser {
	Parser(const std::string &name, const std::string &purpose)
		: verb(name), app(purpose, "pcipeek " + name)
	{
		app.formatter(std::make_shared<Formatter>());
	}

	[[noreturn]] void refuse(const std::string &why) const
	{
		throw UsageError(formatted("{}; see 'pcipeek {} --help'", why, verb));
	}

	/* CLI11's own text has them in the opposite order. */
	[[noreturn]] void refuse_extras() const
	{
		const auto extras = app.remaining();

		refuse(formatted("The following argument{} not expected: {}",
				 extras.size() > 1 ? "s were" : " was",
				 CLI::detail::join(extras, " ")));
	}

	std::string verb;
	CLI::App app;
};

CommandLine::CommandLine(const std::string &verb, const std::string &purpose)
	: parser_(std::make_unique<Parser>(verb, purpose))
{
	parser_->app.set_help_flag("--help", "print this help and exit");
	parser_->app.footer("The grammar, the exit statuses and examples are in "
			    "pcipeek(1).");
}

CommandLine::~CommandLine() = default;

void CommandLine::device(std::string &value)
{
	positional("DEVICE", value, "[domain:]bus:device.function or vvvv:dddd[@BDF|@N]");
}

void CommandLine::foreign(bool &value)
{
	flag("--foreign", value, "use a device that was not granted, beside its driver (root)");
}

void CommandLine::bus_master(bool &value)
{
	flag("--bus-master", value,
	     "keep bus mastering on meanwhile: the device may do DMA (root)");
	exclude("--bus-master", "--foreign");
}

void CommandLine::map(std::string &value)
{
	option("--map", value, "FILE",
	       "the names of registers, instead of the maps for the device");
}

void CommandLine::positional(const std::string &name, std::string &value, const std::string &help)
{
	parser_->app.add_option(name, value, help)->required()->option_text(nothing);
}

void CommandLine::optional_positional(const std::string &name, std::string &value,
				      const std::string &help)
{
	parser_->app.add_option(name, value, help)->option_text(nothing);
}

void CommandLine::positionals(const std::string &name, std::vector<std::string> &values,
			      const std::string &help)
{
	parser_->app.add_option(name, values, help)->required()->option_text(and_more);
}

void CommandLine::optional_positionals(const std::string &name, std::vector<std::string> &values,
				       const std::string &help)
{
	parser_->app.add_option(name, values, help)->option_text(and_more);
}

void CommandLine::flag(const std::string &name, bool &value, const std::string &help)
{
	parser_->app.add_flag(name, value, help)->disable_flag_override()->option_text(nothing);
}

void CommandLine::option(const std::string &name, std::string &value,
			 const std::string &placeholder, const std::string &help)
{
	parser_->app.add_option(name, value, help)->option_text(placeholder);
}

void CommandLine::required_option(const std::string &name, std::string &value,
				  const std::string &placeholder, const std::string &help)
{
	parser_->app.add_option(name, value, help)->option_text(placeholder)->required();
}

void CommandLine::options(const std::string &name, std::vector<std::string> &values,
			  const std::string &placeholder, const std::string &help)
{
	parser_->app.add_option(name, values, help)
		->option_text(placeholder)
		->allow_extra_args(false);
}

void CommandLine::exclude(const std::string &first, const std::string &second)
{
	parser_->app.get_option(first)->excludes(parser_->app.get_option(second));
}

void CommandLine::need(const std::string &first, const std::string &second)
{
	parser_->app.get_option(first)->needs(parser_->app.get_option(second));
}

void CommandLine::parse(int argc, const char *const *argv)
{
	try {
		parser_->app.parse(argc, argv);
	} catch (const CLI::CallForHelp &) {
		throw HelpRequest{parser_->app.help()};
	} catch (const CLI::ExtrasError &) {
		parser_->refuse_extras();
	} catch (const CLI::ParseError &error) {
		parser_->refuse(error.what());
	}
}

} // namespace pcipeek::tools
