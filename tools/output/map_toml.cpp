// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "output/map_toml.hpp"

#include "format.hpp"
#include "output/register_toml.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace pcipeek::tools {

namespace {

using Kind = map::Anchor::Kind;

/* "a.registers.b" for a.b: the registers of a block are in a table of their own. */
std::string nested(const std::string &name)
{
	std::string path;

	for (const char c : name)
		path += c == '.' ? ".registers." : std::string{c};
	return path;
}

/* A block that is directly in a region. */
std::string outermost(const map::Block &block)
{
	return formatted("{}.{}", block.region(), block.name.substr(0, block.name.find('.')));
}

std::string list_of(const std::vector<std::string> &texts)
{
	std::string list;

	for (const auto &text : texts)
		list += (list.empty() ? "" : ", ") + toml_string(text);
	return '[' + list + ']';
}

std::string header(const Map &map, const std::filesystem::path &file)
{
	constexpr std::string_view prefix = "class ";
	std::vector<std::string> ids;
	std::vector<std::string> classes;
	TomlTable table;

	for (const auto &match : map.matches())
		if (match.starts_with(prefix))
			classes.push_back(match.substr(prefix.size()));
		else
			ids.push_back(match);
	table.add_text("name", map.name().empty() ? file.stem().string() : map.name());
	table.add_text("description", map.description());
	if (!ids.empty())
		table.add("match", list_of(ids));
	if (!classes.empty())
		table.add("class", list_of(classes));
	return table.lines();
}

void add_anchor(TomlTable &table, const map::Block &block)
{
	const auto &anchor = block.anchor;

	if (anchor.kind == Kind::capability)
		table.add("capability", toml_hex(anchor.id));
	if (anchor.kind == Kind::extended_capability)
		table.add("extended_capability", toml_hex(anchor.id));
	if (anchor.kind == Kind::virtio)
		table.add("virtio", toml_number(anchor.id));
	if (anchor.kind == Kind::base_register)
		table.add_text("base", anchor.base);
	if (anchor.scale != 1)
		table.add("base_scale", toml_number(anchor.scale));
	if (block.header)
		table.add("header", toml_number(*block.header));
}

class Writer {
public:
	explicit Writer(const Map &map) : map_(map)
	{
		for (const auto &reg : map.registers())
			if (!reg.block->name.empty())
				note_start(reg);
	}

	std::string write()
	{
		for (const auto &reg : map_.registers()) {
			if (!reg.block->name.empty())
				add_blocks(*reg.block);
			add_register(reg);
		}
		return text_;
	}

private:
	/* Offsets count from the lowest register of the outermost block. */
	void note_start(const map::Register &reg)
	{
		const auto [found, is_new] = starts_.emplace(outermost(*reg.block), reg.offset);

		if (!is_new)
			found->second = std::min(found->second, reg.offset);
	}

	std::uint64_t start_of(const map::Block &block) const
	{
		return block.name.empty() ? 0 : starts_.at(outermost(block));
	}

	/* The outermost one has the anchor, and an inner one only what is said of it. */
	void add_blocks(const map::Block &block)
	{
		const bool is_outermost = block.name.find('.') == std::string::npos;
		TomlTable table;

		if (written_.insert(outermost(block)).second)
			add_outermost(block, is_outermost);
		if (is_outermost || !written_.insert(block.region() + '.' + block.name).second)
			return;
		table.add_text("description", block.description);
		table.add_text("source", block.source);
		if (!table.empty())
			add_table(block.region(), block.name, table);
	}

	void add_outermost(const map::Block &block, bool is_described)
	{
		TomlTable table;

		if (const auto start = start_of(block))
			table.add("offset", toml_hex(start));
		add_anchor(table, block);
		if (is_described) {
			table.add_text("description", block.description);
			table.add_text("source", block.source);
		}
		if (!table.empty())
			add_table(block.region(), block.name.substr(0, block.name.find('.')),
				  table);
	}

	void add_register(const map::Register &reg)
	{
		TomlTable table;

		table.add("offset", toml_hex(reg.offset - start_of(*reg.block)));
		if (const auto *sibling = find_sibling(reg))
			table.add_text("like", sibling->name.substr(sibling->name.rfind('.') + 1));
		else
			add_register_keys(table, *reg.type);
		add_table(reg.block->region(), reg.name, table);
	}

	/* One before it in the same table that has all the same keys. */
	const map::Register *find_sibling(const map::Register &reg)
	{
		const auto [found, is_new] =
			siblings_.emplace(std::pair(reg.block.get(), reg.type.get()), &reg);

		return is_new ? nullptr : found->second;
	}

	void add_table(const std::string &region, const std::string &name, const TomlTable &table)
	{
		text_ += formatted("\n[{}.{}]\n{}", region, nested(name), table.lines());
	}

	const Map &map_;
	std::map<std::string, std::uint64_t> starts_;
	std::set<std::string> written_;
	std::map<std::pair<const map::Block *, const map::RegisterType *>, const map::Register *>
		siblings_;
	std::string text_;
};

bool is_same(const map::Register &one, const map::Register &other)
{
	const auto &a = *one.type;
	const auto &b = *other.type;

	return one.name == other.name && one.offset == other.offset && a.bits == b.bits &&
	       a.word_bits == b.word_bits && a.order == b.order && a.access == b.access &&
	       a.fields.size() == b.fields.size() && one.block->anchor == other.block->anchor &&
	       one.block->region() == other.block->region();
}

/* By their names, since the order of blocks that mix may change. */
std::vector<map::Register> sorted(const Map &map)
{
	std::vector<map::Register> registers(map.registers().begin(), map.registers().end());

	std::ranges::sort(registers, {}, [](const map::Register &reg) {
		return reg.block->region() + '.' + reg.name;
	});
	return registers;
}

/* A map that was converted wrongly would be worse than none. */
void check(const Map &map, const std::string &text, const std::filesystem::path &file)
{
	const auto before = sorted(map);
	const auto after = sorted(Map::parse(text, MapFormat::toml, file.string() + " as TOML"));
	const auto difference = std::ranges::mismatch(before, after, is_same);

	if (difference.in1 != before.end())
		throw MapError(formatted("{}: TOML cannot have {} as it is there", file.string(),
					 difference.in1->name));
}

} // namespace

std::string map_toml(const Map &map, const std::filesystem::path &file)
{
	auto text = header(map, file) + Writer(map).write();

	check(map, text, file);
	return text;
}

} // namespace pcipeek::tools
