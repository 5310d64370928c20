// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include "player.hpp"

#include <fcntl.h>
#include <sys/mman.h>

#include <cstring>
#include <ostream>
#include <random>

#include "contract.hpp"
#include "neighbours.hpp"
#include "touch.hpp"

namespace fuzz {
namespace {

constexpr std::uint64_t page = Memory::page;
/* pcipeek_bar_info.mmap_offset, which is opaque to others. */
constexpr unsigned bar_shift = 40;

std::uint64_t length_of(Choices &choices)
{
	const std::uint8_t kind = choices.byte();
	return kind < 200 ? (1 + kind % 4) * page : choices.number();
}

std::uint64_t offset_of(Choices &choices)
{
	const std::uint64_t bar = choices.byte() % 8;
	const std::uint64_t offset =
		choices.rarely() ? choices.number() & ~(page - 1) : choices.byte() % 4 * page;
	return (bar << bar_shift) + offset;
}

int protection_of(Choices &choices)
{
	const std::uint8_t kind = choices.byte();
	return kind < 220 ? (kind % 2 ? PROT_READ | PROT_WRITE : PROT_READ) : kind % 8;
}

} // namespace

void Player::play(const Sequence &sequence)
{
	Choices choices(sequence);
	playing_ = &sequence;
	memory_.fill();
	kcov_.begin_run();
	while (!choices.over())
		step(choices);
	kcov_.begin();
	close_all();
	kcov_.collect();
}

void Player::step(Choices &choices)
{
	const std::uint8_t kind = choices.byte();
	File &file = files_.at(kind % files_.size());
	kcov_.begin();
	if (!file.is_open() || (!file.is_attached() && kind < 190))
		open(choices, file);
	else if (kind < 200)
		ioctl_and_neighbours(
			make_call(static_cast<Command>(choices.below(command_count - 1)), choices,
				  memory_),
			file, choices);
	else if (kind < 212)
		ioctl(make_garbage(choices, memory_), file);
	else if (kind < 226)
		map(choices, file);
	else if (kind < 234)
		change_mapping(choices);
	else
		spread(choices, file);
	kcov_.collect();
}

/* Attached in most cases: without that, all that follows is one errno. */
void Player::open(Choices &choices, File &file)
{
	const std::uint8_t kind = choices.byte();
	file = File::open(kind < 220 ? O_RDWR : kind < 240 ? O_RDONLY : O_WRONLY);
	if (kind % 16 != 15)
		ioctl(make_call(Command::attach, choices, memory_), file);
}

void Player::spread(Choices &choices, File &file)
{
	File &other = files_.at(choices.below(files_.size()));
	switch (choices.below(5)) {
	case 0:
		other = file.duplicate();
		break;
	case 1:
		other = file.pass();
		break;
	case 2:
		file = File();
		break;
	case 3:
		expect_none(file.poll());
		break;
	default:
		expect_none(file.read_and_write());
	}
}

void Player::ioctl(const Call &call, const File &file)
{
	int error = 0;
	ioctls_++;
	expect_none(file.call(call, memory_, error));
	counts_.at(static_cast<std::size_t>(call.command)).at(static_cast<std::size_t>(error))++;
}

/* The call, and then others that differ from it in a few bits. */
void Player::ioctl_and_neighbours(const Call &call, const File &file, Choices &choices)
{
	const std::uint8_t kind = choices.byte();
	std::minstd_rand random(kind);
	const Neighbours neighbours(call, memory_);
	ioctl(call, file);
	for (unsigned left = kind < 224 ? 0 : kind; left > 0; left--) {
		kcov_.collect();
		neighbours.put_next(random, memory_);
		kcov_.begin();
		ioctl(call, file);
	}
	expect_none(File::look(memory_));
}

/* What can be read there is read; a register of edu needs 4 bytes. */
void Player::map(Choices &choices, const File &file)
{
	Mapping &mapping = mappings_.at(choices.below(mappings_.size()));
	if (mapping.at)
		return;
	const int flags = choices.rarely() ? MAP_PRIVATE : MAP_SHARED;
	mapping.protection = protection_of(choices);
	mapping.bytes = length_of(choices);
	expect_none(
		file.map(mapping.bytes, mapping.protection, flags, offset_of(choices), mapping.at));
	if (mapping.at && (mapping.protection & PROT_READ))
		vm::touch(static_cast<std::uint32_t *>(mapping.at));
}

void Player::change_mapping(Choices &choices)
{
	Mapping &mapping = mappings_.at(choices.below(mappings_.size()));
	if (!mapping.at)
		return;
	switch (choices.below(5)) {
	case 0:
		protect(mapping, choices.byte() % 8);
		break;
	case 1:
		split(mapping, choices.byte());
		break;
	case 2:
		grow(mapping, length_of(choices));
		break;
	case 3:
		::madvise(mapping.at, page, choices.byte() % 26);
		break;
	default:
		::munmap(mapping.at, mapping.bytes);
		mapping = {};
	}
}

void Player::protect(const Mapping &mapping, int protection)
{
	const int more = protection & ~mapping.protection & (PROT_WRITE | PROT_EXEC);
	if (::mprotect(mapping.at, page, protection) == 0 && more != 0)
		expect_none("mprotect: a mapping became writable or executable");
}

/* One page is gone; what takes its place keeps others from it. */
void Player::split(const Mapping &mapping, std::uint64_t where)
{
	const std::uint64_t count = mapping.bytes / page;
	if (count < 2)
		return;
	auto *at = static_cast<std::uint8_t *>(mapping.at) + (1 + where % (count - 1)) * page;
	::mmap(at, page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
}

void Player::grow(const Mapping &mapping, std::uint64_t bytes)
{
	if (bytes > page && ::mremap(mapping.at, page, bytes, MREMAP_MAYMOVE) != MAP_FAILED)
		expect_none("mremap: a mapping grew");
}

void Player::close_all()
{
	for (Mapping &mapping : mappings_) {
		if (mapping.at)
			::munmap(mapping.at, mapping.bytes);
		mapping = {};
	}
	for (File &file : files_)
		file = File();
}

void Player::expect_none(const File::Complaint &complaint)
{
	if (complaint)
		complaints_.emplace(*complaint, *playing_);
}

std::uint64_t Player::count(Command command, int error) const
{
	return counts_.at(static_cast<std::size_t>(command)).at(static_cast<std::size_t>(error));
}

void Player::print(std::ostream &out) const
{
	for (std::size_t command = 0; command < command_count; command++) {
		out << name_of(static_cast<Command>(command)) << ':';
		for (std::size_t error = 0; error < errors; error++)
			if (const auto times = counts_[command][error])
				out << ' '
				    << (error ? ::strerrorname_np(static_cast<int>(error)) : "ok")
				    << ' ' << times;
		out << '\n';
	}
}

} // namespace fuzz
