// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include "injection.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <string>

namespace faults {
namespace {

/* Documentation/fault-injection: which allocation of this thread fails next, or 0. */
class Nth {
public:
	Nth() : fd_(::open("/proc/thread-self/fail-nth", O_RDWR | O_CLOEXEC))
	{
		EXPECT_LE(0, fd_) << "the kernel cannot inject faults";
	}
	~Nth()
	{
		::close(fd_);
	}
	Nth(const Nth &) = delete;
	Nth &operator=(const Nth &) = delete;

	void set(unsigned nth) const
	{
		const std::string text = std::to_string(nth);
		EXPECT_EQ(static_cast<ssize_t>(text.size()),
			  ::pwrite(fd_, text.data(), text.size(), 0));
	}
	/* 0 once it has failed */
	unsigned get() const
	{
		std::array<char, 16> text{};
		EXPECT_LT(0, ::pread(fd_, text.data(), text.size() - 1, 0));
		return static_cast<unsigned>(std::strtoul(text.data(), nullptr, 10));
	}

private:
	int fd_;
};

void set_option(const std::string &file, const std::string &value)
{
	std::ofstream out("/sys/kernel/debug/" + file);
	out << value << std::flush;
	EXPECT_TRUE(out) << file;
}

constexpr unsigned too_many = 5000;

} // namespace

void prepare()
{
	for (const std::string kind : {"failslab", "fail_page_alloc"}) {
		set_option(kind + "/ignore-gfp-wait", "N");
		set_option(kind + "/verbose", "0");
	}
	set_option("fail_page_alloc/ignore-gfp-highmem", "N");
	set_option("fail_page_alloc/min-order", "0");
}

unsigned allocations_of(const std::function<void()> &act)
{
	const Nth nth;
	nth.set(too_many);
	act();
	const unsigned left = nth.get();
	nth.set(0);
	EXPECT_LT(0U, left) << "no end of allocations";
	return too_many - left;
}

unsigned fail_each_allocation(const std::function<int()> &act,
			      const std::function<void(int error)> &after, unsigned spared)
{
	const Nth nth;
	for (unsigned n = spared + 1; n < too_many; n++) {
		nth.set(n);
		const int error = act();
		const unsigned left = nth.get();
		nth.set(0);
		after(error);
		if (left == 0)
			continue;
		EXPECT_EQ(0, error) << "though no allocation failed";
		return n - 1 - spared;
	}
	ADD_FAILURE() << "no end of allocations";
	return too_many;
}

} // namespace faults
