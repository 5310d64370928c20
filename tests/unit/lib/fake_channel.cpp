// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "fake_channel.hpp"

#include "access/byte_order.hpp"
#include "device/attachment.hpp"
#include "device/node.hpp"
#include "fake_batch.hpp"
#include "format.hpp"

extern "C" {
#include "validate.h"
}

#include <algorithm>

#include <cerrno>
#include <fcntl.h>

namespace pcipeek::test {

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
		case PCIPEEK_IOC_BAR_INFO:
			return board_.bar_info(*static_cast<pcipeek_bar_info *>(argument));
		case PCIPEEK_IOC_BAR_MODE:
			return bar_mode(*static_cast<pcipeek_bar_mode *>(argument));
		case PCIPEEK_IOC_BATCH:
			return run_batch(board_, rights_, *static_cast<pcipeek_batch *>(argument));
		case PCIPEEK_IOC_RESTRICT:
			return restrict_to(*static_cast<pcipeek_restrict *>(argument));
		default:
			return ENOTTY;
		}
	}

	int map(const detail::MapRequest &request, void *&address) noexcept override
	{
		const std::uint64_t bar = request.offset / FakeBoard::bar_distance;
		const std::uint64_t needed =
			PCIPEEK_RIGHT_MMAP | (request.write ? PCIPEEK_RIGHT_WRITE : 0);
		if ((rights_ & needed) != needed)
			return EACCES;
		if (board_.map_error)
			return board_.map_error;
		const std::uint64_t offset = request.offset % FakeBoard::bar_distance;
		address = &board_.bars.at(bar).at(offset);
		board_.mappings.push_back(formatted("map bar{}+{:#x} {:#x}{}", bar, offset,
						    request.length,
						    request.write ? " for writing" : ""));
		return 0;
	}

	void unmap(void *, std::size_t length) noexcept override
	{
		board_.mappings.push_back(formatted("unmap {:#x}", length));
	}

	// As the module does when the board's own node is opened.
	int attach_by_mode(const std::string &path, int flags)
	{
		const Address &address = board_.identity_.address;
		if (board_.is_locked_down && writable_)
			return EPERM;
		pcipeek_attach attach{};
		attach.size = sizeof(attach);
		attach.flags = flags & O_EXCL ? PCIPEEK_ATTACH_EXCLUSIVE : 0;
		attach.domain = address.domain;
		attach.bus = address.bus;
		attach.devfn = static_cast<std::uint8_t>(address.device << 3 | address.function);
		attach.rights = PCIPEEK_RIGHT_ALL_BARS | (writable_ ? PCIPEEK_RIGHT_WRITE : 0) |
				(board_.is_locked_down ? 0 : PCIPEEK_RIGHT_MMAP);
		const int error = path == detail::own_node(address) ? this->attach(attach) : ENOENT;
		return error == EPERM || error == EBUSY ? ENODEV : error;
	}

private:
	// The module tells from the size which fields there are.
	template <class Request>
	static bool is_whole(const Request &request)
	{
		return request.size == sizeof(request);
	}

	bool is_here(const pcipeek_attach &attach) const
	{
		const Address &address = board_.identity_.address;
		return attach.domain == address.domain && attach.bus == address.bus &&
		       attach.devfn == (address.device << 3 | address.function);
	}

	int version(pcipeek_version &version) const
	{
		if (!is_whole(version) || pcipeek_check_version(&version))
			return EINVAL;
		version.abi_major = board_.abi_major;
		return board_.version_error;
	}

	int attach(const pcipeek_attach &attach)
	{
		if (!is_whole(attach) || pcipeek_check_attach(&attach))
			return EINVAL;
		if (!is_here(attach))
			return ENODEV;
		if (board_.is_locked_down && attach.rights & ~PCIPEEK_RIGHT_ALL_BARS)
			return EPERM;
		const int error = board_.attach_error ? board_.attach_error(attach) : 0;
		if (error)
			return error;
		rights_ = attach.rights;
		board_.openings_.push_back(
			formatted("{} {}{}{}", writable_ ? "read-write" : "read-only",
				  attach.flags & PCIPEEK_ATTACH_FOREIGN ? "foreign" : "granted",
				  attach.flags & PCIPEEK_ATTACH_EXCLUSIVE ? " exclusive" : "",
				  attach.flags & PCIPEEK_ATTACH_BUS_MASTER ? " bus-master" : ""));
		return 0;
	}

	int device_info(pcipeek_device_info &info) const
	{
		if (!is_whole(info) || pcipeek_check_device_info(&info))
			return EINVAL;
		if (board_.info_error)
			return board_.info_error;
		info = board_.info;
		info.rights = rights_;
		return 0;
	}

	int bar_mode(const pcipeek_bar_mode &request)
	{
		const bool combining = request.mode == PCIPEEK_BAR_MODE_WC;
		if (!is_whole(request) || request.flags || request.reserved0 || request.reserved1)
			return EINVAL;
		if (board_.mode_error)
			return board_.mode_error;
		board_.mappings.push_back(formatted(
			"{} bar{}", combining ? "write-combining" : "uncached", request.bar));
		return 0;
	}

	int restrict_to(const pcipeek_restrict &request)
	{
		if (!is_whole(request))
			return EINVAL;
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
		if (!is_whole(block) || block.reserved || block.stride)
			return EINVAL;
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

Device FakeBoard::device()
{
	return Device{std::make_shared<detail::Attachment>(identity_, factory())};
}

detail::ChannelFactory FakeBoard::factory()
{
	return [this](const std::string &path, int flags) {
		return open_node(path, flags);
	};
}

detail::Opened FakeBoard::open_node(const std::string &path, int flags)
{
	const bool common = path == detail::common_node;
	const int error = common ? node_error : own_node_error.value_or(node_error);
	const bool write = (flags & O_ACCMODE) == O_RDWR;

	opened_nodes.push_back(formatted("{}{}{}", path, write ? "" : " read-only",
					 flags & O_EXCL ? " exclusive" : ""));
	if (error)
		return {.error = error};
	auto channel = std::make_unique<FakeChannel>(*this, write);
	if (common)
		return {.channel = std::move(channel)};
	if (const int refused = channel->attach_by_mode(path, flags))
		return {.error = refused};
	return {.channel = std::move(channel)};
}

} // namespace pcipeek::test
