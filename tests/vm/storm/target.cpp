// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include "target.hpp"

#include "attachment.hpp"

namespace storm {

const std::vector<Target> &targets()
{
	static const std::vector<Target> all{
		/* edu: its identification; its liveness register */
		{"0000:00:03.0", "rescan", 0, 0, 0x010000ed, 4, false, true},
		/* nvme: its version; the sizes of its admin queues */
		{"0000:01:00.0", "devices/0000:00:09.0/rescan", 0, 8, 0x00010400, 0x24, true,
		 false},
		/* ivshmem: its memory, of which the test sets the first word */
		{"0000:00:05.0", "rescan", 2, 0, 0x5ac0ffee, 0x1000, false, false},
		/* rtl8139, ports: its MAC address; its multicast filter */
		{"0000:00:06.0", "rescan", 0, 0, 0x0c005452, 8, false, false},
	};
	return all;
}

const Target *target_at(std::uint8_t bus, std::uint8_t devfn)
{
	for (const Target &target : targets()) {
		const vm::Place place = vm::place_of(target.address);
		if (place.bus == bus && place.devfn == devfn)
			return &target;
	}
	return nullptr;
}

} // namespace storm
