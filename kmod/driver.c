// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers
/*
 * The pci_driver "pcipeek". A function is granted by binding it here, for example:
 *
 * # echo pcipeek > /sys/bus/pci/devices/0000:05:0d.0/driver_override
 * # echo 0000:05:0d.0 > /sys/bus/pci/drivers/pcipeek/bind
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/moduleparam.h>
#include <linux/pm.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "driver.h"
#include "enable.h"
#include "function.h"
#include "node.h"
#include "recovery.h"
#include "registry.h"
#include "unmaskable.h"

static char *ids;
module_param(ids, charp, 0444);
MODULE_PARM_DESC(ids,
		 "Functions to take at load: vendor:device[:subvendor[:subdevice[:class[:class_mask]]]][,...] in hex");

bool pcipeek_driver_answers(struct pci_dev *pdev)
{
	return pcipeek_config_word(pdev, PCI_COMMAND) != 0xffff;
}

/* What is not there; what must not lose bus mastering, or has no registers to offer. */
static const char *driver_unfit(struct pci_dev *pdev)
{
	if (!pcipeek_driver_answers(pdev))
		return "it does not answer";
	if (pdev->hdr_type != PCI_HEADER_TYPE_NORMAL ||
	    pdev->class >> 16 == PCI_BASE_CLASS_BRIDGE)
		return "a bridge serves what is behind it";
	if (pdev->class >> 8 == 0x0806)
		return "an IOMMU serves other devices";
	if (pci_num_vf(pdev))
		return "its virtual functions are enabled";
	if (!pcipeek_enable_assigned(pdev))
		return "it has no BAR with an address";
	return NULL;
}

void pcipeek_driver_quiesce(struct pci_dev *pdev)
{
	pci_clear_master(pdev);
	pci_intx(pdev, 0);
}

/* The state that recovery restores is the quiet one. */
static int driver_settle(struct grant *grant)
{
	int err;

	pcipeek_driver_quiesce(grant->pdev);
	err = pci_save_state(grant->pdev);
	return err ?: pcipeek_recovery_init(grant);
}

static int driver_claim(struct pci_dev *pdev, struct grant *grant)
{
	int err;

	err = pcipeek_enable(grant);
	if (err)
		return err;
	grant->bars = pcipeek_enable_assigned(pdev);
	err = pci_request_selected_regions_exclusive(pdev, grant->bars,
						     "pcipeek");
	if (err)
		goto disable;
	err = driver_settle(grant);
	if (err)
		goto release;
	return 0;

release:
	pci_release_selected_regions(pdev, grant->bars);
disable:
	pcipeek_disable(grant);
	return err;
}

static void driver_disclaim(struct pci_dev *pdev, struct grant *grant)
{
	pcipeek_driver_quiesce(pdev);
	pci_release_selected_regions(pdev, grant->bars);
	pcipeek_disable(grant);
}

/* -EOPNOTSUPP tells pcipeek bind this reason from all others. */
static int check_interrupt(struct pci_dev *pdev)
{
	if (!pcipeek_unmaskable(pdev) || pcipeek_unmaskable_allowed(pdev))
		return 0;
	pci_err(pdev,
		"cannot be granted to pcipeek: its interrupt cannot be masked; see the parameter unmaskable_interrupt\n");
	return -EOPNOTSUPP;
}

/* Once it is enabled: only then the number of its line is known. */
static void warn_of_interrupt(struct pci_dev *pdev)
{
	if (pcipeek_unmaskable(pdev))
		pci_warn(pdev,
			 "its interrupt cannot be masked: its users can make the kernel disable IRQ %u for every device on that line\n",
			 pdev->irq);
}

/* The record, and then the node, so that whoever can open it finds the record. */
static int driver_offer(struct grant *grant)
{
	grant->device = pcipeek_registry_grant(grant->pdev);
	if (IS_ERR(grant->device))
		return PTR_ERR(grant->device);
	grant->node = pcipeek_node_create(grant->pdev);
	if (!IS_ERR(grant->node))
		return 0;
	pcipeek_registry_revoke(grant->device);
	return PTR_ERR(grant->node);
}

static int pcipeek_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	const char *why = driver_unfit(pdev);
	struct grant *grant;
	int err;

	if (why) {
		pci_err(pdev, "cannot be granted to pcipeek: %s\n", why);
		return -EINVAL;
	}
	err = check_interrupt(pdev);
	if (err)
		return err;
	grant = kzalloc(sizeof(*grant), GFP_KERNEL);
	if (!grant)
		return -ENOMEM;
	grant->pdev = pdev;
	err = driver_claim(pdev, grant);
	if (err)
		goto free;
	err = driver_offer(grant);
	if (err)
		goto disclaim;
	pci_set_drvdata(pdev, grant);
	warn_of_interrupt(pdev);
	return 0;

disclaim:
	driver_disclaim(pdev, grant);
free:
	kfree(grant->saved);
	kfree(grant);
	return err;
}

static void pcipeek_remove(struct pci_dev *pdev)
{
	struct grant *grant = pci_get_drvdata(pdev);

	pcipeek_recovery_stop(grant);
	pcipeek_node_destroy(grant->node);
	pcipeek_registry_revoke(grant->device);
	driver_disclaim(pdev, grant);
	kfree(grant->saved);
	kfree(grant);
}

static void pcipeek_reset_prepare(struct pci_dev *pdev)
{
	struct grant *grant = pci_get_drvdata(pdev);

	pcipeek_recovery_stop(grant);
	pcipeek_device_pause(grant->device);
}

/*
 * The kernel saves before a reset and restores after it; of a board that had lost its
 * addresses before, it saved the loss.
 */
static void restore_addresses(struct pci_dev *pdev, struct grant *grant)
{
	if (pcipeek_function_holds_addresses(grant->device))
		return;
	if (!pci_load_saved_state(pdev, grant->saved))
		pci_restore_state(pdev);
}

static void pcipeek_reset_done(struct pci_dev *pdev)
{
	struct grant *grant = pci_get_drvdata(pdev);

	restore_addresses(pdev, grant);
	pci_intx(pdev, 0);
	pcipeek_device_resume(grant->device);
}

static const struct pci_error_handlers error_handlers = {
	.error_detected = pcipeek_recovery_detected,
	.slot_reset = pcipeek_recovery_slot_reset,
	.reset_prepare = pcipeek_reset_prepare,
	.reset_done = pcipeek_reset_done,
	.resume = pcipeek_recovery_resume,
};

static int __maybe_unused pcipeek_system_suspend(struct device *dev)
{
	pcipeek_reset_prepare(to_pci_dev(dev));
	return 0;
}

static int __maybe_unused pcipeek_system_resume(struct device *dev)
{
	pcipeek_reset_done(to_pci_dev(dev));
	return 0;
}

static SIMPLE_DEV_PM_OPS(pm_ops, pcipeek_system_suspend, pcipeek_system_resume);

struct pci_driver pcipeek_driver = {
	.name = "pcipeek",
	.probe = pcipeek_probe,
	.remove = pcipeek_remove,
	.err_handler = &error_handlers,
	.driver.pm = &pm_ops,
};

/* vendor:device[:subvendor[:subdevice[:class[:class_mask]]]], in hex */
static int driver_add_id(char *text)
{
	unsigned int field[6] = { 0, 0, PCI_ANY_ID, PCI_ANY_ID, 0, 0 };
	unsigned int count = 0;
	char *word;

	while ((word = strsep(&text, ":"))) {
		if (count == ARRAY_SIZE(field) ||
		    kstrtouint(word, 16, &field[count]))
			return -EINVAL;
		count++;
	}
	if (count < 2 || field[0] > 0xffff || field[1] > 0xffff)
		return -EINVAL;
	return pci_add_dynid(&pcipeek_driver, field[0], field[1], field[2],
			     field[3], field[4], field[5], 0);
}

static int driver_add_ids(void)
{
	char *copy = kstrdup(ids ?: "", GFP_KERNEL);
	char *rest = copy, *word;
	int err = 0;

	if (!copy)
		return -ENOMEM;
	while (!err && (word = strsep(&rest, ","))) {
		char shown[48];

		if (!*word)
			continue;
		strscpy(shown, word, sizeof(shown));
		err = driver_add_id(word);
		if (err)
			pr_err("ids=: \"%s\" is not vendor:device[:subvendor[:subdevice[:class[:class_mask]]]] in hex\n",
			       shown);
	}
	kfree(copy);
	return err;
}

int pcipeek_driver_register(void)
{
	int err = pci_register_driver(&pcipeek_driver);

	if (err)
		return err;
	err = driver_add_ids();
	if (err)
		pci_unregister_driver(&pcipeek_driver);
	return err;
}

void pcipeek_driver_unregister(void)
{
	pci_unregister_driver(&pcipeek_driver);
}
