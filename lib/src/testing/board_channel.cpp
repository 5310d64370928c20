// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "access/byte_order.hpp"
#include "testing/program.hpp"
#include "testing/simulated_file.hpp"

#include <bit>
#include <cerrno>
#include <fcntl.h>
#include <utility>

namespace pcipeek::testing {
namespace {

// The caller's memory, which ioctl structures have as a number.
template <class T>
T *pointer_to(std::uint64_t address) noexcept
{
	return std::bit_cast<T *>(static_cast<std::uintptr_t>(address));
}

// The module, as far as one open file of it goes.
class BoardChannel final : public detail::Channel {
public:
	BoardChannel(std::shared_ptr<FakeBoard::Board> board, bool write)
		: board_{std::move(board)}, file_{std::in_place, board_, write}
	{
	}

	~BoardChannel() override
	{
		const std::lock_guard lock{board_->mutex};
		file_.reset();
	}

	int call(unsigned long request, void *argument) noexcept override
	{
		const std::lock_guard lock{board_->mutex};

		switch (request) {
		case PCIPEEK_IOC_VERSION:
			return version(*static_cast<pcipeek_version *>(argument));
		case PCIPEEK_IOC_ATTACH:
			return file_->attach(*static_cast<pcipeek_attach *>(argument));
		case PCIPEEK_IOC_RESTRICT:
			return file_->restrict_to(*static_cast<pcipeek_restrict *>(argument));
		case PCIPEEK_IOC_DEVICE_INFO:
			return file_->device_info(*static_cast<pcipeek_device_info *>(argument));
		case PCIPEEK_IOC_BAR_INFO:
			return file_->bar_info(*static_cast<pcipeek_bar_info *>(argument));
		default:
			return file_->is_attached() ? access(request, argument) : ENOTCONN;
		}
	}

private:
	int access(unsigned long request, void *argument)
	{
		switch (request) {
		case PCIPEEK_IOC_READ:
			return read(*static_cast<pcipeek_access *>(argument));
		case PCIPEEK_IOC_WRITE:
			return write(*static_cast<pcipeek_access *>(argument));
		case PCIPEEK_IOC_BLOCK:
			return block(*static_cast<pcipeek_block *>(argument));
		case PCIPEEK_IOC_BATCH:
			return batch(*static_cast<pcipeek_batch *>(argument));
		default:
			return ENOTTY;
		}
	}

	static int version(pcipeek_version &version)
	{
		version.abi_major = PCIPEEK_ABI_MAJOR;
		version.features = PCIPEEK_FEATURE_ACCESS64 | PCIPEEK_FEATURE_BATCH |
				   PCIPEEK_FEATURE_RESTRICT | PCIPEEK_FEATURE_BLOCK_FIXED;
		return 0;
	}

	int read(pcipeek_access &access)
	{
		std::uint64_t value = 0;
		int code = check_place(file_->limits(), access, 0, 0, access.width);
		if (!code)
			code = read_now(access, value);
		if (!code)
			access.value = value;
		return code;
	}

	int write(const pcipeek_access &access)
	{
		const int code = check_place(file_->limits(), access, PCIPEEK_RIGHT_WRITE,
					     access.value, access.width);
		return code ? code : write_now(access, access.value);
	}

	int block(pcipeek_block &block)
	{
		block.done = 0;
		int code = check_block(file_->limits(), block);
		while (!code && block.done < block.count) {
			code = check_generation(block);
			if (!code)
				code = move_element(block);
			block.done += code ? 0 : 1;
		}
		return code;
	}

	int move_element(const pcipeek_block &block)
	{
		const auto width = static_cast<Width>(block.width);
		const std::uint64_t distance = block.done * block.width;
		auto *image = pointer_to<std::byte>(block.buffer + distance);
		pcipeek_access access{.offset = block.offset,
				      .value = 0,
				      .bar = block.bar,
				      .width = block.width,
				      .flags = 0,
				      .reserved = 0};
		if (!(block.flags & PCIPEEK_BLOCK_FIXED))
			access.offset += distance;
		if (block.flags & PCIPEEK_BLOCK_WRITE)
			return write_now(access, detail::load_little_endian(image, width));
		std::uint64_t value = 0;
		const int code = read_now(access, value);
		if (!code)
			detail::store_little_endian(image, width, value);
		return code;
	}

	int batch(pcipeek_batch &batch)
	{
		auto *ops = pointer_to<pcipeek_op>(batch.ops);

		batch.done = 0;
		if (const int code = check_batch(file_->limits(), batch, ops))
			return code;
		return run_program(batch, ops, board_->clock, bus_for(batch));
	}

	ProgramBus bus_for(pcipeek_batch &batch)
	{
		return {.read =
				[this, &batch](const pcipeek_op &op, std::uint64_t &value) {
					const int code = check_generation(batch);
					return code ? code : read_now(to_access(op), value);
				},
			.write =
				[this, &batch](const pcipeek_op &op, std::uint64_t value) {
					const int code = check_generation(batch);
					return code ? code : write_now(to_access(op), value);
				},
			.flush =
				[this, &batch] {
					const int code = check_generation(batch);
					return code ? code : board_->check_function();
				}};
	}

	// Of a BLOCK or BATCH: 0 stands for any generation, and becomes the one that is.
	template <class Request>
	int check_generation(Request &request) const
	{
		if (const int code = file_->check_live())
			return code;
		if (request.generation && request.generation != board_->generation)
			return EAGAIN;
		request.generation = board_->generation;
		return 0;
	}

	int check_answer(unsigned bar) const
	{
		const int code = file_->check_live();
		return code ? code : board_->check_answer(bar);
	}

	int read_now(const pcipeek_access &access, std::uint64_t &value)
	{
		const int code = check_answer(access.bar);
		if (!code)
			value = board_->read(access.bar, access.offset,
					     static_cast<Width>(access.width));
		return code;
	}

	int write_now(const pcipeek_access &access, std::uint64_t value)
	{
		const int code = check_answer(access.bar);
		if (!code)
			board_->write(access.bar, access.offset, static_cast<Width>(access.width),
				      value);
		return code;
	}

	const std::shared_ptr<FakeBoard::Board> board_;
	std::optional<SimulatedFile> file_;
};

} // namespace

detail::Opened open_board_node(std::shared_ptr<FakeBoard::Board> board, const std::string &path,
			       int flags)
{
	if (path != detail::common_node)
		return {.error = ENOENT};
	return {.channel = std::make_unique<BoardChannel>(std::move(board),
							  (flags & O_ACCMODE) == O_RDWR)};
}

} // namespace pcipeek::testing
