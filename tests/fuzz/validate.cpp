// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// kmod/validate.c: whatever the arguments, the answer is that of the model.
#include "claim.hpp"
#include "model.hpp"

namespace pcipeek::fuzz {

namespace {

constexpr std::uint64_t all_rights =
	PCIPEEK_RIGHT_ALL_BARS | PCIPEEK_RIGHT_WRITE | PCIPEEK_RIGHT_MMAP;

struct Attachment {
	std::uint64_t rights;
	pcipeek_limits limits;
};

void check_access(const Attachment &attachment, Input &in)
{
	auto access = in.take<pcipeek_access>();
	const std::uint64_t needed = in.take<std::uint8_t>() & 1 ? PCIPEEK_RIGHT_WRITE : 0;
	const Range range{access.offset, access.width, access.bar, access.width};
	const bool form = access.flags == 0 && access.reserved == 0;
	const int expected = form ? model_place(range, needed, needed ? access.value : 0,
						attachment.rights, attachment.limits)
				  : -EINVAL;
	const int error =
		pcipeek_check_access(&access, needed, attachment.rights, &attachment.limits);

	claim(error == expected, "an access is answered as the contract says");
	claim(error || is_inside(range, attachment.limits), "an accepted access is inside its BAR");
	claim(error || !needed || fits(access.value, access.width), "an accepted value fits");
}

void check_block(const Attachment &attachment, Input &in)
{
	const auto block = in.take<pcipeek_block>();
	const std::uint64_t needed = block.flags & PCIPEEK_BLOCK_WRITE ? PCIPEEK_RIGHT_WRITE : 0;
	const bool fixed = block.flags & PCIPEEK_BLOCK_FIXED;
	const Wide moved = Wide{block.count} * block.width;
	const Range range{block.offset, fixed && block.count ? Wide{block.width} : moved, block.bar,
			  block.width};
	const bool form = block.flags < 4 && block.reserved == 0 && block.stride == 0;
	const int expected = form ? model_place(range, needed, 0, attachment.rights,
						attachment.limits, moved <= PCIPEEK_BLOCK_MAX_BYTES)
				  : -EINVAL;
	const int error = pcipeek_check_block(&block, attachment.rights, &attachment.limits);

	claim(error == expected, "a block is answered as the contract says");
	claim(error || is_inside(range, attachment.limits), "an accepted block is inside its BAR");
}

void check_attach(const Attachment &, Input &in)
{
	const auto attach = in.take<pcipeek_attach>();
	const bool foreign = attach.flags & PCIPEEK_ATTACH_FOREIGN;
	const bool writers = attach.flags & (PCIPEEK_ATTACH_EXCLUSIVE | PCIPEEK_ATTACH_BUS_MASTER);
	const bool fine = attach.flags < 8 && (attach.rights & ~all_rights) == 0 &&
			  attach.reserved0 == 0 && attach.reserved1 == 0 && !(foreign && writers) &&
			  !(foreign && (attach.rights & PCIPEEK_RIGHT_MMAP)) &&
			  !(writers && !(attach.rights & PCIPEEK_RIGHT_WRITE));

	claim(pcipeek_check_attach(&attach) == (fine ? 0 : -EINVAL),
	      "an attachment is answered as the contract says");
}

void check_restrict(const Attachment &attachment, Input &in)
{
	const auto to = in.take<pcipeek_restrict>();
	const int expected =
		first_broken({{to.flags == 0, EINVAL},
			      {(to.rights & ~all_rights) == 0, EINVAL},
			      {(to.rights | attachment.rights) == attachment.rights, EACCES}});

	claim(pcipeek_check_restrict(&to, attachment.rights) == expected,
	      "rights are given up and never gained");
}

void check_bar_mode(const Attachment &attachment, Input &in)
{
	constexpr std::uint64_t needed = PCIPEEK_RIGHT_WRITE | PCIPEEK_RIGHT_MMAP;
	const auto mode = in.take<pcipeek_bar_mode>();
	const int expected = first_broken(
		{{mode.flags == 0 && mode.reserved0 == 0 && mode.reserved1 == 0, EINVAL},
		 {mode.mode <= 1, EINVAL},
		 {holds(attachment.rights, needed, mode.bar), EACCES},
		 {mode.bar < PCIPEEK_BAR_COUNT && attachment.limits.bar[mode.bar].length != 0,
		  ENXIO}});

	claim(pcipeek_check_bar_mode(&mode, attachment.rights, &attachment.limits) == expected,
	      "a mode is answered as the contract says");
}

void check_questions(const Attachment &attachment, Input &in)
{
	const auto version = in.take<pcipeek_version>();
	const auto device = in.take<pcipeek_device_info>();
	const auto bar = in.take<pcipeek_bar_info>();
	const bool exists =
		bar.bar < PCIPEEK_BAR_COUNT && attachment.limits.bar[bar.bar].length != 0;

	claim(pcipeek_check_version(&version) ==
		      first_broken({{(version.flags | version.reserved) == 0, EINVAL}}),
	      "VERSION is answered as the contract says");
	claim(pcipeek_check_device_info(&device) ==
		      first_broken({{device.flags == 0, EINVAL},
				    {device.reserved0 == 0 && device.reserved1 == 0, EINVAL}}),
	      "DEVICE_INFO is answered as the contract says");
	claim(pcipeek_check_bar_info(&bar, &attachment.limits) ==
		      first_broken({{bar.flags == 0, EINVAL},
				    {bar.reserved0 == 0 && bar.reserved1 == 0, EINVAL},
				    {exists, ENXIO}}),
	      "BAR_INFO is answered as the contract says");
}

} // namespace

} // namespace pcipeek::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
	using namespace pcipeek::fuzz;

	constexpr void (*checks[])(const Attachment &, Input &) = {check_access,   check_block,
								   check_attach,   check_restrict,
								   check_bar_mode, check_questions};
	Input in(data, size);
	const auto chosen = in.take<std::uint8_t>();
	const auto rights = in.take<std::uint64_t>();
	const Attachment attachment{rights, take_limits(in)};

	checks[chosen % std::size(checks)](attachment, in);
	return 0;
}
