// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/export.hpp>
#include <pcipeek/width.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace pcipeek {

/** @brief What the offset of a ConfigRegister counts from. */
enum class ConfigBase : std::uint8_t {
	header, /**< The beginning of configuration space. */
	capability, /**< The capability with that id. */
	extended_capability, /**< The extended capability with that id. */
};

/**
 * @brief A register of configuration space that has a name.
 *
 * The names are those of setpci(8): for the header COMMAND, BASE_ADDRESS_0,
 * SECONDARY_BUS (bridges), CB_MEMORY_BASE_0 (CardBus bridges); for the beginning of a
 * capability CAP_MSI, ECAP_AER.
 */
struct ConfigRegister {
	/** Upper case. Of a number (CAP05) it is empty. */
	std::string_view name;
	ConfigBase base = ConfigBase::header;
	/** Bit n: devices with header type n have it. 7 for capabilities: all may. */
	std::uint8_t header_types = 7;
	/** Of the capability; 0 for registers of the header. */
	std::uint16_t capability_id = 0;
	/** In bytes; 0 for capabilities. */
	std::uint16_t offset = 0;
	/** Capabilities have no width of their own. */
	std::optional<Width> width = {};
};

/** @brief All names, in setpci's order: the header's first. */
PCIPEEK_API std::span<const ConfigRegister> config_registers() noexcept;

/**
 * @brief Looks a name up, in either case: "COMMAND", "CAP_PM", "ecap_aer".
 *
 * As in setpci, a capability can be given by its number, in hexadecimal and without
 * 0x: "CAP05" (up to two digits), "ECAP0001" (up to four).
 *
 * @return nullopt for anything else. May be called from any thread.
 */
PCIPEEK_API std::optional<ConfigRegister> find_config_register(std::string_view name);

} // namespace pcipeek
