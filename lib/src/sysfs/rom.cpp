// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/rom.hpp>

#include "device/bar_table.hpp"
#include "device/unique_fd.hpp"
#include "errors/attempt.hpp"
#include "errors/diagnosis.hpp"
#include "format.hpp"
#include "sysfs/config_file.hpp"
#include "sysfs/rom_reading.hpp"
#include "sysfs/sysfs.hpp"
#include "sysfs/sysfs_diagnosis.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace pcipeek {
namespace detail {
namespace {

std::string rom_path(const Address &address)
{
	return sysfs::device_directory(address) + "/rom";
}

Diagnosis diagnose_rom(int code)
{
	return diagnose_sysfs(code, "read an expansion ROM");
}

// The kernel's map of a ROM fails for each of these, with EIO.
Diagnosis diagnose_refusal(const Address &address)
{
	constexpr std::uint64_t decodes_memory = 0x2;
	const std::string directory = sysfs::device_directory(address);

	if (!has_rom_address(sysfs::read_file(directory + "/resource").value_or("")))
		return {Cause::other, "the kernel gave it no address; see dmesg for the reason"};
	if (sysfs::power_state_of(address).starts_with("D3"))
		return {Cause::asleep, formatted("the device is asleep; as root: echo on > "
						 "/sys/bus/pci/devices/{}/power/control",
						 to_string(address))};
	if (!(Config::File{address}.read(0x04, Width::w16) & decodes_memory))
		return {Cause::decode_off,
			formatted("the device does not decode its memory space; as root: pcipeek "
				  "config {} COMMAND=0x2:0x2",
				  to_string(address))};
	return {Cause::other,
		"the kernel finds no valid image in it: one begins with 55 aa and leads to PCIR "
		"(PCI Local Bus Specification 3.0, section 6.3.1); see dmesg"};
}

// Our readers take turns. The kernel has one switch and one decoder for all, and the end of
// each read turns the decoder off under any other.
UniqueFd open_in_turn(const Attempt &attempt, const std::string &path)
{
	UniqueFd file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
	if (!file) {
		const int code = errno;
		attempt.fail(code, diagnose_rom(code));
	}
	if (::flock(file.get(), LOCK_EX) != 0) {
		const int code = errno;
		attempt.fail(code, code == EINTR ? Diagnosis{Cause::interrupted,
							     "interrupted by a signal while "
							     "another program was reading it"}
						 : diagnose_rom(code));
	}
	return file;
}

// Holds back the signals by which people end programs, as long as it lives.
class SignalBlock {
public:
	SignalBlock() noexcept
	{
		sigset_t held;
		sigemptyset(&held);
		for (const int signal : {SIGHUP, SIGINT, SIGQUIT, SIGTERM})
			sigaddset(&held, signal);
		pthread_sigmask(SIG_BLOCK, &held, &before_);
	}
	SignalBlock(const SignalBlock &) = delete;
	SignalBlock &operator=(const SignalBlock &) = delete;
	~SignalBlock()
	{
		pthread_sigmask(SIG_SETMASK, &before_, nullptr);
	}

private:
	sigset_t before_{};
};

// Reading is switched on as long as this lives. To the kernel, "0\n" is off.
class RomSwitch {
public:
	RomSwitch(const Attempt &attempt, const Address &address, const SysfsWriter &write)
		: write_{write}, path_{rom_path(address)}
	{
		if (const int code = switch_on())
			attempt.fail(code, diagnose_rom(code));
	}
	RomSwitch(const RomSwitch &) = delete;
	RomSwitch &operator=(const RomSwitch &) = delete;
	~RomSwitch()
	{
		write_(path_, "0\n");
	}

	int switch_on() const
	{
		return write_(path_, "1\n");
	}

private:
	const SysfsWriter &write_;
	std::string path_;
};

// Reads piece by piece, each of them until it is the same several times in a row: programs
// that do not take turns with us can make any read wrong, too short, or fail.
class SteadyReader {
public:
	SteadyReader(const Attempt &attempt, const Address &address, const RomReader &read, int fd,
		     const RomSwitch &on)
		: attempt_{attempt}, address_{address}, read_{read}, fd_{fd}, on_{on}
	{
	}

	// Empty at the end of the ROM.
	std::vector<std::byte> piece_at(std::size_t offset) const
	{
		constexpr int agreeing = 3;
		constexpr int most_tries = 24;
		constexpr int most_refusals = 5;
		std::vector<std::byte> piece;
		int same = 0;
		int refusals = 0;

		for (int i = 0; i < most_tries && refusals < most_refusals; ++i) {
			int code = 0;
			auto again = try_piece(offset, code);
			refusals = code == EIO ? refusals + 1 : 0;
			same = code != 0 ? 0 : again == piece ? same + 1 : 1;
			if (same == agreeing)
				return piece;
			piece = std::move(again);
		}
		if (offset == 0 && refusals == most_refusals)
			attempt_.fail(EIO, diagnose_refusal(address_));
		attempt_.fail(EIO, {Cause::other,
				    "another program or a driver is reading it or switching it "
				    "off; try again when that has ended"});
	}

private:
	// Empty, with the code, if the kernel refused for a reason that may pass.
	std::vector<std::byte> try_piece(std::size_t offset, int &code) const
	{
		std::vector<std::byte> piece(4096);
		const ssize_t count = read_(fd_, piece, static_cast<off_t>(offset));

		code = count < 0 ? errno : 0;
		if (code != 0 && code != EINVAL && code != EIO)
			attempt_.fail(code, diagnose_rom(code));
		if (code == EINVAL) // Another program switched it off.
			on_.switch_on();
		piece.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
		return piece;
	}

	const Attempt &attempt_;
	const Address &address_;
	const RomReader &read_;
	int fd_;
	const RomSwitch &on_;
};

} // namespace

ssize_t read_rom_piece(int fd, std::span<std::byte> piece, off_t offset) noexcept
{
	return ::pread(fd, piece.data(), piece.size(), offset);
}

std::vector<std::byte> read_rom(const Address &address, const SysfsWriter &write,
				const RomReader &read)
{
	const Attempt attempt{"read the expansion ROM of", address};
	const UniqueFd file = open_in_turn(attempt, rom_path(address));
	const SignalBlock block;
	const RomSwitch on{attempt, address, write};
	const SteadyReader reader{attempt, address, read, file.get(), on};
	std::vector<std::byte> image;

	for (;;) {
		const auto piece = reader.piece_at(image.size());
		if (piece.empty())
			return image;
		image.insert(image.end(), piece.begin(), piece.end());
	}
}

} // namespace detail

Rom::Rom(const Device &device) : device_{device}
{
	const detail::Attempt attempt{"find the expansion ROM of", device.address()};
	struct stat status {};

	if (::stat(detail::rom_path(device.address()).c_str(), &status) == 0)
		size_ = static_cast<std::size_t>(status.st_size);
	else if (detail::sysfs::exists(detail::sysfs::device_directory(device.address())))
		attempt.fail(ENOENT, {Cause::absent, "the device has none"});
	else
		detail::fail_missing(attempt, device.address());
}

std::vector<std::byte> Rom::read() const
{
	return detail::read_rom(device_.address(), detail::sysfs::write_file);
}

} // namespace pcipeek
