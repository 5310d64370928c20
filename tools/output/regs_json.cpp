// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "output/element_json.hpp"
#include "output/output.hpp"
#include "output/regs_printer.hpp"
#include "output/regs_words.hpp"

#include <nlohmann/json.hpp>

namespace pcipeek::tools {

namespace {

using nlohmann::ordered_json;

/* The value is there twice, as in element_json(). */
void add_value(ordered_json &json, std::optional<std::uint64_t> value, unsigned bits)
{
	json["value"] = value ? ordered_json(*value) : ordered_json(nullptr);
	json["hex"] = value ? ordered_json(hex_of(*value, bits)) : ordered_json(nullptr);
}

ordered_json values_json(const map::Field &field)
{
	auto list = ordered_json::array();

	if (field.values)
		for (const auto &named : *field.values)
			list.push_back({{"name", named.name},
					{"value", named.value},
					{"description", named.description}});
	return list;
}

ordered_json field_json(const Row &row, const map::Register::Decoded &decoded, bool described)
{
	const map::Field &field = *decoded.field;
	const bool known = row.value && field.access != map::Access::write_only;
	ordered_json json{{"name", field.name}, {"bits", bits_of(field)}};

	add_value(json, known ? std::optional(decoded.value) : std::nullopt, field.bits());
	json["meaning"] =
		known && decoded.name ? ordered_json(decoded.name->name) : ordered_json(nullptr);
	if (!described)
		return json;
	json["access"] = behaviour_of(field.access, field.read_effect, field.write_effect);
	json["description"] = field.description;
	json["values"] = values_json(field);
	return json;
}

ordered_json fields_json(const Row &row, bool described)
{
	auto list = ordered_json::array();

	for (const auto &decoded : row.reg->decode(row.value.value_or(0)))
		list.push_back(field_json(row, decoded, described));
	return list;
}

ordered_json place_json(const Row &row)
{
	const bool in_bar = row.reg->block->space == map::Space::bar;
	const bool is_known = row.place || row.reg->block->anchor.kind != map::Anchor::Kind::virtio;
	const unsigned bar = row.place ? row.place->bar : row.reg->block->bar;

	return {
		{"block", row.reg->block->name},
		{"name", row.reg->name},
		{"region", is_known ? ordered_json(row.region()) : ordered_json(nullptr)},
		{"bar", in_bar && is_known ? ordered_json(bar) : ordered_json(nullptr)},
		{"offset", row.place ? ordered_json(row.offset()) : ordered_json(nullptr)},
		{"offset_in_block", row.place ? ordered_json(nullptr) : ordered_json(row.offset())},
		{"width", row.reg->bytes()},
	};
}

void add_description(ordered_json &json, const map::RegisterType &type)
{
	json["access"] =
		behaviour_of(type.access, type.read_effect, type.write_effect, type.write_once);
	json["reset"] = type.reset ? ordered_json(*type.reset) : ordered_json(nullptr);
	json["description"] = type.description;
}

ordered_json to_json(const Row &row, bool described)
{
	auto json = place_json(row);

	add_value(json, row.value, row.reg->type->bits);
	if (!row.absence.empty() || !row.obstacle.empty())
		json["reason"] = row.absence.empty() ? row.obstacle : row.absence;
	if (described)
		add_description(json, *row.reg->type);
	json["fields"] = fields_json(row, described);
	return json;
}

class RegsJson : public RegsPrinter {
public:
	explicit RegsJson(bool described) : described_(described)
	{
	}

	void add(const Row &row) override
	{
		print(has_begun_ ? ",\n  " : "[\n  ");
		has_begun_ = true;
		/* A map may hold any bytes. */
		print(to_json(row, described_)
			      .dump(-1, ' ', false, ordered_json::error_handler_t::replace));
	}

	void end() override
	{
		print(has_begun_ ? "\n]\n" : "[]\n");
	}

	void fail(std::string_view why) override
	{
		if (has_begun_)
			print_before_failure(",\n  " + error_json(why) + "\n]\n");
	}

private:
	bool described_;
	bool has_begun_ = false;
};

} // namespace

std::unique_ptr<RegsPrinter> make_regs_json(bool has_descriptions)
{
	return std::make_unique<RegsJson>(has_descriptions);
}

} // namespace pcipeek::tools
