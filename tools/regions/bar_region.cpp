// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "format.hpp"
#include "grammar/saturating.hpp"
#include "regions/region.hpp"

#include <pcipeek/access.hpp>
#include <pcipeek/error.hpp>

#include <cerrno>

namespace pcipeek::tools {

namespace {

class BarRegion : public Region {
public:
	explicit BarRegion(const Bar &bar) : bar_(bar)
	{
	}

	std::uint64_t size() const override
	{
		return bar_.size();
	}

	bool is_writable() const override
	{
		return true;
	}

	Width widest() const override
	{
		return bar_.type() == BarType::io ? Width::w32 : Width::w64;
	}

	std::string_view why_no_wider() const override
	{
		return "an I/O BAR does not support 64-bit accesses; use a narrower width";
	}

	[[noreturn]] void refuse_range(const Location &location) const override
	{
		const auto size = saturating_multiply(location.elements(), bytes(location.width));
		const auto first = saturating_add(bar_.addr(), location.offset);

		throw BadAccessError(
			{.code = ERANGE,
			 .cause = Cause::out_of_range,
			 .text = formatted("PCI addr space is {:#x}-{:#x} while tried to "
					   "access {:#x}-{:#x}.",
					   bar_.addr(), bar_.addr() + bar_.size() - 1, first,
					   saturating_add(first, size - 1)),
			 .address = bar_.device().address(),
			 .bar = bar_.index(),
			 .offset = location.offset});
	}

	void read(std::uint64_t offset, std::span<std::byte> image, Width width) const override
	{
		pcipeek::read(bar_, offset, image, width);
	}

	std::uint64_t read_value(std::uint64_t offset, Width width) const override
	{
		return pcipeek::read_value(bar_, offset, width);
	}

	void write_value(std::uint64_t offset, Width width, std::uint64_t value) const override
	{
		pcipeek::write_value(bar_, offset, width, value);
	}

	void update(std::uint64_t offset, Width width, const Masked &masked) const override
	{
		pcipeek::update(bar_, offset, masked, width);
	}

private:
	Bar bar_;
};

} // namespace

std::shared_ptr<const Region> make_bar_region(const Bar &bar)
{
	return std::make_shared<BarRegion>(bar);
}

} // namespace pcipeek::tools
