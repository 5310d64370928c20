/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/* What keeps accesses from a function, as its configuration registers tell. */
#ifndef PCIPEEK_OBSTACLE_H
#define PCIPEEK_OBSTACLE_H

#include <linux/pci.h>
#include <linux/pcipeek.h>

/**
 * struct pcipeek_obstacle - what is in the way
 * @why: PCIPEEK_REACH_*
 * @where: the function that says so
 * @found: ADDRESS_LOST, VF_OFF: what the register holds
 * @wanted: ADDRESS_LOST: what it should hold; the windows: the first address
 * @wanted_last: the windows: the last address
 */
struct pcipeek_obstacle {
	u8 why;
	struct pci_dev *where;
	u64 found;
	u64 wanted;
	u64 wanted_last;
};

static inline u8 pcipeek_obstructed(struct pcipeek_obstacle *obstacle, struct pci_dev *where,
				    u8 why)
{
	obstacle->where = where;
	obstacle->why = why;
	return why;
}

/* A read that failed is one that nobody answered, on kernels that say it by a value, too. */
static inline u16 pcipeek_config_word(struct pci_dev *pdev, int where)
{
	u16 word;

	return pci_read_config_word(pdev, where, &word) ? 0xffff : word;
}

static inline u32 pcipeek_config_dword(struct pci_dev *pdev, int where)
{
	u32 dword;

	return pci_read_config_dword(pdev, where, &dword) ? 0xffffffff : dword;
}

/*
 * PMCSR and not pdev->current_state: that is PCI_UNKNOWN on a function that never
 * had a driver. In D3cold every configuration read gives all ones.
 */
static inline u8 pcipeek_ask_power(struct pci_dev *pdev, struct pcipeek_obstacle *obstacle)
{
	u16 pmcsr;

	if (!pdev->pm_cap)
		return PCIPEEK_REACH_OK;
	pmcsr = pcipeek_config_word(pdev, pdev->pm_cap + PCI_PM_CTRL);
	if (pmcsr == 0xffff)
		return pcipeek_obstructed(obstacle, pdev, PCIPEEK_REACH_SILENT);
	if (pmcsr & PCI_PM_CTRL_STATE_MASK)
		return pcipeek_obstructed(obstacle, pdev, PCIPEEK_REACH_ASLEEP);
	return PCIPEEK_REACH_OK;
}

/* "cannot be granted": one line in the log, about BAR @bar of @pdev. */
void pcipeek_obstacle_log(struct pci_dev *pdev, unsigned int bar,
			  const struct pcipeek_obstacle *obstacle);

#endif
