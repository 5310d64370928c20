// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "grammar/action.hpp"

#include "format.hpp"
#include "grammar/duration.hpp"
#include "grammar/element.hpp"

namespace pcipeek::tools {

namespace {

std::string format(const Location &location, std::string_view operation, const MaskedValue &what)
{
	auto text = location.canonical();

	text += operation;
	if (!what.argument.empty())
		return text.append(what.unread());
	text += format_bits(location, what.value);
	if (what.mask)
		text += ':' + format_bits(location, *what.mask);
	return text;
}

std::string format(const Condition &condition)
{
	return format(condition.location, condition.not_equal ? "!=" : "==", condition.what);
}

/* One for each kind of action. */
struct Formatter {
	std::string operator()(const Location &location) const
	{
		return location.canonical();
	}

	std::string operator()(const Assign &assign) const
	{
		MaskedValue all = assign.what;

		all.value |= assign.neutral.value;
		if (all.mask)
			*all.mask |= assign.neutral.mask;
		return format(assign.location, "=", all);
	}

	std::string operator()(const Wait &wait) const
	{
		return formatted("wait {} {}", format(wait.condition),
				 format_duration(wait.timeout));
	}

	std::string operator()(const Expect &expect) const
	{
		return formatted("expect {}", format(expect.condition));
	}

	std::string operator()(const Delay &delay) const
	{
		return formatted("delay {}", format_duration(delay.time));
	}

	std::string operator()(const Flush &) const
	{
		return "flush";
	}
};

} // namespace

std::string format_action(const Action &action)
{
	return std::visit(Formatter{}, action);
}

} // namespace pcipeek::tools
