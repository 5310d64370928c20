/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/* Enabling a function, also one that the kernel could not place all BARs of. */
#ifndef PCIPEEK_ENABLE_H
#define PCIPEEK_ENABLE_H

#include "driver.h"

/* The BARs that have an address, as a mask. */
int pcipeek_enable_assigned(struct pci_dev *pdev);

/*
 * Wake the function up and have it decode the BARs that have an address. The others
 * are named in the kernel's log. -EADDRNOTAVAIL: one of those would answer for
 * somebody else; or both a memory BAR and an I/O BAR have no address, and the kernel
 * enables nothing then.
 */
int pcipeek_enable(struct grant *grant);

/* The opposite. PCI_COMMAND is as before but for bus mastering: it might fire. */
void pcipeek_disable(struct grant *grant);

#endif
