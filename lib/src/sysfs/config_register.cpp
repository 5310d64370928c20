// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/config_register.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace pcipeek {
namespace {

// The header types that have a register.
constexpr std::uint8_t device = 1 << 0;
constexpr std::uint8_t bridge = 1 << 1;
constexpr std::uint8_t cardbus = 1 << 2;
constexpr std::uint8_t both = device | bridge;
constexpr std::uint8_t all = both | cardbus;

constexpr ConfigRegister header(std::string_view name, std::uint16_t offset, Width width,
				std::uint8_t header_types)
{
	return {.name = name,
		.base = ConfigBase::header,
		.header_types = header_types,
		.offset = offset,
		.width = width};
}

constexpr ConfigRegister cap(std::string_view name, std::uint16_t id)
{
	return {.name = name, .base = ConfigBase::capability, .capability_id = id};
}

constexpr ConfigRegister ecap(std::string_view name, std::uint16_t id)
{
	return {.name = name, .base = ConfigBase::extended_capability, .capability_id = id};
}

constexpr Width w8 = Width::w8;
constexpr Width w16 = Width::w16;
constexpr Width w32 = Width::w32;

// clang-format off: a table.
constexpr std::array registers{
	// Every header, and that of devices
	header("VENDOR_ID", 0x00, w16, all),
	header("DEVICE_ID", 0x02, w16, all),
	header("COMMAND", 0x04, w16, all),
	header("STATUS", 0x06, w16, all),
	header("REVISION", 0x08, w8, all),
	header("CLASS_PROG", 0x09, w8, all),
	header("CLASS_DEVICE", 0x0a, w16, all),
	header("CACHE_LINE_SIZE", 0x0c, w8, all),
	header("LATENCY_TIMER", 0x0d, w8, all),
	header("HEADER_TYPE", 0x0e, w8, all),
	header("BIST", 0x0f, w8, all),
	header("BASE_ADDRESS_0", 0x10, w32, both),
	header("BASE_ADDRESS_1", 0x14, w32, both),
	header("BASE_ADDRESS_2", 0x18, w32, device),
	header("BASE_ADDRESS_3", 0x1c, w32, device),
	header("BASE_ADDRESS_4", 0x20, w32, device),
	header("BASE_ADDRESS_5", 0x24, w32, device),
	header("CARDBUS_CIS", 0x28, w32, device),
	header("SUBSYSTEM_VENDOR_ID", 0x2c, w16, device),
	header("SUBSYSTEM_ID", 0x2e, w16, device),
	header("ROM_ADDRESS", 0x30, w32, device),
	header("CAPABILITIES", 0x34, w8, both),
	header("INTERRUPT_LINE", 0x3c, w8, both),
	header("INTERRUPT_PIN", 0x3d, w8, both),
	header("MIN_GNT", 0x3e, w8, device),
	header("MAX_LAT", 0x3f, w8, device),

	// Bridges
	header("PRIMARY_BUS", 0x18, w8, bridge),
	header("SECONDARY_BUS", 0x19, w8, bridge),
	header("SUBORDINATE_BUS", 0x1a, w8, bridge),
	header("SEC_LATENCY_TIMER", 0x1b, w8, bridge),
	header("IO_BASE", 0x1c, w8, bridge),
	header("IO_LIMIT", 0x1d, w8, bridge),
	header("SEC_STATUS", 0x1e, w16, bridge),
	header("MEMORY_BASE", 0x20, w16, bridge),
	header("MEMORY_LIMIT", 0x22, w16, bridge),
	header("PREF_MEMORY_BASE", 0x24, w16, bridge),
	header("PREF_MEMORY_LIMIT", 0x26, w16, bridge),
	header("PREF_BASE_UPPER32", 0x28, w32, bridge),
	header("PREF_LIMIT_UPPER32", 0x2c, w32, bridge),
	header("IO_BASE_UPPER16", 0x30, w16, bridge),
	header("IO_LIMIT_UPPER16", 0x32, w16, bridge),
	header("BRIDGE_ROM_ADDRESS", 0x38, w32, bridge),
	header("BRIDGE_CONTROL", 0x3e, w16, bridge),

	// CardBus bridges
	header("CB_CARDBUS_BASE", 0x10, w32, cardbus),
	header("CB_CAPABILITIES", 0x14, w16, cardbus),
	header("CB_SEC_STATUS", 0x16, w16, cardbus),
	header("CB_BUS_NUMBER", 0x18, w8, cardbus),
	header("CB_CARDBUS_NUMBER", 0x19, w8, cardbus),
	header("CB_SUBORDINATE_BUS", 0x1a, w8, cardbus),
	header("CB_CARDBUS_LATENCY", 0x1b, w8, cardbus),
	header("CB_MEMORY_BASE_0", 0x1c, w32, cardbus),
	header("CB_MEMORY_LIMIT_0", 0x20, w32, cardbus),
	header("CB_MEMORY_BASE_1", 0x24, w32, cardbus),
	header("CB_MEMORY_LIMIT_1", 0x28, w32, cardbus),
	header("CB_IO_BASE_0", 0x2c, w16, cardbus),
	header("CB_IO_BASE_0_HI", 0x2e, w16, cardbus),
	header("CB_IO_LIMIT_0", 0x30, w16, cardbus),
	header("CB_IO_LIMIT_0_HI", 0x32, w16, cardbus),
	header("CB_IO_BASE_1", 0x34, w16, cardbus),
	header("CB_IO_BASE_1_HI", 0x36, w16, cardbus),
	header("CB_IO_LIMIT_1", 0x38, w16, cardbus),
	header("CB_IO_LIMIT_1_HI", 0x3a, w16, cardbus),
	header("CB_SUBSYSTEM_VENDOR_ID", 0x40, w16, cardbus),
	header("CB_SUBSYSTEM_ID", 0x42, w16, cardbus),
	header("CB_LEGACY_MODE_BASE", 0x44, w32, cardbus),

	// Capabilities
	cap("CAP_PM", 0x01),
	cap("CAP_AGP", 0x02),
	cap("CAP_VPD", 0x03),
	cap("CAP_SLOTID", 0x04),
	cap("CAP_MSI", 0x05),
	cap("CAP_CHSWP", 0x06),
	cap("CAP_PCIX", 0x07),
	cap("CAP_HT", 0x08),
	cap("CAP_VNDR", 0x09),
	cap("CAP_DBG", 0x0a),
	cap("CAP_CCRC", 0x0b),
	cap("CAP_HOTPLUG", 0x0c),
	cap("CAP_SSVID", 0x0d),
	cap("CAP_AGP3", 0x0e),
	cap("CAP_SECURE", 0x0f),
	cap("CAP_EXP", 0x10),
	cap("CAP_MSIX", 0x11),
	cap("CAP_SATA", 0x12),
	cap("CAP_AF", 0x13),
	cap("CAP_EA", 0x14),

	// Extended capabilities
	ecap("ECAP_AER", 0x01),
	ecap("ECAP_VC", 0x02),
	ecap("ECAP_DSN", 0x03),
	ecap("ECAP_PB", 0x04),
	ecap("ECAP_RCLINK", 0x05),
	ecap("ECAP_RCILINK", 0x06),
	ecap("ECAP_RCEC", 0x07),
	ecap("ECAP_MFVC", 0x08),
	ecap("ECAP_VC2", 0x09),
	ecap("ECAP_RBCB", 0x0a),
	ecap("ECAP_VNDR", 0x0b),
	ecap("ECAP_ACS", 0x0d),
	ecap("ECAP_ARI", 0x0e),
	ecap("ECAP_ATS", 0x0f),
	ecap("ECAP_SRIOV", 0x10),
	ecap("ECAP_MRIOV", 0x11),
	ecap("ECAP_MCAST", 0x12),
	ecap("ECAP_PRI", 0x13),
	ecap("ECAP_REBAR", 0x15),
	ecap("ECAP_DPA", 0x16),
	ecap("ECAP_TPH", 0x17),
	ecap("ECAP_LTR", 0x18),
	ecap("ECAP_SECPCI", 0x19),
	ecap("ECAP_PMUX", 0x1a),
	ecap("ECAP_PASID", 0x1b),
	ecap("ECAP_LNR", 0x1c),
	ecap("ECAP_DPC", 0x1d),
	ecap("ECAP_L1PM", 0x1e),
	ecap("ECAP_PTM", 0x1f),
	ecap("ECAP_M_PCIE", 0x20),
	ecap("ECAP_FRS", 0x21),
	ecap("ECAP_RTR", 0x22),
	ecap("ECAP_DVSEC", 0x23),
	ecap("ECAP_VF_REBAR", 0x24),
	ecap("ECAP_DLNK", 0x25),
	ecap("ECAP_16GT", 0x26),
	ecap("ECAP_LMR", 0x27),
	ecap("ECAP_HIER_ID", 0x28),
	ecap("ECAP_NPEM", 0x29),
	ecap("ECAP_32GT", 0x2a),
	ecap("ECAP_IDE", 0x30),
	ecap("ECAP_64GT", 0x31),
	ecap("ECAP_FL", 0x32),
};
// clang-format on

// ASCII alone: the names have no other letters, whatever the locale says.
constexpr char to_upper(char c) noexcept
{
	return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

bool is_name(std::string_view text, std::string_view name) noexcept
{
	return std::ranges::equal(text, name, {}, to_upper);
}

// The number in "CAP05", if the prefix is there and so many digits at most follow.
std::optional<std::uint16_t> number_after(std::string_view prefix, std::size_t max_digits,
					  std::string_view text)
{
	if (!is_name(text.substr(0, prefix.size()), prefix))
		return std::nullopt;
	text.remove_prefix(prefix.size());
	std::uint16_t number = 0;
	const char *end = text.data() + text.size();
	const auto [rest, error] = std::from_chars(text.data(), end, number, 16);
	if (error != std::errc{} || rest != end || text.size() > max_digits)
		return std::nullopt;
	return number;
}

} // namespace

std::span<const ConfigRegister> config_registers() noexcept
{
	return registers;
}

std::optional<ConfigRegister> find_config_register(std::string_view name)
{
	const auto *found = std::ranges::find_if(registers, [name](const ConfigRegister &reg) {
		return is_name(name, reg.name);
	});
	if (found != registers.end())
		return *found;
	if (const auto id = number_after("ECAP", 4, name))
		return ecap({}, *id);
	if (const auto id = number_after("CAP", 2, name))
		return cap({}, *id);
	return std::nullopt;
}

} // namespace pcipeek
