// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "access/channel.hpp"
#include "device/identity.hpp"

#include <linux/pcipeek.h>
#include <pcipeek/device.hpp>

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace pcipeek::test {

// A board and the kernel in front of it: what reaches it is registers and a log. It
// grants what it is asked for, until a test says otherwise. The checks, and the
// interpreter of batches, are the module's own.
class FakeBoard {
public:
	explicit FakeBoard(const detail::Identity &identity);

	// Makes a Device whose channels lead here.
	Device device();
	detail::ChannelFactory factory();

	// What the board saw: "read bar2+0x1c 32", "write bar0+0x4 8 = 0x1".
	std::vector<std::string> accesses() const;

	// How it was opened: "read-only granted", "read-write foreign", one for each ATTACH
	// that succeeded, and for each open file of its own node.
	std::vector<std::string> openings() const;

	// The nodes that were opened, or tried: "/dev/pcipeek", "/dev/pcipeek-0000-05-0d.0
	// read-only exclusive".
	std::vector<std::string> opened_nodes;

	// How many ioctls there were, of any kind.
	unsigned calls() const;

	// The board's memory, a vector of bytes for each BAR.
	std::array<std::vector<std::uint8_t>, PCIPEEK_BAR_COUNT> bars;

	// Answers that tests change.
	int node_error = 0;
	std::optional<int> own_node_error; // if not that of the common node
	bool is_locked_down = false;
	int version_error = 0;
	int info_error = 0;
	std::uint32_t abi_major = PCIPEEK_ABI_MAJOR;
	std::function<int(const pcipeek_attach &)> attach_error;
	int access_error = 0;
	int restrict_error = 0;
	// A BLOCK ends with this error after so many elements, once for each entry.
	struct Interruption {
		std::uint64_t after;
		int error;
	};
	std::vector<Interruption> interruptions;
	pcipeek_device_info info{};
	// What the BLOCKs were asked with.
	std::vector<std::uint64_t> block_generations;
	std::vector<std::uint64_t> block_counts;
	// What the BATCHes were asked with.
	std::vector<pcipeek_batch> batches;
	// What was mapped, and how: "map bar0+0x1000 0x2000 for writing", "unmap 0x2000",
	// "write-combining bar0", "uncached bar0".
	std::vector<std::string> mappings;
	int map_error = 0;
	int mode_error = 0;
	// What BAR_INFO tells of the way to the BAR; without it, what `info` has of that.
	std::function<void(pcipeek_bar_info &)> reach;

	// Happens at each read, before the value is taken.
	std::function<void()> on_read;

	// The clock of batches, and what happens when it moves.
	std::uint64_t now_ns = 0;
	std::function<void()> on_sleep;
	// A sleep ends with this errno, one for each entry, before its time.
	std::vector<int> sleep_errors;

	// One access, as the module makes it: for those who play the module.
	int read(pcipeek_access &access, std::uint64_t rights);
	int write(const pcipeek_access &access, std::uint64_t rights);
	int flush();
	int sleep_until(std::uint64_t time_ns);

private:
	friend class FakeChannel;

	// Between the mmap offsets of two BARs.
	static constexpr std::uint64_t bar_distance = std::uint64_t{1} << 40;

	int bar_info(pcipeek_bar_info &info) const;
	std::uint8_t reach_of(bool memory) const;
	detail::Opened open_node(const std::string &path, int flags);
	int check(const pcipeek_access &access, std::uint64_t rights, std::uint64_t needed) const;

	const detail::Identity identity_;
	mutable std::mutex mutex_;
	std::vector<std::string> accesses_;
	std::vector<std::string> openings_;
	unsigned calls_ = 0;
};

// The memory board of fake_sysfs.hpp, as the library sees it.
detail::Identity memory_board_identity();
detail::Identity io_board_identity();

} // namespace pcipeek::test
