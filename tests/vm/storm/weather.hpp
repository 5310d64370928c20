/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_STORM_WEATHER_HPP
#define PCIPEEK_TESTS_VM_STORM_WEATHER_HPP

#include <functional>
#include <string>
#include <vector>

#include "answers.hpp"
#include "target.hpp"

namespace storm {

/* By how much the kernel command line multiplies the length of a storm. */
unsigned cycles();

/* One thread for each target runs @cycle that often, with its number. */
void blow(unsigned cycles, const std::function<void(const Target &, unsigned)> &cycle);

/* Wait until the crew made that many more calls: that is what makes it a storm. */
void let_work(const Answers &answers, std::uint64_t calls);

void remove(const Target &target);
void rescan(const Target &target);
void reset(const Target &target);
void move_bar(const Target &target);

/* Remove all, find all again: where their BARs are then depends on nothing else. */
void remove_and_find_all();
/* What /proc/iomem says of the targets, and who claims it. */
std::string claims();

} // namespace storm

#endif
