// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers
//
// For tests: a driver whose probe fails, and whose resources take a second to be given up.
// The kernel announces the failure before that, and the end of it not at all.

#include <linux/delay.h>
#include <linux/module.h>
#include <linux/pci.h>

static void give_up_slowly(void *data)
{
	msleep(1000);
}

static int probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	int err = devm_add_action(&pdev->dev, give_up_slowly, NULL);

	return err ?: -ENODEV;
}

/* No ids: by driver_override alone. */
static const struct pci_device_id ids[] = { {} };

static struct pci_driver slow_leaver = {
	.name = "slow_leaver",
	.id_table = ids,
	.probe = probe,
};

module_pci_driver(slow_leaver);

MODULE_DESCRIPTION("Leaves a function slowly, for the tests of pcipeek");
MODULE_AUTHOR("The pcipeek developers");
MODULE_LICENSE("GPL");
