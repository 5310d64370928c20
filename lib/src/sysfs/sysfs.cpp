// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "sysfs/sysfs.hpp"

#include "testing/registry.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <climits>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <unistd.h>

namespace pcipeek::detail::sysfs {
namespace {

std::optional<std::string> read_all(const UniqueFd &file)
{
	// Not cleared: few files fill more than a corner of it.
	std::array<char, 4096> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init)
	std::string text;
	ssize_t count = 0;

	// Only the end of a file makes a read short.
	do {
		count = ::read(file.get(), buffer.data(), buffer.size());
		text.append(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
	} while (count == static_cast<ssize_t>(buffer.size()));
	if (count < 0)
		return std::nullopt;
	return text;
}

std::optional<std::uint64_t> number_in(const std::optional<std::string> &text)
{
	std::uint64_t value = 0;

	if (!text || !text->starts_with("0x"))
		return std::nullopt;
	const char *digits = text->data() + 2;
	if (std::from_chars(digits, text->data() + text->size(), value, 16).ec != std::errc{})
		return std::nullopt;
	return value;
}

} // namespace

std::string device_directory(const Address &address)
{
	if (const auto directory = testing::fake_directory(address))
		return *directory;
	return "/sys/bus/pci/devices/" + to_string(address);
}

Directory::Directory(const std::string &path)
	: fd_{::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)}
{
}

std::optional<std::string> Directory::text(const char *file) const
{
	return read_all(UniqueFd{::openat(fd_.get(), file, O_RDONLY | O_CLOEXEC)});
}

std::optional<std::uint64_t> Directory::number(const char *file) const
{
	return number_in(text(file));
}

std::optional<std::string> read_file(const std::string &path)
{
	return read_all(UniqueFd{::open(path.c_str(), O_RDONLY | O_CLOEXEC)});
}

std::optional<std::uint64_t> read_number(const std::string &path)
{
	return number_in(read_file(path));
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
	std::array<char, PATH_MAX> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init)
	const ssize_t count = ::readlink(path.c_str(), buffer.data(), buffer.size());
	if (count < 0)
		return std::nullopt;
	const std::string target{buffer.data(), static_cast<std::size_t>(count)};
	return target.substr(target.rfind('/') + 1);
}

int write_file(const std::string &path, std::string_view text)
{
	const UniqueFd file{::open(path.c_str(), O_WRONLY | O_CLOEXEC)};
	if (!file || ::write(file.get(), text.data(), text.size()) < 0)
		return errno;
	return 0;
}

bool exists(const std::string &path)
{
	return ::access(path.c_str(), F_OK) == 0;
}

bool is_link(const std::string &path)
{
	std::array<char, 1> start{};
	return ::readlink(path.c_str(), start.data(), start.size()) >= 0;
}

std::vector<std::string> names_in(const std::string &directory)
{
	const std::unique_ptr<DIR, int (*)(DIR *)> stream{::opendir(directory.c_str()), ::closedir};
	std::vector<std::string> names;
	// NOLINTNEXTLINE(concurrency-mt-unsafe): nobody else has this stream
	while (const dirent *entry = stream ? ::readdir(stream.get()) : nullptr)
		if (entry->d_name[0] != '.')
			names.emplace_back(entry->d_name);
	return names;
}

int why_not_writable(const std::string &path)
{
	return ::access(path.c_str(), W_OK) == 0 ? 0 : errno;
}

std::string real_parent(const std::string &path)
{
	const std::unique_ptr<char, void (*)(void *)> real{::realpath(path.c_str(), nullptr),
							   std::free};
	const std::string text = real ? real.get() : "";
	return text.substr(0, text.rfind('/'));
}

std::optional<std::string> driver_of(const Address &address)
{
	return read_link_name(device_directory(address) + "/driver");
}

bool is_physical_function_of(const Address &physical, const Address &device)
{
	return read_link_name(device_directory(device) + "/physfn") == to_string(physical);
}

std::string power_state_of(const Address &address)
{
	const auto text = read_file(device_directory(address) + "/power_state");
	return text ? text->substr(0, text->find('\n')) : "";
}

bool is_suspended(const std::string &directory)
{
	return read_file(directory + "/power/runtime_status") == "suspended\n";
}

bool is_locked_down()
{
	// "none [integrity] confidentiality": the brackets mark what holds.
	const auto text = read_file("/sys/kernel/security/lockdown");
	return text && text->find("[none]") == std::string::npos &&
	       text->find('[') != std::string::npos;
}

} // namespace pcipeek::detail::sysfs
