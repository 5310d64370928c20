// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "naming/words.hpp"

#include "errors.hpp"
#include "format.hpp"

namespace pcipeek::tools {

namespace {

class WordsRegion : public Region {
public:
	WordsRegion(const Device &device, const Location &location,
		    std::shared_ptr<const Region> inner)
		: device_(device), described_(location.described), inner_(std::move(inner))
	{
	}

	std::uint64_t size() const override
	{
		return inner_->size();
	}

	bool is_writable() const override
	{
		return inner_->is_writable();
	}

	Width widest() const override
	{
		return Width::w64;
	}

	std::string_view why_no_wider() const override
	{
		return "";
	}

	/* Its words were checked before, in the region that they are in. */
	[[noreturn]] void refuse_range(const Location &) const override
	{
		refuse("has no other range");
	}

	void read(std::uint64_t, std::span<std::byte>, Width) const override
	{
		refuse("is not read as bytes");
	}

	std::uint64_t read_value(std::uint64_t, Width) const override
	{
		return map::read(device_, described_->map, *described_->reg);
	}

	void write_value(std::uint64_t, Width, std::uint64_t value) const override
	{
		map::write(device_, described_->map, *described_->reg, value);
	}

	void update(std::uint64_t, Width, const Masked &) const override
	{
		refuse("is not changed bit by bit");
	}

private:
	[[noreturn]] void refuse(std::string_view what) const
	{
		throw UsageError(
			formatted("{} has several words and {}", described_->reg->name, what));
	}

	Device device_;
	std::shared_ptr<const Described> described_;
	std::shared_ptr<const Region> inner_;
};

} // namespace

void narrow(Location &location)
{
	const auto &type = *location.described->reg->type;

	if (!location.field ||
	    location.field->high / type.word_bits != location.field->low / type.word_bits)
		return;

	const unsigned words = type.bits / type.word_bits;
	const unsigned rank = location.field->low / type.word_bits;
	const unsigned place = type.order == map::WordOrder::low_first ? rank : words - 1 - rank;
	location.offset += std::uint64_t{place} * (type.word_bits / 8);
	location.width = static_cast<Width>(type.word_bits / 8);
	location.field->high -= rank * type.word_bits;
	location.field->low -= rank * type.word_bits;
}

std::shared_ptr<const Region> make_words_region(const Device &device, const Location &location,
						std::shared_ptr<const Region> inner)
{
	return std::make_shared<WordsRegion>(device, location, std::move(inner));
}

} // namespace pcipeek::tools
