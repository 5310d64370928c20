// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers
//
// For tests: a BAR gets another address, as when sysfs resizes it (resource*_resize),
// for which the devices of the virtual machine have no capability. In the same steps, and
// as there only of a function without a driver:
//
//	echo 0000:00:03.0 0 > /sys/module/bar_mover/parameters/move
//
// With "hold" instead of "move" it loses its place for as long as pause_ms says and comes
// back to it, as a BAR does whose bridge is granted another attachment.

#include <linux/delay.h>
#include <linux/ioport.h>
#include <linux/module.h>
#include <linux/pci.h>

static unsigned int pause_ms;
module_param(pause_ms, uint, 0644);
MODULE_PARM_DESC(pause_ms, "how long a BAR is nowhere");

/* Where it was stays taken, so that it goes somewhere else. */
static int move(struct pci_dev *pdev, int bar)
{
	resource_size_t start = pci_resource_start(pdev, bar);
	resource_size_t length = pci_resource_len(pdev, bar);
	struct resource *taken;
	int err;

	pci_release_resource(pdev, bar);
	msleep(pause_ms);
	taken = request_mem_region(start, length, KBUILD_MODNAME);
	err = pci_assign_resource(pdev, bar);
	if (taken)
		release_mem_region(start, length);
	if (!err && pci_resource_start(pdev, bar) == start)
		err = -ENOSPC;
	return err;
}

static int move_without_driver(struct pci_dev *pdev, int bar)
{
	u16 command;
	int err;

	if (pdev->dev.driver)
		return -EBUSY;
	if (!(pci_resource_flags(pdev, bar) & IORESOURCE_MEM))
		return -ENXIO;
	pci_read_config_word(pdev, PCI_COMMAND, &command);
	pci_write_config_word(pdev, PCI_COMMAND, command & ~PCI_COMMAND_MEMORY);
	err = move(pdev, bar);
	pci_write_config_word(pdev, PCI_COMMAND, command);
	return err;
}

static int hold(struct pci_dev *pdev, int bar)
{
	int err = release_resource(&pdev->resource[bar]);

	if (err)
		return err;
	msleep(pause_ms);
	return pci_claim_resource(pdev, bar);
}

static int change(const char *text, int (*step)(struct pci_dev *pdev, int bar))
{
	unsigned int domain, bus, device, function, bar;
	struct pci_dev *pdev;
	int err;

	if (sscanf(text, "%x:%x:%x.%x %u", &domain, &bus, &device, &function, &bar) != 5 ||
	    bar >= PCI_STD_NUM_BARS)
		return -EINVAL;
	pdev = pci_get_domain_bus_and_slot(domain, bus, PCI_DEVFN(device, function));
	if (!pdev)
		return -ENODEV;
	pci_lock_rescan_remove();
	device_lock(&pdev->dev);
	err = step(pdev, bar);
	device_unlock(&pdev->dev);
	pci_unlock_rescan_remove();
	pci_dev_put(pdev);
	return err;
}

static int set_move(const char *text, const struct kernel_param *param)
{
	return change(text, move_without_driver);
}

static int set_hold(const char *text, const struct kernel_param *param)
{
	return change(text, hold);
}

static const struct kernel_param_ops move_ops = {
	.set = set_move,
};

module_param_cb(move, &move_ops, NULL, 0200);
MODULE_PARM_DESC(move, "domain:bus:device.function BAR: gets another address");

static const struct kernel_param_ops hold_ops = {
	.set = set_hold,
};

module_param_cb(hold, &hold_ops, NULL, 0200);
MODULE_PARM_DESC(hold, "domain:bus:device.function BAR: has no place for pause_ms");

MODULE_DESCRIPTION("Moves a BAR, for the tests of pcipeek");
MODULE_AUTHOR("The pcipeek developers");
MODULE_LICENSE("GPL");
