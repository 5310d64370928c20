// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/fifo.hpp>

#include "access/byte_order.hpp"
#include "access/transfer.hpp"
#include "errors/diagnosis.hpp"
#include "format.hpp"

#include <utility>

namespace pcipeek {

FifoError::FifoError(Details details, std::size_t done) : Error{std::move(details)}, done_{done}
{
}

FifoError::FifoError(const FifoError &) noexcept = default;
FifoError &FifoError::operator=(const FifoError &) noexcept = default;
FifoError::~FifoError() = default;

std::size_t FifoError::done() const noexcept
{
	return done_;
}

namespace detail {
namespace {

void move(Access access, const Bar &bar, std::uint64_t offset, Width width, const std::byte *image,
	  std::size_t count)
{
	Transfer transfer{access, bar, offset, width, PCIPEEK_BLOCK_FIXED};
	const int code = transfer.move(image, count);
	if (!code)
		return;
	Diagnosis diagnosis = diagnose_access(code, transfer.channel(), bar, width);
	diagnosis.why += formatted(" ({} of {} done)", transfer.done(), count);
	throw FifoError{to_attempt(access, bar, offset, width).details(code, diagnosis),
			static_cast<std::size_t>(transfer.done())};
}

} // namespace

void read_fifo(const Bar &bar, std::uint64_t offset, Width width, void *values, std::size_t count)
{
	check_access(Access::read, bar, offset, width);
	const CpuOrder order{static_cast<std::byte *>(values), width, count};
	if (count > 0)
		move(Access::read, bar, offset, width, order.image, count);
}

void write_fifo(const Bar &bar, std::uint64_t offset, Width width, const void *values,
		std::size_t count)
{
	check_access(Access::write, bar, offset, width);
	const DeviceOrder order{values, width, count};
	if (count > 0)
		move(Access::write, bar, offset, width, order.image(), count);
}

} // namespace detail
} // namespace pcipeek
