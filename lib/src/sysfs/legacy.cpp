// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/legacy.hpp>

#include "access/byte_order.hpp"
#include "device/map_file.hpp"
#include "device/unique_fd.hpp"
#include "errors/attempt.hpp"
#include "format.hpp"
#include "sysfs/sysfs.hpp"
#include "sysfs/sysfs_diagnosis.hpp"
#include "testing/registry.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <utility>

namespace pcipeek {
namespace {

using detail::Attempt;
using detail::UniqueFd;

// A bus that sysfs does not show says nothing of the platform.
void check_bus(const Attempt &attempt, const Address &address, const std::string &directory)
{
	if (!detail::sysfs::exists(detail::sysfs::device_directory(address)))
		detail::fail_missing(attempt, address);
	if (!detail::sysfs::exists(directory))
		attempt.fail(ENOENT, {Cause::no_sysfs,
				      formatted("there is no {}: another file system is mounted "
						"over it; see: findmnt -R /sys",
						directory)});
}

UniqueFd open_bus_file(const Attempt &attempt, const Device &device, const char *name, int flags)
{
	const Address address = device.address();
	const std::string path =
		formatted("/sys/class/pci_bus/{:04x}:{:02x}/{}", address.domain, address.bus, name);
	const bool fake = testing::fake_directory(address).has_value();
	UniqueFd file{fake ? -1 : ::open(path.c_str(), flags | O_CLOEXEC)};
	if (file)
		return file;
	const int code = fake ? ENOENT : errno;
	if (!fake)
		check_bus(attempt, address, path.substr(0, path.rfind('/')));
	if (code == ENOENT)
		attempt.fail(code, {Cause::unsupported,
				    formatted("this platform has no {} (x86 never has)", name)});
	attempt.fail(code, detail::diagnose_sysfs(code, "use legacy I/O and memory"));
}

} // namespace

/** The file legacy_io of a bus. */
class LegacyIo::File {
public:
	explicit File(const Device &device)
		: address_{device.address()},
		  file_{open_bus_file({"use the legacy I/O ports beside", address_}, device,
				      "legacy_io", O_RDWR)}
	{
	}

	std::uint64_t read(std::uint16_t port, Width width) const
	{
		const Attempt attempt = check("read", port, width);
		std::array<std::byte, sizeof(std::uint32_t)> image{};
		finish(attempt, ::pread(file_.get(), image.data(), bytes(width), port));
		return detail::load_little_endian(image.data(), width);
	}

	void write(std::uint16_t port, Width width, std::uint64_t value) const
	{
		const Attempt attempt = check("write", port, width);
		std::array<std::byte, sizeof(std::uint32_t)> image{};
		if (value >> bits(width) != 0)
			attempt.fail(EINVAL, {Cause::invalid, formatted("the value {:#x} has more "
									"bits",
									value)});
		detail::store_little_endian(image.data(), width, value);
		finish(attempt, ::pwrite(file_.get(), image.data(), bytes(width), port));
	}

private:
	Attempt check(const char *verb, std::uint16_t port, Width width) const
	{
		Attempt attempt{formatted("{} {} bits at legacy port {:#x} beside", verb,
					  bits(width), port)
					.c_str(),
				address_};
		if (width == Width::w64)
			attempt.fail(EOPNOTSUPP,
				     {Cause::unsupported, "I/O ports support 8-, 16- and 32-bit "
							  "accesses only"});
		if (port % bytes(width) != 0)
			attempt.fail(EINVAL,
				     {Cause::misaligned,
				      formatted("the port is not a multiple of {}", bytes(width))});
		return attempt;
	}

	static void finish(const Attempt &attempt, ssize_t count)
	{
		const int code = count < 0 ? errno : ENODEV;
		if (count <= 0)
			attempt.fail(code, detail::diagnose_sysfs(code, "use legacy I/O"));
	}

	Address address_;
	UniqueFd file_;
};

LegacyIo::LegacyIo(const Device &device) : file_{std::make_shared<const File>(device)}
{
}

std::uint64_t LegacyIo::read_value(std::uint16_t port, Width width) const
{
	return file_->read(port, width);
}

void LegacyIo::write_value(std::uint16_t port, Width width, std::uint64_t value) const
{
	file_->write(port, width, value);
}

LegacyMemory::LegacyMemory(const Device &device, std::uint64_t offset, std::size_t length,
			   bool write)
{
	const Attempt attempt{"map the legacy memory beside", device.address()};
	const UniqueFd file =
		open_bus_file(attempt, device, "legacy_mem", write ? O_RDWR : O_RDONLY);

	if (offset % static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) != 0)
		attempt.fail(EINVAL, {Cause::misaligned,
				      formatted("the offset {:#x} is not a multiple of the "
						"page size",
						offset)});
	void *memory = nullptr;
	const int code = detail::map_file(file.get(), offset, length, write, memory);
	if (code == EINVAL)
		attempt.fail(code, {Cause::invalid, "it is outside the legacy memory"});
	if (code != 0)
		attempt.fail(code, detail::diagnose_sysfs(code, "use legacy memory"));
	memory_ = memory;
	length_ = length;
}

LegacyMemory::LegacyMemory(LegacyMemory &&other) noexcept
	: memory_{std::exchange(other.memory_, nullptr)}, length_{std::exchange(other.length_, 0)}
{
}

LegacyMemory &LegacyMemory::operator=(LegacyMemory &&other) noexcept
{
	std::swap(memory_, other.memory_);
	std::swap(length_, other.length_);
	return *this;
}

LegacyMemory::~LegacyMemory()
{
	if (memory_)
		::munmap(memory_, length_);
}

} // namespace pcipeek
