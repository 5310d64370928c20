// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// What the module allocates before it takes a lock that the recovery of a disk may wait
// for: page tables before the guard, records before the registry. Through the kernel's
// tracer of functions, which tells the order.

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include "attachment.hpp"
#include "machine.hpp"

namespace {

using vm::edu;

const std::string tracefs = "/sys/kernel/tracing/";

bool has_the_tracer()
{
	const std::string tracers = vm::text_of(tracefs + "available_tracers");
	return (' ' + tracers).find(" function ") != std::string::npos;
}

/* Those of @functions that this thread calls while this lives, in their order. */
class Calls {
public:
	explicit Calls(const std::string &functions)
	{
		set("current_tracer", "nop");
		set("set_ftrace_pid", std::to_string(::syscall(SYS_gettid)));
		set("set_ftrace_filter", functions);
		set("trace", "");
		set("current_tracer", "function");
	}
	~Calls()
	{
		set("current_tracer", "nop");
		set("set_ftrace_filter", "");
		set("set_ftrace_pid", "");
	}
	Calls(const Calls &) = delete;
	Calls &operator=(const Calls &) = delete;

	/* A line: task-pid [cpu] flags time: function <-caller */
	std::vector<std::string> made() const
	{
		std::vector<std::string> calls;
		std::ifstream trace(tracefs + "trace");
		for (std::string line; std::getline(trace, line);) {
			const auto end = line.rfind(" <-");
			const auto begin = line.rfind(' ', end - 1);
			if (!line.starts_with('#') && end != std::string::npos)
				calls.push_back(line.substr(begin + 1, end - begin - 1));
		}
		return calls;
	}

private:
	static void set(const std::string &file, const std::string &text)
	{
		std::ofstream out(tracefs + file, std::ios::trunc);
		out << text << std::flush;
		EXPECT_TRUE(out) << file << ": " << text;
	}
};

class AnAllocation : public testing::Test {
protected:
	void SetUp() override
	{
		if (!has_the_tracer())
			GTEST_SKIP() << "this kernel has no tracer of functions";
	}
};

/* Far from other mappings, so that there is no table for it yet. */
void *map_where_nothing_is(const vm::Attachment &attachment)
{
	void *const at = reinterpret_cast<void *>(0x123400000000);
	EXPECT_EQ(at, ::mmap(at, 4096, PROT_READ, MAP_SHARED | MAP_FIXED_NOREPLACE, attachment.fd(),
			     0));
	return at;
}

TEST_F(AnAllocation, OfPageTablesComesBeforeTheGuard)
{
	const vm::Granted granted(edu);
	const vm::Attachment attachment(edu, vm::all_rights | PCIPEEK_RIGHT_MMAP);
	void *const at = map_where_nothing_is(attachment);
	const Calls calls("pte_alloc_one vmf_insert_pfn");
	EXPECT_EQ(0x010000edU, *static_cast<volatile std::uint32_t *>(at));
	const std::vector<std::string> made = calls.made();
	ASSERT_FALSE(made.empty());
	/* the kernel itself has one in reserve, which vmf_insert_pfn() does not know of */
	EXPECT_LT(1, std::count(made.begin(), made.end(), "pte_alloc_one"));
	EXPECT_EQ("vmf_insert_pfn", made.back());
	EXPECT_EQ(1, std::count(made.begin(), made.end(), "vmf_insert_pfn"));
	::munmap(at, 4096);
}

TEST_F(AnAllocation, OfARecordComesBeforeTheRegistry)
{
	const vm::Attachment attachment;
	const Calls calls("pcipeek_device_make pci_get_domain_bus_and_slot");
	EXPECT_EQ(0, attachment.attach(edu, PCIPEEK_RIGHT_ALL_BARS, PCIPEEK_ATTACH_FOREIGN));
	const std::vector<std::string> made = calls.made();
	ASSERT_FALSE(made.empty());
	/* the lookup is under the registry lock */
	EXPECT_EQ("pcipeek_device_make", made[0]);
	EXPECT_EQ(1, std::count(made.begin(), made.end(), "pcipeek_device_make"));
	EXPECT_EQ(1, std::count(made.begin() + 1, made.begin() + 2, "pci_get_domain_bus_and_slot"));
}

} // namespace
