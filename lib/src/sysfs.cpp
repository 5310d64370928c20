// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "sysfs.hpp"

#include "testing/registry.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <climits>
#include <fcntl.h>
#include <unistd.h>

namespace pcipeek::detail::sysfs {
namespace {

// One open file, closed at the end. sysfs wants plain read(2) and write(2).
class File {
public:
	File(const std::string &path, int flags) : fd_{::open(path.c_str(), flags | O_CLOEXEC)}
	{
	}
	File(const File &) = delete;
	File &operator=(const File &) = delete;
	~File()
	{
		if (fd_ >= 0)
			::close(fd_);
	}

	int fd() const noexcept
	{
		return fd_;
	}

private:
	int fd_;
};

} // namespace

std::string device_directory(const Address &address)
{
	if (const auto directory = testing::fake_directory(address))
		return *directory;
	return "/sys/bus/pci/devices/" + to_string(address);
}

std::optional<std::string> read_file(const std::string &path)
{
	const File file{path, O_RDONLY};
	std::array<char, 4096> buffer{};
	std::string text;
	ssize_t count = 0;

	// Only the end of a file makes a read short.
	do {
		count = ::read(file.fd(), buffer.data(), buffer.size());
		text.append(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
	} while (count == static_cast<ssize_t>(buffer.size()));
	if (count < 0)
		return std::nullopt;
	return text;
}

std::optional<std::uint64_t> read_number(const std::string &path)
{
	const std::optional<std::string> text = read_file(path);
	std::uint64_t value = 0;

	if (!text || !text->starts_with("0x"))
		return std::nullopt;
	const char *digits = text->data() + 2;
	if (std::from_chars(digits, text->data() + text->size(), value, 16).ec != std::errc{})
		return std::nullopt;
	return value;
}

std::optional<int> read_integer(const std::string &path)
{
	const std::string text = read_file(path).value_or("");
	int value = 0;

	if (std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc{})
		return std::nullopt;
	return value;
}

std::optional<std::string> read_link_name(const std::string &path)
{
	std::array<char, PATH_MAX> buffer{};
	const ssize_t count = ::readlink(path.c_str(), buffer.data(), buffer.size());
	if (count < 0)
		return std::nullopt;
	const std::string target{buffer.data(), static_cast<std::size_t>(count)};
	return target.substr(target.rfind('/') + 1);
}

int write_file(const std::string &path, std::string_view text)
{
	const File file{path, O_WRONLY};
	if (file.fd() < 0 || ::write(file.fd(), text.data(), text.size()) < 0)
		return errno;
	return 0;
}

bool exists(const std::string &path)
{
	return ::access(path.c_str(), F_OK) == 0;
}

std::optional<std::string> driver_of(const Address &address)
{
	return read_link_name(device_directory(address) + "/driver");
}

bool is_locked_down()
{
	// "none [integrity] confidentiality": the brackets mark what holds.
	const auto text = read_file("/sys/kernel/security/lockdown");
	return text && text->find("[none]") == std::string::npos &&
	       text->find('[') != std::string::npos;
}

} // namespace pcipeek::detail::sysfs
