// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "fake_channel.hpp"

#include "byte_order.hpp"
#include "fake_batch.hpp"
#include "fake_sysfs.hpp"
#include "window.hpp"

extern "C" {
#include "validate.h"
}

#include <fmt/format.h>

#include <algorithm>

#include <cerrno>
#include <system_error>

namespace pcipeek::test {
namespace {

detail::Identity to_identity(const SysfsDevice &device)
{
	detail::Identity identity{.address = device.address,
				  .vendor_id = device.vendor,
				  .device_id = device.device,
				  .subsystem_vendor_id = device.subsystem_vendor,
				  .subsystem_id = device.subsystem,
				  .class_code = device.class_code,
				  .revision_id = device.revision};
	for (std::size_t i = 0; i < device.resources.size(); i++) {
		const Resource &r = device.resources[i];
		identity.bars[i] = {.kind = detail::BarSlot::Kind::present,
				    .region = {.addr = r.start,
					       .size = r.end - r.start + 1,
					       .type = r.flags & 0x100 ? BarType::io
								       : BarType::mem}};
	}
	return identity;
}

} // namespace

// One open file of the board: follows the contract as far as the library can notice.
class FakeChannel final : public detail::Channel {
public:
	FakeChannel(FakeBoard &board, bool write) : board_{board}, writable_{write}
	{
	}

	int call(unsigned long request, void *argument) noexcept override
	{
		const std::lock_guard lock{board_.mutex_};

		board_.calls_++;
		switch (request) {
		case PCIPEEK_IOC_VERSION:
			return version(*static_cast<pcipeek_version *>(argument));
		case PCIPEEK_IOC_ATTACH:
			return attach(*static_cast<pcipeek_attach *>(argument));
		case PCIPEEK_IOC_DEVICE_INFO:
			return device_info(*static_cast<pcipeek_device_info *>(argument));
		case PCIPEEK_IOC_READ:
			return board_.read(*static_cast<pcipeek_access *>(argument), rights_);
		case PCIPEEK_IOC_WRITE:
			return board_.write(*static_cast<pcipeek_access *>(argument), rights_);
		case PCIPEEK_IOC_BLOCK:
			return block(*static_cast<pcipeek_block *>(argument));
		case PCIPEEK_IOC_BATCH:
			return run_batch(board_, rights_, *static_cast<pcipeek_batch *>(argument));
		case PCIPEEK_IOC_RESTRICT:
			return restrict_to(*static_cast<pcipeek_restrict *>(argument));
		default:
			return ENOTTY;
		}
	}

private:
	int version(pcipeek_version &version) const
	{
		version.abi_major = board_.abi_major;
		return board_.version_error;
	}

	int attach(const pcipeek_attach &attach)
	{
		const int error = board_.attach_error ? board_.attach_error(attach) : 0;
		if (error)
			return error;
		rights_ = attach.rights;
		board_.openings_.push_back(
			fmt::format("{} {}{}", writable_ ? "read-write" : "read-only",
				    attach.flags & PCIPEEK_ATTACH_SHARED ? "shared" : "given",
				    attach.flags & PCIPEEK_ATTACH_EXCLUSIVE ? " exclusive" : ""));
		return 0;
	}

	int device_info(pcipeek_device_info &info) const
	{
		info = board_.info;
		info.rights = rights_;
		return 0;
	}

	int restrict_to(const pcipeek_restrict &request)
	{
		if (board_.restrict_error)
			return board_.restrict_error;
		const int error = -pcipeek_check_restrict(&request, rights_);
		if (!error)
			rights_ = request.rights;
		return error;
	}

	int element(const pcipeek_block &block, std::uint64_t index)
	{
		const auto width = static_cast<Width>(block.width);
		auto *image = reinterpret_cast<std::byte *>(
			static_cast<std::uintptr_t>(block.buffer + index * block.width));
		const bool fixed = block.flags & PCIPEEK_BLOCK_FIXED;
		pcipeek_access access{.offset = block.offset + (fixed ? 0 : index * block.width),
				      .value = 0,
				      .bar = block.bar,
				      .width = block.width,
				      .flags = 0,
				      .reserved = 0};
		if (block.flags & PCIPEEK_BLOCK_WRITE) {
			access.value = detail::load_little_endian(image, width);
			return board_.write(access, rights_);
		}
		const int error = board_.read(access, rights_);
		if (!error)
			detail::store_little_endian(image, width, access.value);
		return error;
	}

	int block(pcipeek_block &block)
	{
		int error = 0;
		std::uint64_t count = block.count;
		if (!board_.interruptions.empty()) {
			count = std::min(count, board_.interruptions.front().after);
			error = board_.interruptions.front().error;
			board_.interruptions.erase(board_.interruptions.begin());
		}
		board_.block_generations.push_back(block.generation);
		board_.block_counts.push_back(block.count);
		block.generation = board_.info.generation;
		for (block.done = 0; block.done < count; block.done++)
			if (const int failed = element(block, block.done))
				return failed;
		return error;
	}

	FakeBoard &board_;
	bool writable_;
	std::uint64_t rights_ = 0;
};

FakeBoard::FakeBoard(const detail::Identity &identity) : identity_{identity}
{
	info.vendor_id = identity.vendor_id;
	info.device_id = identity.device_id;
	info.subsystem_vendor_id = identity.subsystem_vendor_id;
	info.subsystem_id = identity.subsystem_id;
	info.state = PCIPEEK_STATE_GIVEN | PCIPEEK_STATE_LIVE | PCIPEEK_STATE_MEMORY_DECODE |
		     PCIPEEK_STATE_IO_DECODE;
	info.generation = 1;
	for (std::size_t i = 0; i < bars.size(); i++)
		for (std::uint64_t byte = 0; byte < identity.bars[i].region.size; byte++)
			bars[i].push_back(static_cast<std::uint8_t>(byte));
}

Device FakeBoard::device()
{
	return Device{std::make_shared<detail::Window>(identity_, factory())};
}

detail::ChannelFactory FakeBoard::factory()
{
	return [this](bool write) -> std::unique_ptr<detail::Channel> {
		if (node_error)
			throw std::system_error{node_error, std::generic_category()};
		return std::make_unique<FakeChannel>(*this, write);
	};
}

std::vector<std::string> FakeBoard::accesses() const
{
	const std::lock_guard lock{mutex_};
	return accesses_;
}

std::vector<std::string> FakeBoard::openings() const
{
	const std::lock_guard lock{mutex_};
	return openings_;
}

unsigned FakeBoard::calls() const
{
	const std::lock_guard lock{mutex_};
	return calls_;
}

int FakeBoard::read(pcipeek_access &access, std::uint64_t rights)
{
	if (const int error = check(access, rights, 0))
		return error;
	accesses_.push_back(
		fmt::format("read bar{}+{:#x} {}", access.bar, access.offset, access.width * 8));
	if (on_read)
		on_read();
	access.value = detail::load_little_endian(
		reinterpret_cast<const std::byte *>(&bars.at(access.bar).at(access.offset)),
		static_cast<Width>(access.width));
	return 0;
}

int FakeBoard::write(const pcipeek_access &access, std::uint64_t rights)
{
	if (const int error = check(access, rights, PCIPEEK_RIGHT_WRITE))
		return error;
	accesses_.push_back(fmt::format("write bar{}+{:#x} {} = {:#x}", access.bar, access.offset,
					access.width * 8, access.value));
	detail::store_little_endian(
		reinterpret_cast<std::byte *>(&bars.at(access.bar).at(access.offset)),
		static_cast<Width>(access.width), access.value);
	return 0;
}

int FakeBoard::check(const pcipeek_access &access, std::uint64_t rights, std::uint64_t needed) const
{
	const int error = -pcipeek_check_right(rights, needed, access.bar);
	return error ? error : access_error;
}

int FakeBoard::flush()
{
	accesses_.emplace_back("flush");
	return access_error;
}

int FakeBoard::sleep_until(std::uint64_t time_ns)
{
	if (!sleep_errors.empty()) {
		const int error = sleep_errors.front();
		sleep_errors.erase(sleep_errors.begin());
		return error;
	}
	now_ns = std::max(now_ns, time_ns);
	if (on_sleep)
		on_sleep();
	return 0;
}

detail::Identity memory_board_identity()
{
	return to_identity(memory_board());
}

detail::Identity io_board_identity()
{
	return to_identity(io_board());
}

} // namespace pcipeek::test
