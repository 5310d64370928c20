// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "errors.hpp"
#include "naming/described.hpp"
#include "naming/names.hpp"

namespace pcipeek::tools {

namespace {

/* Null for a step that is about none. */
Location *location_of(Action &action)
{
	if (auto *location = std::get_if<Location>(&action))
		return location;
	if (auto *assign = std::get_if<Assign>(&action))
		return &assign->location;
	if (auto *wait = std::get_if<Wait>(&action))
		return &wait->condition.location;
	if (auto *expect = std::get_if<Expect>(&action))
		return &expect->condition.location;
	return nullptr;
}

/* A script is refused with the place in it. */
template <class Do>
void for_each_step(Script &script, Do action)
{
	for (auto &step : script.steps)
		try {
			action(step.action);
		} catch (const UsageError &error) {
			throw ScriptError(script.place_of(step), error);
		} catch (const NameError &error) {
			throw ScriptError(script.place_of(step), error);
		} catch (const Error &error) {
			throw ScriptError(script.place_of(step), error);
		}
}

} // namespace

void Names::find(Action &action)
{
	if (auto *assign = std::get_if<Assign>(&action))
		find(*assign);
	else if (auto *wait = std::get_if<Wait>(&action))
		find(wait->condition);
	else if (auto *expect = std::get_if<Expect>(&action))
		find(expect->condition);
	else if (auto *location = std::get_if<Location>(&action))
		find(Use::read, *location);
}

/* One batch has one access for each element, in BARs only. */
void Names::find(Script &script)
{
	for_each_step(script, [&](Action &action) {
		find(action);
		if (const Location *location = location_of(action)) {
			require_one_word(*location);
			require_bar(*location);
		}
	});
}

void Names::place(Script &script)
{
	for_each_step(script, [&](Action &action) {
		if (Location *location = location_of(action))
			place(*location);
	});
}

} // namespace pcipeek::tools
