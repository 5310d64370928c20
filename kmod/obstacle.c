// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include "obstacle.h"

void pcipeek_obstacle_log(struct pci_dev *pdev, unsigned int bar,
			  const struct pcipeek_obstacle *obstacle)
{
	static const char *const reasons[] = {
		[PCIPEEK_REACH_SILENT] = "does not answer",
		[PCIPEEK_REACH_ASLEEP] = "is asleep",
		[PCIPEEK_REACH_DECODE_OFF] = "does not decode it",
		[PCIPEEK_REACH_VF_OFF] = "has the memory of its virtual functions off",
		[PCIPEEK_REACH_BUSES_LOST] = "lost its bus numbers",
		[PCIPEEK_REACH_IO_WINDOW] = "does not forward it: see its I/O window",
		[PCIPEEK_REACH_MEMORY_WINDOW] = "does not forward it: see its memory window",
		[PCIPEEK_REACH_PREF_WINDOW] = "does not forward it: see its prefetchable window",
	};

	if (obstacle->why == PCIPEEK_REACH_ADDRESS_LOST)
		pci_err(pdev,
			"cannot be granted to pcipeek: the register of BAR %u in %s holds %#llx, and the kernel assigned %#llx; remove the device and rescan the bus\n",
			bar, pci_name(obstacle->where), obstacle->found, obstacle->wanted);
	else
		pci_err(pdev, "cannot be granted to pcipeek: no access would reach BAR %u: %s %s\n",
			bar, pci_name(obstacle->where), reasons[obstacle->why]);
}
