// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/config.hpp>

#include "errors/attempt.hpp"
#include "format.hpp"
#include "sysfs/capability_walk.hpp"
#include "sysfs/config_file.hpp"
#include "sysfs/config_header.hpp"

#include <array>
#include <cerrno>

namespace pcipeek {
namespace {

using detail::Visit;

constexpr std::uint64_t header_type = 0x0e;

// The nth of those with the id that the walk comes by.
template <class Walk>
std::optional<Capability> find_in(const Walk &walk, std::uint16_t id, std::size_t nth)
{
	std::optional<Capability> found;
	walk([&](const Capability &capability) {
		if (capability.id != id || nth-- > 0)
			return Visit::next;
		found = capability;
		return Visit::stop;
	});
	return found;
}

std::string name_of(const ConfigRegister &reg)
{
	if (!reg.name.empty())
		return std::string{reg.name};
	return reg.base == ConfigBase::capability ? formatted("CAP{:02X}", reg.capability_id)
						  : formatted("ECAP{:04X}", reg.capability_id);
}

[[noreturn]] void fail_absent(const Config::File &file, const ConfigRegister &reg,
			      const std::string &why)
{
	const std::string verb = formatted("find {} in the configuration space of", name_of(reg));
	detail::Attempt{verb.c_str(), file.address()}.fail(ENOENT, {Cause::absent, why});
}

} // namespace

Config::Config(const Device &device) : file_{std::make_shared<const File>(device.address())}
{
}

std::uint64_t Config::read_value(std::uint64_t offset, Width width) const
{
	return file_->read(offset, width);
}

void Config::write_value(std::uint64_t offset, Width width, std::uint64_t value) const
{
	file_->write(offset, width, value);
}

std::vector<std::byte> Config::read_bytes(std::uint64_t offset, std::size_t size) const
{
	std::vector<std::byte> data(size);
	file_->read_bytes(offset, data);
	return data;
}

std::uint64_t Config::update(std::uint64_t offset, const Masked &masked, Width width) const
{
	return file_->update(offset, masked, width);
}

std::size_t Config::size() const
{
	return file_->readable();
}

std::size_t Config::total_size() const noexcept
{
	return file_->space();
}

ConfigHeader Config::header() const
{
	std::array<std::byte, detail::header_size> image{};
	file_->read_bytes(0, image);
	return detail::decode_header(image);
}

std::vector<Capability> Config::capabilities() const
{
	std::vector<Capability> list;
	const auto add = [&list](const Capability &capability) {
		list.push_back(capability);
		return Visit::next;
	};
	detail::walk_capabilities(*file_, add);
	detail::walk_extended_capabilities(*file_, add);
	return list;
}

std::optional<Capability> Config::find(std::uint8_t id, std::size_t nth) const
{
	return find_in([this](const auto &visit) { detail::walk_capabilities(*file_, visit); }, id,
		       nth);
}

std::optional<Capability> Config::find_extended(std::uint16_t id, std::size_t nth) const
{
	return find_in(
		[this](const auto &visit) { detail::walk_extended_capabilities(*file_, visit); },
		id, nth);
}

std::uint64_t Config::locate(const ConfigRegister &reg, std::size_t nth) const
{
	if (reg.base == ConfigBase::header) {
		const unsigned type = read<std::uint8_t>(header_type) & 0x7f;
		if (type > 7 || (reg.header_types >> type & 1) == 0)
			fail_absent(*file_, reg,
				    formatted("a header of type {} does not have it", type));
		return reg.offset;
	}
	const auto found = reg.base == ConfigBase::capability
				   ? find(static_cast<std::uint8_t>(reg.capability_id), nth)
				   : find_extended(reg.capability_id, nth);
	if (!found)
		fail_absent(*file_, reg,
			    nth == 0 ? "the device does not have it"
				     : "the device does not have that many");
	return found->offset + reg.offset;
}

} // namespace pcipeek
