// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "regions/program.hpp"

#include "errors.hpp"
#include "format.hpp"
#include "grammar/duration.hpp"
#include "regions/place.hpp"

#include <algorithm>

namespace pcipeek::tools {

namespace {

using std::chrono::nanoseconds;

/* Adds an action to a batch, one function for each kind. */
class Adder {
public:
	Adder(const Device &device, Batch &batch) : device_(device), batch_(batch)
	{
	}

	void operator()(const Location &location) const
	{
		const Bar bar = find_place(Use::read, device_, location).bar();

		for (std::uint64_t i = 0; i < location.elements(); ++i)
			batch_.read(bar, location.offset + i * bytes(location.width),
				    location.width);
	}

	void operator()(const Assign &assign) const
	{
		const Location &location = assign.location;
		const Bar bar = find_place(Use::write, device_, location).bar();

		if (assign.is_partial())
			batch_.update(bar, location.offset, assign.in_register(), location.width);
		else
			batch_.write_value(bar, location.offset, location.width, assign.what.value);
	}

	void operator()(const Wait &wait) const
	{
		poll(wait.condition, wait.timeout);
	}

	/* One read. */
	void operator()(const Expect &expect) const
	{
		poll(expect.condition, nanoseconds(0));
	}

	void operator()(const Delay &delay) const
	{
		batch_.delay(delay.time);
	}

	void operator()(const Flush &) const
	{
		batch_.flush();
	}

private:
	void poll(const Condition &spec, nanoseconds timeout) const
	{
		const Location &location = spec.location;

		batch_.poll(find_place(Use::read, device_, location).bar(), location.offset,
			    spec.in_register(), timeout, {}, location.width);
	}

	const Device &device_;
	Batch &batch_;
};

nanoseconds time_of(const Action &action)
{
	if (const auto *wait = std::get_if<Wait>(&action))
		return wait->timeout;
	if (const auto *delay = std::get_if<Delay>(&action))
		return delay->time;
	return nanoseconds(0);
}

/* The kernel refuses what cannot be over in time; here it is said which step that is. */
void check_times(const Script &script, nanoseconds timeout)
{
	nanoseconds delays(0);

	for (const auto &step : script.steps) {
		const bool is_delay = std::holds_alternative<Delay>(step.action);
		const nanoseconds time = time_of(step.action);

		delays += is_delay ? time : nanoseconds(0);
		if (std::max(time, delays) > timeout)
			throw ScriptError(
				script.place_of(step),
				UsageError(formatted("this makes it take up to {}, and --timeout "
						     "is {}",
						     format_duration(std::max(time, delays)),
						     format_duration(timeout))));
	}
}

bool is_met(const pcipeek::Condition &condition, std::uint64_t value)
{
	return ((value & condition.mask) == condition.value) != condition.not_equal;
}

/* Whether it was read, and is not so: not if the batch did not even begin in time. */
bool is_unmet(const Condition &spec, const BatchError &error)
{
	return error.cause() == Cause::timed_out && error.result().generation() != 0 &&
	       !is_met(spec.in_register(), error.result()[error.index()]);
}

} // namespace

Program::Program(const Device &device, Script script, const ProgramOptions &options)
	: device_(device),
	  script_(std::move(script)),
	  time_(options.timeout.value_or(longest_batch)),
	  batch_(device)
{
	if (options.timeout) {
		check_times(script_, *options.timeout);
		batch_.timeout(*options.timeout);
	}
	batch_.hold(options.hold);
	for (std::size_t i = 0; i < script_.steps.size(); ++i)
		add(i);
}

void Program::add(std::size_t step)
{
	try {
		const std::size_t before = batch_.size();

		std::visit(Adder(device_, batch_), script_.steps[step].action);
		for (std::size_t i = before; i < batch_.size(); ++i)
			operations_.push_back({step, i - before});
	} catch (const Error &error) {
		throw ScriptError(script_.place_of(script_.steps[step]), error);
	}
}

Form Program::text_form() const
{
	std::uint64_t reads = 0;
	const Location *first = nullptr;

	for (const auto &step : script_.steps)
		if (const auto *location = std::get_if<Location>(&step.action)) {
			first = first ? first : location;
			++reads;
		}
	return first ? tools::text_form(reads, *first) : Form::labelled;
}

void Program::print_reads(const BatchResult &result, ElementPrinter &printer) const
{
	for (std::size_t i = 0; i < result.done(); ++i) {
		const auto &[step, index] = operations_[i];

		if (const auto *location = std::get_if<Location>(&script_.steps[step].action))
			printer.add(*location, index, result[i]);
	}
}

/* Nothing if the time of the whole batch may have run out before that of the wait did. */
std::optional<nanoseconds> Program::time_of_wait(std::size_t step) const
{
	nanoseconds all(0);

	for (std::size_t i = 0; i <= step; ++i)
		all += time_of(script_.steps[i].action);
	return all <= time_ ? std::optional(time_of(script_.steps[step].action)) : std::nullopt;
}

void Program::refuse(const BatchError &error) const
{
	const std::size_t index = operations_[error.index()].step;
	const Step &step = script_.steps[index];
	const auto value = error.result()[error.index()];
	const auto *expect = std::get_if<Expect>(&step.action);
	const auto *wait = std::get_if<Wait>(&step.action);

	if (expect && is_unmet(expect->condition, error))
		throw ScriptError(script_.place_of(step),
				  Difference(formatted("{}: {}; nothing after it was run",
						       to_string(device_.address()),
						       expect->condition.unmet_by(value))));
	if (wait && is_unmet(wait->condition, error))
		throw ScriptError(script_.place_of(step),
				  timeout_error(device_.address(), wait->condition,
						time_of_wait(index), value));
	throw ScriptError(script_.place_of(step), error);
}

void Program::run(ElementPrinter &printer)
{
	try {
		print_reads(batch_.run(), printer);
	} catch (const BatchError &error) {
		print_reads(error.result(), printer);
		refuse(error);
	}
}

} // namespace pcipeek::tools
