/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_CUT_OFF_HPP
#define PCIPEEK_TESTS_VM_CUT_OFF_HPP

#include <linux/pci_regs.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "attachment.hpp"

namespace vm {

/*
 * Configuration requests find nobody behind this bridge any more, as when boards are
 * pulled out: it does not know that the bus is its own.
 */
class CutOff {
public:
	explicit CutOff(std::string bridge)
		: bridge_(std::move(bridge)), buses_(config_of(bridge_, PCI_PRIMARY_BUS, 3))
	{
		set_config(bridge_, PCI_PRIMARY_BUS, {0, 0, 0});
	}
	void end() const
	{
		set_config(bridge_, PCI_PRIMARY_BUS, buses_);
	}

private:
	const std::string bridge_;
	const std::vector<std::uint8_t> buses_;
};

} // namespace vm

#endif
