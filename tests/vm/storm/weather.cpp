// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include "weather.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "attachment.hpp"
#include "bar_mover.hpp"
#include "option.hpp"

namespace storm {

unsigned cycles()
{
	return static_cast<unsigned>(vm::option("vm_cycles", 20));
}

void blow(unsigned cycles, const std::function<void(const Target &, unsigned)> &cycle)
{
	std::vector<std::thread> threads;
	for (const Target &target : targets())
		threads.emplace_back([cycles, &cycle, &target] {
			for (unsigned i = 0; i < cycles; i++)
				cycle(target, i);
		});
	for (std::thread &thread : threads)
		thread.join();
}

void let_work(const Answers &answers, std::uint64_t calls)
{
	const std::uint64_t goal = answers.all() + calls;
	while (answers.all() < goal)
		std::this_thread::sleep_for(std::chrono::microseconds(200));
}

void remove(const Target &target)
{
	EXPECT_EQ(0, vm::write_pci("devices/" + target.address + "/remove", "1"));
}

void rescan(const Target &target)
{
	EXPECT_EQ(0, vm::write_pci(target.rescan, "1"));
}

void reset(const Target &target)
{
	EXPECT_EQ(0, vm::write_pci("devices/" + target.address + "/reset", "1"));
}

void move_bar(const Target &target)
{
	EXPECT_EQ(0, vm::BarMover::move(target.address, target.bar));
}

void remove_and_find_all()
{
	for (const Target &target : targets())
		remove(target);
	ASSERT_EQ(0, vm::write_pci("rescan", "1"));
}

std::string claims()
{
	std::ifstream iomem("/proc/iomem");
	std::string all;
	for (std::string line; std::getline(iomem, line);)
		if (line.find("pcipeek") != std::string::npos ||
		    line.find("0000:") != std::string::npos)
			all += line + '\n';
	return all;
}

} // namespace storm
