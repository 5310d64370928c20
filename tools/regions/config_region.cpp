// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "format.hpp"
#include "grammar/element.hpp"
#include "regions/region.hpp"

#include <pcipeek/config.hpp>
#include <pcipeek/error.hpp>

#include <cerrno>

namespace pcipeek::tools {

namespace {

class ConfigRegion : public Region {
public:
	explicit ConfigRegion(const Device &device) : device_(device), config_(device)
	{
	}

	std::uint64_t size() const override
	{
		return config_.size();
	}

	bool is_writable() const override
	{
		return true;
	}

	Width widest() const override
	{
		return Width::w32;
	}

	std::uint64_t hidden() const override
	{
		return config_.total_size() - size();
	}

	std::string why_hidden() const override
	{
		return formatted("all users can read the first {} of its {} bytes, but only "
				 "root (CAP_SYS_ADMIN) the rest; try sudo",
				 size(), config_.total_size());
	}

	std::string_view why_no_wider() const override
	{
		return "configuration space has no 64-bit accesses; use a narrower width";
	}

	[[noreturn]] void refuse_range(const Location &location) const override
	{
		const bool is_hidden = location.is_inside(config_.total_size());

		throw Error({.code = is_hidden ? EACCES : ERANGE,
			     .cause = is_hidden ? Cause::needs_root : Cause::out_of_range,
			     .text = formatted("cannot use config+{:#x} of {}: {}", location.offset,
					       to_string(device_.address()),
					       is_hidden ? why_hidden() : why_outside()),
			     .address = device_.address(),
			     .offset = location.offset});
	}

	void read(std::uint64_t offset, std::span<std::byte> image, Width width) const override
	{
		for (std::size_t i = 0; i < image.size() / bytes(width); ++i)
			store_element(image, i, width,
				      config_.read_value(offset + i * bytes(width), width));
	}

	std::uint64_t read_value(std::uint64_t offset, Width width) const override
	{
		return config_.read_value(offset, width);
	}

	void write_value(std::uint64_t offset, Width width, std::uint64_t value) const override
	{
		config_.write_value(offset, width, value);
	}

	void update(std::uint64_t offset, Width width, const Masked &masked) const override
	{
		config_.update(offset, masked, width);
	}

private:
	std::string why_outside() const
	{
		return formatted("its configuration space has {} bytes", config_.total_size());
	}

	Device device_;
	Config config_;
};

} // namespace

std::shared_ptr<const Region> make_config_region(const Device &device)
{
	return std::make_shared<ConfigRegion>(device);
}

} // namespace pcipeek::tools
