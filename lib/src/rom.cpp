// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/rom.hpp>

#include "attempt.hpp"
#include "diagnosis.hpp"
#include "rom_reading.hpp"
#include "sysfs.hpp"
#include "sysfs_diagnosis.hpp"
#include "unique_fd.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/stat.h>

namespace pcipeek {
namespace detail {
namespace {

std::string rom_path(const Address &address)
{
	return sysfs::device_directory(address) + "/rom";
}

Diagnosis diagnose_rom(int code)
{
	switch (code) {
	case EINVAL:
		return {Cause::other, "another program switched it off meanwhile; try again"};
	case EIO:
		return {Cause::other,
			"the kernel gave it no address, or cannot read it; see dmesg"};
	default:
		return diagnose_sysfs(code, "read an expansion ROM");
	}
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
		if (const int code = write_(path_, "1\n"))
			attempt.fail(code, diagnose_rom(code));
	}
	RomSwitch(const RomSwitch &) = delete;
	RomSwitch &operator=(const RomSwitch &) = delete;
	~RomSwitch()
	{
		write_(path_, "0\n");
	}

private:
	const SysfsWriter &write_;
	std::string path_;
};

std::vector<std::byte> read_all(const Attempt &attempt, const std::string &path)
{
	const UniqueFd file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
	std::array<std::byte, 4096> buffer{};
	std::vector<std::byte> data;
	ssize_t count = 0;

	while ((count = ::read(file.get(), buffer.data(), buffer.size())) > 0)
		data.insert(data.end(), buffer.begin(), buffer.begin() + count);
	if (count < 0) {
		const int code = errno;
		attempt.fail(code, diagnose_rom(code));
	}
	return data;
}

} // namespace

std::vector<std::byte> read_rom(const Address &address, const SysfsWriter &write)
{
	const Attempt attempt{"read the expansion ROM of", address};
	const SignalBlock block;
	const RomSwitch on{attempt, address, write};

	return read_all(attempt, rom_path(address));
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
		attempt.fail(ENODEV, detail::diagnose_end(EndReason::removed));
}

std::vector<std::byte> Rom::read() const
{
	return detail::read_rom(device_.address(), detail::sysfs::write_file);
}

} // namespace pcipeek
