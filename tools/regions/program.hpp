// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "grammar/script.hpp"
#include "output/element_printer.hpp"

#include <pcipeek/batch.hpp>
#include <pcipeek/device.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace pcipeek::tools {

struct ProgramOptions {
	std::optional<std::chrono::nanoseconds> timeout; /* for all of it */
	bool hold = false; /* keep other batches out while it waits */
};

/* A script on a device: one batch. */
class Program {
public:
	/*
	 * Checks every step, without an access. Throws ScriptError, which says where in
	 * the script, also for a step that takes longer than options.timeout.
	 */
	Program(const Device &device, Script script, const ProgramOptions &options);

	/* How the values are printed, if nothing else was asked for. */
	Form text_form() const;

	/*
	 * Runs it, and adds what was read, also what was read before a failure. Throws
	 * ScriptError if a step failed, and Error if nothing ran.
	 */
	void run(ElementPrinter &printer);

private:
	/* Which step an operation of the batch is from, and which element of it. */
	struct Operation {
		std::size_t step;
		std::uint64_t index;
	};

	void add(std::size_t step);
	void print_reads(const BatchResult &result, ElementPrinter &printer) const;
	std::optional<std::chrono::nanoseconds> time_of_wait(std::size_t step) const;
	[[noreturn]] void refuse(const BatchError &error) const;

	Device device_;
	Script script_;
	std::chrono::nanoseconds time_; /* for all of it, at most */
	Batch batch_;
	std::vector<Operation> operations_;
};

} // namespace pcipeek::tools
