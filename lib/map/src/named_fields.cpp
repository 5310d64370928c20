// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/map.hpp>

#include "access_checks.hpp"
#include "format.hpp"

#include <pcipeek/access.hpp>
#include <pcipeek/config.hpp>
#include <pcipeek/wait.hpp>

namespace pcipeek::map {

namespace {

std::string suggestion(std::string_view name, const std::vector<std::string> &names)
{
	const auto near = nearest(name, names, 1);
	return near.empty() ? "" : formatted("; did you mean {}?", near.front());
}

const Field &field_of(const Register &reg, std::string_view name)
{
	if (const Field *field = reg.type->field(name))
		return *field;
	std::vector<std::string> names;
	for (const Field &field : reg.type->fields)
		names.push_back(field.name);
	throw NameError(
		formatted("{} has no field '{}'{}", reg.name, name, suggestion(name, names)));
}

// In their place in the register.
Masked bits_of_word(const Register &reg, const Field &field, std::string_view word)
{
	if (const NamedValue *named = field.value_named(word)) {
		const std::uint64_t mask = named->mask << field.low & field.mask();
		return {.value = named->value << field.low & mask, .mask = mask};
	}
	std::vector<std::string> names;
	if (field.values)
		for (const NamedValue &named : *field.values)
			names.push_back(named.name);
	throw NameError(
		formatted("{}:{} has no value '{}'{}", reg.name, field.name, word,
			  names.empty() ? "; its values have no names" : suggestion(word, names)));
}

Masked bits_of_number(const Device &device, const Register &reg, const Field &field,
		      std::uint64_t number)
{
	if (field.bits() < 64 && number >> field.bits() != 0)
		fail_invalid(device, formatted("{}:{}: 0x{:x} does not fit its {} bits", reg.name,
					       field.name, number, field.bits()));
	return {.value = number << field.low, .mask = field.mask()};
}

Masked bits_of(const Device &device, const Register &reg, const Field &field,
	       const FieldValue &wanted)
{
	if (const auto *word = std::get_if<std::string_view>(&wanted.value))
		return bits_of_word(reg, field, *word);
	return bits_of_number(device, reg, field, std::get<std::uint64_t>(wanted.value));
}

// A step that no other can come between takes one access for a read, and one for a write.
void check_one_word(const Device &device, const Register &reg)
{
	if (reg.type->word_bits != reg.type->bits)
		refuse(device, reg, "it has several words, which no single step reads");
}

void check_field(const Device &device, const Register &reg, const Field &field, Access forbidden,
		 std::string_view why)
{
	if (field.access == forbidden || field.access == Access::none)
		refuse(device, reg, formatted("its field {} {}", field.name, why));
}

Masked all_bits_of(const Device &device, const Register &reg,
		   std::initializer_list<FieldValue> fields)
{
	Masked all{.value = 0, .mask = 0};
	for (const FieldValue &wanted : fields) {
		const Field &field = field_of(reg, wanted.field);
		check_field(device, reg, field, Access::read_only, "cannot be written");
		const Masked bits = bits_of(device, reg, field, wanted);
		if (all.mask & bits.mask)
			fail_invalid(device, formatted("{}:{}: its bits are given twice", reg.name,
						       field.name));
		all.value |= bits.value;
		all.mask |= bits.mask;
	}
	if (all.mask == 0)
		fail_invalid(device, formatted("{}: an update needs a field", reg.name));
	return all;
}

Masked with_neutral_bits(const RegisterType &type, Masked masked)
{
	const std::uint64_t one = type.written_as_one() & ~masked.mask;
	masked.value |= one;
	masked.mask |= one | type.written_as_zero();
	return masked;
}

Width width_of(const Register &reg)
{
	return static_cast<Width>(reg.type->bits / 8);
}

} // namespace

std::uint64_t update(const Device &device, const Map &map, const Register &reg,
		     std::initializer_list<FieldValue> fields)
{
	check_readable(device, reg);
	check_writable(device, reg);
	check_one_word(device, reg);
	if (reg.type->has_read_effect())
		refuse(device, reg,
		       "reading it has a side effect, so its other bits cannot be "
		       "kept; write all of it");
	const Masked masked = with_neutral_bits(*reg.type, all_bits_of(device, reg, fields));
	const Placement where = place(device, map, *reg.block);
	const std::uint64_t offset = where.base + reg.offset;

	if (where.space == Space::config)
		return Config{device}.update(offset, masked, width_of(reg));
	if (where.space == Space::rom)
		refuse(device, reg, "a ROM cannot be written");
	return pcipeek::update(device.bar(where.bar), offset, masked, width_of(reg));
}

std::uint64_t wait_until(const Device &device, const Map &map, const Register &reg,
			 const FieldValue &wanted, std::chrono::nanoseconds timeout,
			 std::chrono::microseconds interval)
{
	check_readable(device, reg);
	check_one_word(device, reg);
	const Field &field = field_of(reg, wanted.field);
	check_field(device, reg, field, Access::write_only, "cannot be read");
	const Masked bits = bits_of(device, reg, field, wanted);
	if (reg.block->space != Space::bar)
		refuse(device, reg, "it is not in a BAR, and only those can be waited for");
	const Placement where = place(device, map, *reg.block);

	return pcipeek::wait_until(device.bar(where.bar), where.base + reg.offset,
				   {.value = bits.value, .mask = bits.mask}, timeout, interval,
				   width_of(reg));
}

} // namespace pcipeek::map
