// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "sysfs/modalias.hpp"

#include "format.hpp"

#include <charconv>
#include <string_view>

namespace pcipeek::detail {
namespace {

// Takes one number after the other; once something else stands there, it has failed.
class Scanner {
public:
	explicit Scanner(std::string_view text) : rest_{text}
	{
	}

	// So many hexadecimal digits, behind the label.
	std::uint32_t number(std::string_view label, std::size_t digits)
	{
		std::uint32_t value = 0;
		failed_ = failed_ || !rest_.starts_with(label) ||
			  rest_.size() < label.size() + digits;
		if (failed_)
			return 0;
		const char *first = rest_.data() + label.size();
		const auto [last, error] = std::from_chars(first, first + digits, value, 16);
		failed_ = error != std::errc{} || last != first + digits;
		rest_.remove_prefix(label.size() + digits);
		return value;
	}

	std::uint16_t id(std::string_view label)
	{
		return static_cast<std::uint16_t>(number(label, 8));
	}

	bool failed() const noexcept
	{
		return failed_;
	}

private:
	std::string_view rest_;
	bool failed_ = false;
};

} // namespace

std::string modalias(const Identity &identity)
{
	return formatted("pci:v{:08X}d{:08X}sv{:08X}sd{:08X}bc{:02X}sc{:02X}i{:02X}",
			 identity.vendor_id, identity.device_id, identity.subsystem_vendor_id,
			 identity.subsystem_id, identity.class_code >> 16,
			 identity.class_code >> 8 & 0xff, identity.class_code & 0xff);
}

bool take_modalias(const std::string &text, Identity &identity)
{
	Scanner scanner{text};
	Identity found = identity;
	found.vendor_id = scanner.id("pci:v");
	found.device_id = scanner.id("d");
	found.subsystem_vendor_id = scanner.id("sv");
	found.subsystem_id = scanner.id("sd");
	found.class_code = scanner.number("bc", 2) << 16;
	found.class_code |= scanner.number("sc", 2) << 8;
	found.class_code |= scanner.number("i", 2);
	if (scanner.failed())
		return false;
	identity = found;
	return true;
}

} // namespace pcipeek::detail
