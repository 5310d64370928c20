// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include "kcov.hpp"

#include <fcntl.h>
#include <linux/kcov.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace fuzz {
namespace {

constexpr std::size_t words = 64 << 10;
constexpr std::size_t slots = 64 << 10;

std::uint32_t hash(std::uint64_t from, std::uint64_t to)
{
	return static_cast<std::uint32_t>((from * 31 + to) * 0x9e3779b97f4a7c15U >> 48) % slots;
}

} // namespace

Kcov::Kcov() : fd_(::open("/sys/kernel/debug/kcov", O_RDWR | O_CLOEXEC)), last_(slots)
{
	if (fd_ < 0)
		return;
	if (::ioctl(fd_, KCOV_INIT_TRACE, words) != 0)
		throw std::system_error(errno, std::generic_category(), "KCOV_INIT_TRACE");
	void *area =
		::mmap(nullptr, words * sizeof(*area_), PROT_READ | PROT_WRITE, MAP_SHARED, fd_, 0);
	if (area == MAP_FAILED || ::ioctl(fd_, KCOV_ENABLE, KCOV_TRACE_PC) != 0)
		throw std::system_error(errno, std::generic_category(), "KCOV_ENABLE");
	area_ = static_cast<std::uint64_t *>(area);
}

Kcov::~Kcov()
{
	if (fd_ < 0)
		return;
	::ioctl(fd_, KCOV_DISABLE, 0);
	::munmap(area_, words * sizeof(*area_));
	::close(fd_);
}

void Kcov::begin_run()
{
	run_++;
	fresh_.clear();
}

void Kcov::begin()
{
	if (works())
		__atomic_store_n(&area_[0], 0, __ATOMIC_RELAXED);
}

void Kcov::collect()
{
	if (!works())
		return;
	const std::uint64_t count = __atomic_load_n(&area_[0], __ATOMIC_RELAXED);
	std::uint64_t from = 0;
	for (std::uint64_t i = 1; i <= count; i++) {
		const std::uint32_t edge = hash(from, area_[i]);
		from = area_[i];
		if (last_[edge] == 0) {
			edges_++;
			fresh_.push_back(edge);
		}
		last_[edge] = run_;
	}
}

bool Kcov::took(const std::vector<std::uint32_t> &edges) const
{
	return std::all_of(edges.begin(), edges.end(),
			   [this](std::uint32_t edge) { return last_[edge] == run_; });
}

void Kcov::forget()
{
	std::fill(last_.begin(), last_.end(), 0);
	edges_ = 0;
}

} // namespace fuzz
