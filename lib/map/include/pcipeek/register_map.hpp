// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/export.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/**
 * @file
 * @brief What a register map is made of: blocks, registers, fields and named values.
 *
 * Plain data, the same for all formats. Arrays and derived elements are expanded: an array
 * of 32 ports is 32 registers of each kind, which share what they have in common.
 */
namespace pcipeek::map {

/** @brief Whether software may read and write it. */
enum class Access : std::uint8_t {
	read_write,
	read_only,
	write_only,
	none, /**< Neither: reserved, or described for completeness. */
};

/** @brief What a read does to the device, besides returning the value. */
enum class ReadEffect : std::uint8_t {
	none,
	clears,
	sets,
	modifies,
	other, /**< Something elsewhere in the device: a FIFO moves on, an interrupt is acknowledged. */
};

/** @brief What a written bit does. */
enum class WriteEffect : std::uint8_t {
	plain, /**< It is stored. */
	one_to_clear,
	one_to_set,
	one_to_toggle,
	zero_to_clear,
	zero_to_set,
	zero_to_toggle,
	clears, /**< Any write clears all bits. */
	sets, /**< Any write sets all bits. */
	modifies,
};

/** @brief "none", "clears": the words of TOML maps. */
PCIPEEK_API std::string_view to_string(ReadEffect effect) noexcept;

/** @brief "plain", "one-to-clear". */
PCIPEEK_API std::string_view to_string(WriteEffect effect) noexcept;

/** @brief A name for a value of a field. */
struct NamedValue {
	std::string name;
	std::uint64_t value = 0;
	/** The bits of the value that matter; a "don't care" bit is 0 here. */
	std::uint64_t mask = ~std::uint64_t{0};
	std::string description = {};

	bool operator==(const NamedValue &) const = default;
};

/** @brief Bits high to low of a register, both inclusive; bit 0 is the least significant. */
struct Field {
	std::string name;
	unsigned high = 0;
	unsigned low = 0;
	Access access = Access::read_write;
	ReadEffect read_effect = ReadEffect::none;
	WriteEffect write_effect = WriteEffect::plain;
	/** Null or empty: it is a number. Fields may share a list. */
	std::shared_ptr<const std::vector<NamedValue>> values = nullptr;
	std::string description = {};
	std::string source = {};

	/** @brief How many bits it has, 1 to 64. */
	PCIPEEK_API unsigned bits() const noexcept;

	/** @brief Its bits in their place in the register. */
	PCIPEEK_API std::uint64_t mask() const noexcept;

	/** @brief Its value, shifted down, in a value of the register. */
	PCIPEEK_API std::uint64_t of(std::uint64_t register_value) const noexcept;

	/** @brief The named value that it is; null if it is none, or has no names. */
	PCIPEEK_API const NamedValue *name_of(std::uint64_t value) const noexcept;

	/** @brief The value of that name, without regard to case; null if there is none. */
	PCIPEEK_API const NamedValue *value_named(std::string_view wanted) const noexcept;
};

/** @brief The order of the words of a register that has several, by ascending offset. */
enum class WordOrder : std::uint8_t {
	low_first,
	high_first,
};

/** @brief What registers of one kind have in common; the elements of an array share it. */
struct RegisterType {
	/** 1 to 1024. Only 8, 16, 32 and 64 can be accessed. */
	unsigned bits = 32;
	/** Bits of one bus access; less than bits if the register has several words. */
	unsigned word_bits = 32;
	WordOrder order = WordOrder::low_first;
	Access access = Access::read_write;
	ReadEffect read_effect = ReadEffect::none;
	WriteEffect write_effect = WriteEffect::plain;
	/** Its value is set by the first write after a reset, and stays. */
	bool write_once = false;
	/** Its words can change between two reads. */
	bool is_volatile = false;
	/** It shares its place with another register on purpose. */
	bool overlaps = false;
	std::optional<std::uint64_t> reset = {};
	/** In the order of the file. */
	std::vector<Field> fields = {};
	std::string description = {};
	std::string source = {};

	/** @brief The field of that name, without regard to case; null if there is none. */
	PCIPEEK_API const Field *field(std::string_view wanted) const noexcept;

	/** @brief Whether reading it, or one of its fields, changes something. */
	PCIPEEK_API bool has_read_effect() const noexcept;

	/** @brief Whether bus accesses of 8, 16, 32 or 64 bits make up the whole register. */
	PCIPEEK_API bool is_accessible() const noexcept;

	/**
	 * @brief The bits that an RMW of other bits writes as 0, because writing back what
	 * was read would do something: those of fields that one-to-clear, -set or -toggle.
	 */
	PCIPEEK_API std::uint64_t written_as_zero() const noexcept;

	/** @brief The same for those that zero-to-clear, -set or -toggle: they get a 1. */
	PCIPEEK_API std::uint64_t written_as_one() const noexcept;
};

/** @brief What a block is in. */
enum class Space : std::uint8_t {
	bar,
	config,
	rom,
};

/** @brief "bar0", "config", "rom". @p bar counts for BARs only. */
PCIPEEK_API std::string region_name(Space space, unsigned bar);

/** @brief How the place of a block is found. */
struct Anchor {
	enum class Kind : std::uint8_t {
		fixed, /**< At the start of its region. */
		capability, /**< At the capability with this id in configuration space. */
		extended_capability, /**< At the extended capability with this id. */
		virtio, /**< Where the virtio vendor capability of this cfg_type says. */
		base_register, /**< At the value of a register in the same region, times scale. */
	};

	Kind kind = Kind::fixed;
	std::uint32_t id = 0;
	/** The name of the register, with :FIELD if only a field counts. */
	std::string base = {};
	std::uint64_t scale = 1;

	bool operator==(const Anchor &) const = default;
};

/** @brief Registers that belong together, and where they are. */
struct Block {
	/** "PORT3", "CAP_EXP"; empty for registers that are directly in a region. */
	std::string name = {};
	Space space = Space::bar;
	/** 0 to 5. Of a virtio block it is what the device says. */
	unsigned bar = 0;
	Anchor anchor = {};
	/** Which header type it is for, 0 or 1; configuration space only. */
	std::optional<unsigned> header = {};
	std::string description = {};
	std::string source = {};
	/** The file that it is from. */
	std::string file = {};

	/** @brief "bar0", "config", "rom". */
	PCIPEEK_API std::string region() const;
};

/** @brief One register. */
struct Register {
	/** With its block: "STATUS", "PORT3.CLB". */
	std::string name;
	/** In bytes from the anchor of its block: of a fixed one, from the start of the region. */
	std::uint64_t offset = 0;
	/** Never null. */
	std::shared_ptr<const RegisterType> type;
	/** Never null. */
	std::shared_ptr<const Block> block;

	/** @brief The number of bytes that it covers. */
	PCIPEEK_API std::uint64_t bytes() const noexcept;

	/** @brief One field of a value, as read from the register. */
	struct Decoded {
		const Field *field;
		std::uint64_t value;
		/** Null if the value has no name. */
		const NamedValue *name;
	};

	/** @brief All fields of a value, in the order of the map. */
	PCIPEEK_API std::vector<Decoded> decode(std::uint64_t value) const;
};

} // namespace pcipeek::map
