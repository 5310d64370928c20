// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "grammar/script.hpp"

#include "errors.hpp"
#include "format.hpp"
#include "grammar/statement.hpp"

namespace pcipeek::tools {

namespace {

/* The time that a batch has for all of its delays, and how many operations it has. */
class Budget {
public:
	/* Throws UsageError when the action no longer fits. */
	void spend(const Action &action)
	{
		operations_ += operations(action);
		if (operations_ > most_operations)
			throw UsageError(formatted("more than {} operations; a batch holds no "
						   "more, so split it into several runs",
						   most_operations));
		if (const auto *delay = std::get_if<Delay>(&action))
			spend_time(delay->time);
	}

private:
	static std::uint64_t operations(const Action &action)
	{
		const auto *location = std::get_if<Location>(&action);

		return location ? std::min(location->elements(), most_operations + 1) : 1;
	}

	void spend_time(std::chrono::nanoseconds time)
	{
		if (time > longest_batch - delays_)
			throw UsageError("the delays add up to more than 10s; a batch takes at "
					 "most 10s, so split it into several runs");
		delays_ += time;
	}

	std::uint64_t operations_ = 0;
	std::chrono::nanoseconds delays_{0};
};

void add(Script &script, Budget &budget, const Statement &statement)
{
	try {
		script.steps.push_back({statement.line, parse_action(statement.words)});
		budget.spend(script.steps.back().action);
	} catch (const UsageError &error) {
		throw UsageError(formatted("{}:{}: {}", script.name, statement.line, error.what()));
	}
}

} // namespace

std::string Script::place_of(const Step &step) const
{
	return formatted("{}:{}", name, step.line);
}

Script parse_script(std::string_view name, std::string_view text)
{
	Script script{std::string(name), {}};
	Budget budget;

	for (const auto &statement : split_statements(text))
		add(script, budget, statement);
	if (script.steps.empty())
		throw UsageError(formatted("{}: there is nothing to run", name));
	return script;
}

} // namespace pcipeek::tools
