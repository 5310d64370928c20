// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/pcipeek.hpp>

#include <linux/pcipeek.h>

#include <iostream>

// Lists what there is; works on any machine, also on one without PCI.
int main()
{
	for (const pcipeek::Device &device : pcipeek::lspci())
		std::cout << to_string(device.address()) << ' ' << device.bars().size()
			  << " BARs\n";
}
