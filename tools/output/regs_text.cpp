// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "format.hpp"
#include "output/line.hpp"
#include "output/output.hpp"
#include "output/regs_printer.hpp"
#include "output/regs_words.hpp"

#include <algorithm>

namespace pcipeek::tools {

namespace {

constexpr std::size_t gap = 2;

std::string offset_text(const Row &row)
{
	constexpr unsigned digits = 2;

	return formatted("{}0x{:0{}x}", row.place ? "" : "+", row.offset(), digits);
}

std::string value_text(const Row &row)
{
	return row.value ? hex_of(*row.value, row.reg->type->bits) : "";
}

/* How wide the columns are. */
struct Columns {
	std::size_t name = 0;
	std::size_t offset = 0;
	std::size_t bits = 0;
	std::size_t value = 0;

	explicit Columns(const std::vector<Row> &rows)
	{
		for (const auto &row : rows) {
			if (!row.absence.empty())
				continue;
			const unsigned bits_here = row.reg->type->bits;
			name = std::max(name, row.short_name().size());
			offset = std::max(offset, offset_text(row).size());
			bits = std::max(bits, formatted("{}", bits_here).size());
			if (row.is_read() && row.place)
				value = std::max(value, hex_of(0, bits_here).size());
		}
	}
};

/* Where a block is, as far as that is known: "bar0", "config+0x40", "config, ...". */
std::string where(const Row &row)
{
	const auto &anchor = row.reg->block->anchor;

	if (row.place && row.place->base != 0)
		return formatted("{}+{:#x}", row.region(), row.place->base);
	if (row.place)
		return row.region();
	switch (anchor.kind) {
	case map::Anchor::Kind::capability:
		return formatted("{}, capability {:#04x}", row.region(), anchor.id);
	case map::Anchor::Kind::extended_capability:
		return formatted("{}, extended capability {:#06x}", row.region(), anchor.id);
	case map::Anchor::Kind::virtio:
		return formatted("virtio structure {}", anchor.id);
	case map::Anchor::Kind::base_register:
		return formatted("{}, base in {}", row.region(), anchor.base);
	case map::Anchor::Kind::fixed:
		break;
	}
	return row.region();
}

bool is_same_block(const map::Block &one, const map::Block &other)
{
	return &one == &other || (one.name == other.name && one.region() == other.region());
}

/* What stands behind a value, or in its place. */
std::vector<Piece> fields_of(const Row &row)
{
	std::vector<Piece> items;

	if (!row.obstacle.empty())
		return {{formatted("({})", row.obstacle), Style::dim}};
	for (const auto &decoded : row.reg->decode(row.value.value_or(0)))
		if (!row.value)
			items.push_back({formatted("{}[{}]", decoded.field->name,
						   bits_of(*decoded.field))});
		else if (decoded.field->access != map::Access::write_only)
			items.push_back(
				{formatted("{}={}", decoded.field->name, meaning_of(decoded))});
	return items;
}

class RegsText : public RegsPrinter {
public:
	RegsText(const std::vector<Row> &rows, const RegsForm &form) : columns_(rows), form_(form)
	{
	}

	void add(const Row &row) override
	{
		if (form_.has_headings && (!block_ || !is_same_block(*block_, *row.reg->block)))
			add_heading(row);
		block_ = row.reg->block;
		if (!row.absence.empty())
			return;
		add_register(row);
		if (form_.one_line_per_field || form_.has_descriptions)
			add_fields(row);
	}

	void end() override
	{
	}

	void fail(std::string_view /* why */) override
	{
	}

private:
	void add_heading(const Row &row)
	{
		const auto &block = *row.reg->block;
		Line line;

		if (block_)
			print("\n");
		line.add({block.name.empty() ? where(row) : block.name, Style::bold});
		if (!block.name.empty())
			line.add({"  " + where(row)});
		if (!row.absence.empty())
			line.add({formatted("  ({})", row.absence), Style::dim});
		print_wrapped(std::move(line), description(block.description), form_.terminal);
	}

	void add_register(const Row &row)
	{
		const auto &type = *row.reg->type;
		Line line;

		line.go_to(gap);
		line.add({row.short_name(), Style::bold});
		line.go_to(gap + columns_.name + gap);
		line.add({offset_text(row)});
		line.go_to(gap + columns_.name + gap + columns_.offset + gap);
		line.add({formatted("{:>{}}", type.bits, columns_.bits)});
		if (form_.has_descriptions)
			return print_wrapped(std::move(line), details(row), form_.terminal);
		if (row.value)
			line.add({formatted("  {:<{}}", value_text(row), columns_.value)});
		if (form_.one_line_per_field && row.obstacle.empty())
			return line.print(form_.terminal);
		print_wrapped(std::move(line), fields_of(row), form_.terminal);
	}

	std::vector<Piece> details(const Row &row) const
	{
		const auto &type = *row.reg->type;
		std::vector<Piece> pieces{{behaviour_of(type.access, type.read_effect,
							type.write_effect, type.write_once)}};

		if (type.reset)
			pieces.push_back({formatted("reset {}", hex_of(*type.reset, type.bits))});
		std::ranges::move(description(type.description), std::back_inserter(pieces));
		return pieces;
	}

	std::vector<Piece> description(const std::string &text) const
	{
		return form_.has_descriptions ? words_of(text, Style::dim) : std::vector<Piece>();
	}

	void add_fields(const Row &row)
	{
		std::size_t width = 0;

		for (const auto &field : row.reg->type->fields)
			width = std::max(width, field.name.size());
		if (!row.obstacle.empty() && !form_.has_descriptions)
			return;
		for (const auto &decoded : row.reg->decode(row.value.value_or(0)))
			add_field(row, decoded, width);
	}

	void add_field(const Row &row, const map::Register::Decoded &decoded, std::size_t width)
	{
		constexpr std::size_t bits_column = 6;
		constexpr std::size_t bits_width = 5;
		const map::Field &field = *decoded.field;
		Line line;

		line.go_to(bits_column);
		line.add({formatted("{:>{}}", bits_of(field), bits_width)});
		line.go_to(bits_column + bits_width + gap);
		line.add({field.name, Style::bold});
		line.go_to(bits_column + bits_width + gap + width + gap);
		if (form_.has_descriptions)
			line.add({behaviour_of(field.access, field.read_effect,
					       field.write_effect)});
		else
			add_value(row, decoded, line);
		print_wrapped(std::move(line), remarks(row, decoded), form_.terminal);
	}

	static void add_value(const Row &row, const map::Register::Decoded &decoded, Line &line)
	{
		if (!row.value)
			return;
		if (decoded.field->access == map::Access::write_only)
			return line.add({"(write only)", Style::dim});
		line.add({short_number(decoded.value)});
		if (decoded.name)
			line.add({"  " + decoded.name->name});
	}

	std::vector<Piece> remarks(const Row &row, const map::Register::Decoded &decoded) const
	{
		const map::Field &field = *decoded.field;
		auto pieces = description(field.description);

		if (row.value && decoded.name && !form_.has_descriptions)
			return words_of(decoded.name->description, Style::dim);
		if (!form_.has_descriptions || !field.values)
			return pieces;
		for (const auto &named : *field.values)
			pieces.push_back(
				{formatted("{}={}", short_number(named.value), named.name)});
		return pieces;
	}

	Columns columns_;
	RegsForm form_;
	std::shared_ptr<const map::Block> block_;
};

} // namespace

std::unique_ptr<RegsPrinter> make_regs_text(const std::vector<Row> &rows, const RegsForm &form)
{
	return std::make_unique<RegsText>(rows, form);
}

} // namespace pcipeek::tools
