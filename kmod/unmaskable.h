/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * Functions that have an interrupt pin and cannot mask it: those of PCI 2.2 and
 * older, whose bit in PCI_COMMAND is read-only, and those with a quirk. Nobody
 * handles the interrupts of a granted function, so its users could make the kernel
 * shut a shared line off for its neighbours. They are refused unless root names
 * them in the module parameter "unmaskable_interrupt".
 */
#ifndef PCIPEEK_UNMASKABLE_H
#define PCIPEEK_UNMASKABLE_H

#include <linux/pci.h>

/* Does it have a pin that cannot be masked? */
static inline bool pcipeek_unmaskable(struct pci_dev *pdev)
{
	return pdev->pin && !pci_intx_mask_supported(pdev);
}

/* Has root named it? */
bool pcipeek_unmaskable_allowed(struct pci_dev *pdev);

#endif
