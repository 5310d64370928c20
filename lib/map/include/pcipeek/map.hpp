// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/device.hpp>
#include <pcipeek/export.hpp>
#include <pcipeek/register_map.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/**
 * @file
 * @brief Register maps: names for the registers of a device, from a file.
 *
 * libpcipeek-map, a library of its own: the parsers that it needs are not in libpcipeek.
 * docs/maps.md describes the format and which file applies to a device.
 */
namespace pcipeek {

/**
 * @brief A map that cannot be used, or a name that it does not have.
 *
 * what() is one line: the file, the line or the element, what is wrong there, and what to
 * do. No device was accessed.
 */
class PCIPEEK_API MapError : public std::runtime_error {
public:
	using std::runtime_error::runtime_error;
	MapError(const MapError &) noexcept;
	MapError &operator=(const MapError &) noexcept;
	~MapError() override;
};

/** @brief A MapError about a name that is not in the map, or that means several registers. */
class PCIPEEK_API NameError : public MapError {
public:
	using MapError::MapError;
	NameError(const NameError &) noexcept;
	NameError &operator=(const NameError &) noexcept;
	~NameError() override;
};

/** @brief The formats that can be read. */
enum class MapFormat : std::uint8_t {
	toml, /**< Our own; *.toml. */
	svd, /**< CMSIS-SVD 1.3; *.svd, *.xml. */
	litex, /**< LiteX csr.json; *.json. */
};

/**
 * @brief The registers of a device by their names.
 *
 * Immutable once it is made, and cheap to copy. All functions may be called from any thread;
 * none accesses a device unless it says so.
 */
class PCIPEEK_API Map {
public:
	/** @brief A map without registers. */
	Map();

	/**
	 * @brief Reads a file. Its suffix says which format it has.
	 * @throws MapError: it cannot be read, is malformed, or contradicts itself.
	 */
	static Map load(const std::filesystem::path &file);

	/**
	 * @brief Reads text. @p name stands for the file in errors, and the folder in it is
	 * where included files are looked for.
	 */
	static Map parse(std::string_view text, MapFormat format, const std::string &name);

	/**
	 * @brief The map of a device: all files that apply to it, put together. Without one, a
	 * map without registers.
	 *
	 * Reads sysfs, and no register.
	 */
	static Map of(const Device &device);

	/** @brief The files that of() reads, the most specific first. */
	static std::vector<std::filesystem::path> files_for(const Device &device);

	/**
	 * @brief The map of every device's configuration space, config.toml: the header and
	 * the standard capabilities. Not part of of(). Without such a file, a map without
	 * registers.
	 */
	static Map of_config_space();

	/**
	 * @brief The file of that name, "1234-11e8" or "config", in the folders of maps; empty
	 * if there is none.
	 */
	static std::filesystem::path file_named(const std::string &name);

	/** @brief The folders of maps, in the order in which they are searched. */
	static std::vector<std::filesystem::path> folders();

	/** @brief The names that a file for this device can have, the most specific first. */
	static std::vector<std::string> names_for(const Device &device);

	/**
	 * @brief Both maps, this one first.
	 * @throws MapError: a name stands for different places in the two.
	 */
	Map merged_with(const Map &other) const;

	/** @brief The name that the map gives the device; may be empty. */
	const std::string &name() const noexcept;
	const std::string &description() const noexcept;

	/** @brief The devices that it says it is for: "1234:11e8", "class 010802". */
	const std::vector<std::string> &matches() const noexcept;

	/** @brief All registers, in the order of the file. */
	std::span<const map::Register> registers() const noexcept;

	/**
	 * @brief The register of that name: "STATUS", "PORT3.CLB", "bar1.STATUS"; its block
	 * may be left out where that is unambiguous. Case matters only where two names differ
	 * in nothing else. Null if there is none.
	 * @throws NameError: it means several registers; the line lists them.
	 */
	const map::Register *find(std::string_view name) const;

	/**
	 * @brief The same, for a register that has to be there.
	 * @throws NameError also if there is none; the line suggests the nearest names.
	 */
	const map::Register &at(std::string_view name) const;

	/** @brief At most @p most names of registers that look like it, the nearest first. */
	std::vector<std::string> nearest(std::string_view name, std::size_t most = 3) const;

	/**
	 * @brief What is wrong with it, though it can be used: overlaps that are not said to
	 * be meant, fields without bits in common use. One line each.
	 */
	std::vector<std::string> warnings() const;

private:
	struct Contents;
	explicit Map(std::shared_ptr<const Contents> contents);
	friend struct MapBuilder;

	std::shared_ptr<const Contents> contents_;
};

namespace map {

/**
 * @brief At most @p most of @p names that look like @p name, the nearest first. Case does
 * not count.
 */
PCIPEEK_API std::vector<std::string> nearest(std::string_view name,
					     std::span<const std::string> names,
					     std::size_t most = 3);

/** @brief Where the registers of a block are on one device. */
struct Placement {
	Space space = Space::bar;
	unsigned bar = 0;
	/** In bytes, of what the block's offsets count from. */
	std::uint64_t base = 0;
};

/**
 * @brief Where a block is on a device.
 *
 * A block at a capability reads the capability list; one with a base register reads
 * that register, once. Others access nothing.
 *
 * @throws Error, Cause::absent: the device has no such capability; and what read() throws.
 */
PCIPEEK_API Placement place(const Device &device, const Map &map, const Block &block);

/**
 * @brief Reads a register, with its own width, each word once; the high word of a
 * volatile one is read again until it stays.
 *
 * @throws Error EOPNOTSUPP, Cause::unsupported: it is write-only, or no bus access has its width.
 * And what pcipeek::read() throws.
 */
PCIPEEK_API std::uint64_t read(const Device &device, const Map &map, const Register &reg);

/**
 * @brief Writes a whole register, each word once, in the order of ascending offsets.
 * @throws Error EOPNOTSUPP, Cause::unsupported: it is read-only, or no bus access has its width.
 * And what pcipeek::write() throws.
 */
PCIPEEK_API void write(const Device &device, const Map &map, const Register &reg,
		       std::uint64_t value);

/**
 * @brief What a field is to be: {"START", 1}, or {"DIRECTION", "to_ram"} by a name that the
 * map has for the value. Both as in the map, but for case.
 *
 * Refers to the texts that it was made from.
 */
struct FieldValue {
	FieldValue(std::string_view name, std::uint64_t number) : field(name), value(number)
	{
	}
	FieldValue(std::string_view name, std::string_view word) : field(name), value(word)
	{
	}

	std::string_view field;
	std::variant<std::uint64_t, std::string_view> value;
};

/**
 * @brief Changes fields of a register by one read and one write, with no other update in
 * between; see pcipeek::update().
 *
 * Other fields are written back as they were read, except those that act when they are
 * written: one that one-to-clears is written as 0. In configuration space the two accesses
 * are not indivisible; see Config::update().
 *
 * @return The old value of the whole register.
 * @throws NameError: the register has no such field, or the field no such value.
 * @throws Error, Cause::unsupported: the field is read-only, the register write-only or its
 * reading has a side effect, or it has several words; Cause::invalid: no field is given, a
 * field is given twice, or a number does not fit. Nothing was accessed then. And what
 * pcipeek::update() throws.
 */
PCIPEEK_API std::uint64_t update(const Device &device, const Map &map, const Register &reg,
				 std::initializer_list<FieldValue> fields);

/**
 * @brief Reads a register until a field has a value; see pcipeek::wait_until() for timeout
 * and interval.
 *
 * @return The value of the whole register that met it.
 * @throws TimeoutError; NameError as update() does; Error, Cause::unsupported: the register
 * or the field cannot be read, has several words, or is not in a BAR. And what
 * pcipeek::wait_until() throws.
 */
PCIPEEK_API std::uint64_t wait_until(const Device &device, const Map &map, const Register &reg,
				     const FieldValue &wanted, std::chrono::nanoseconds timeout,
				     std::chrono::microseconds interval = {});

} // namespace map
} // namespace pcipeek
