/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * Recovery of a granted function from errors on the bus (AER, DPC, EEH):
 * Documentation/PCI/pci-error-recovery.rst. The kernel holds device_lock around
 * every callback.
 */
#ifndef PCIPEEK_RECOVERY_H
#define PCIPEEK_RECOVERY_H

#include "driver.h"

/* Keep the state of probe, to restore it after an error. -ENOMEM */
int pcipeek_recovery_init(struct grant *grant);

/* Nothing looks after a recovery any more: it is over, or something else begins. */
void pcipeek_recovery_stop(struct grant *grant);

pci_ers_result_t pcipeek_recovery_detected(struct pci_dev *pdev,
					   pci_channel_state_t state);
pci_ers_result_t pcipeek_recovery_slot_reset(struct pci_dev *pdev);
void pcipeek_recovery_resume(struct pci_dev *pdev);

#endif
