/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/* The nodes /dev/pcipeek-DDDD-BB-DD.F, one for each granted function. */
#ifndef PCIPEEK_NODE_H
#define PCIPEEK_NODE_H

#include <linux/pci.h>

int pcipeek_node_init(void);
void pcipeek_node_exit(void);

/* Make the node of a granted function. ERR_PTR: -ENOMEM, -ENOSPC and those of the driver core */
struct device *pcipeek_node_create(struct pci_dev *pdev);
/* Files that are open stay as they are: the end of the grant ends them. */
void pcipeek_node_destroy(struct device *node);

#endif
