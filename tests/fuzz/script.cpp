// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// Scripts: what is understood fits a batch, and what each step is printed as is a script
// with that step.
#include "grammar/script.hpp"

#include "claim.hpp"
#include "input.hpp"

namespace pcipeek::fuzz {

namespace {

using tools::Script;
using tools::Step;

Script parse(std::string_view text)
{
	return tools::parse_script("script", text);
}

std::uint64_t operations(const Step &step)
{
	const auto *location = std::get_if<tools::Location>(&step.action);

	return location ? location->elements() : 1;
}

std::chrono::nanoseconds delay(const Step &step)
{
	const auto *delay = std::get_if<tools::Delay>(&step.action);

	return delay ? delay->time : std::chrono::nanoseconds(0);
}

void check_step(const Step &step)
{
	const std::string printed = format_action(step.action);
	const auto again = parsed(parse, printed);

	claim(again && again->steps.size() == 1, "a step is printed as a step");
	claim(again->steps.front().action.index() == step.action.index(), "of the same kind");
	claim(format_action(again->steps.front().action) == printed, "that means the same");
}

void check(const Script &script)
{
	std::uint64_t in_all = 0;
	std::chrono::nanoseconds delays{0};
	std::size_t line = 1;

	claim(!script.steps.empty(), "a script has a step");
	for (const Step &step : script.steps) {
		claim(step.line >= line, "steps are in order");
		line = step.line;
		in_all += operations(step);
		delays += delay(step);
		claim(in_all <= tools::most_operations, "a script fits a batch");
		claim(delays <= tools::longest_batch, "its delays fit the time of a batch");
		check_step(step);
	}
}

} // namespace

} // namespace pcipeek::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
	using namespace pcipeek::fuzz;

	if (const auto script = parsed(parse, text_of(data, size)))
		check(*script);
	return 0;
}
