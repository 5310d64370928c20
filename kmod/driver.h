/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_DRIVER_H
#define PCIPEEK_DRIVER_H

#include <linux/pci.h>
#include <linux/workqueue.h>

#include "bar.h"

struct pcipeek_device;

/**
 * struct grant - what probe did, for remove to undo and for recovery to restore
 * @pdev: the function; its drvdata is this
 * @device: the record that files attach to
 * @node: its node in /dev
 * @bars: the BARs claimed
 * @command: PCI_COMMAND as it was found
 * @stray: where the BARs without an address decode
 * @saved: configuration space as probe left it: quiet, BARs in place. The copy
 *	in @pdev is used up by the first reset or system sleep.
 * @registers: the BAR registers at that time
 * @watch: looks after a recovery that the kernel does not finish
 */
struct grant {
	struct pci_dev *pdev;
	struct pcipeek_device *device;
	struct device *node;
	int bars;
	u16 command;
	struct resource stray[PCIPEEK_BAR_COUNT];
	struct pci_saved_state *saved;
	u32 registers[PCIPEEK_BAR_COUNT];
	struct delayed_work watch;
};

/* The driver whose binding is the grant. It has no ids of its own. */
extern struct pci_driver pcipeek_driver;

/* Register it, with the ids of the module parameter. */
int pcipeek_driver_register(void);
void pcipeek_driver_unregister(void);

/*
 * No DMA, and no interrupt: nobody handles it, so the kernel would shut a line
 * off for everybody who shares it. Enabling and restoring undo both.
 */
void pcipeek_driver_quiesce(struct pci_dev *pdev);

/* Does it answer configuration reads? */
bool pcipeek_driver_answers(struct pci_dev *pdev);

#endif
