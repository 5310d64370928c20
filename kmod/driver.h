/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_DRIVER_H
#define PCIPEEK_DRIVER_H

#include <linux/pci.h>

/* The driver whose binding is the grant. It has no ids of its own. */
extern struct pci_driver pcipeek_driver;

/* Register it, with the ids of the module parameter. */
int pcipeek_driver_register(void);
void pcipeek_driver_unregister(void);

#endif
