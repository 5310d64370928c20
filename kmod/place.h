/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * Where the BARs of a foreign function are. The kernel places and moves them, under locks
 * that are not for us.
 */
#ifndef PCIPEEK_PLACE_H
#define PCIPEEK_PLACE_H

#include "device.h"

/* Is the kernel about to give the function's BARs their places? */
bool pcipeek_place_changing(struct pci_dev *pdev);
/* PCIPEEK_END_* if a foreign function's driver is another one by now. */
u32 pcipeek_place_driver_end(const struct pcipeek_device *device);
/*
 * Is a foreign function's BAR where it was, beside the driver that it had? -ENODEV: no,
 * and it will not be again; -EAGAIN: the kernel is placing it. True for this moment:
 * ask without being preempted before the access.
 */
int pcipeek_place_check(struct pcipeek_device *device,
			const struct pcipeek_bar *bar);

#endif
