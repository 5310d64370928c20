// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "format.hpp"
#include "grammar/element.hpp"
#include "regions/region.hpp"

#include <pcipeek/error.hpp>
#include <pcipeek/rom.hpp>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <vector>

namespace pcipeek::tools {

namespace {

/* Read as a whole, once, when the first element is wanted: reading switches it on. */
class RomRegion : public Region {
public:
	explicit RomRegion(const Device &device) : device_(device), rom_(device)
	{
	}

	std::uint64_t size() const override
	{
		return rom_.size();
	}

	std::uint64_t contents_size() const override
	{
		return contents().size();
	}

	bool is_writable() const override
	{
		return false;
	}

	Width widest() const override
	{
		return Width::w64;
	}

	std::string_view why_no_wider() const override
	{
		return "";
	}

	[[noreturn]] void refuse_range(const Location &location) const override
	{
		refuse(ERANGE, Cause::out_of_range,
		       formatted("cannot read rom+{:#x} of {}: its ROM has {} bytes",
				 location.offset, to_string(device_.address()), size()));
	}

	void read(std::uint64_t offset, std::span<std::byte> image, Width) const override
	{
		const auto &bytes = contents();

		if (offset > bytes.size() || image.size() > bytes.size() - offset)
			refuse(ERANGE, Cause::out_of_range,
			       formatted("cannot read rom+{:#x} of {}: the images in its ROM "
					 "end after {} bytes",
					 offset, to_string(device_.address()), bytes.size()));
		std::ranges::copy(std::span(bytes).subspan(offset, image.size()), image.begin());
	}

	std::uint64_t read_value(std::uint64_t offset, Width width) const override
	{
		std::vector<std::byte> image(bytes(width));

		read(offset, image, width);
		return element(image, 0, width);
	}

	void write_value(std::uint64_t, Width, std::uint64_t) const override
	{
		refuse_write();
	}

	void update(std::uint64_t, Width, const Masked &) const override
	{
		refuse_write();
	}

private:
	[[noreturn]] void refuse(int code, Cause cause, std::string text) const
	{
		throw Error({.code = code,
			     .cause = cause,
			     .text = std::move(text),
			     .address = device_.address()});
	}

	[[noreturn]] void refuse_write() const
	{
		refuse(EOPNOTSUPP, Cause::unsupported,
		       formatted("cannot write to the ROM of {}: it is read-only",
				 to_string(device_.address())));
	}

	const std::vector<std::byte> &contents() const
	{
		if (!contents_)
			contents_ = rom_.read();
		return *contents_;
	}

	Device device_;
	Rom rom_;
	mutable std::optional<std::vector<std::byte>> contents_;
};

} // namespace

std::shared_ptr<const Region> make_rom_region(const Device &device)
{
	return std::make_shared<RomRegion>(device);
}

} // namespace pcipeek::tools
