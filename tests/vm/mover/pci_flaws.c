// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers
//
// For tests: flaws that the devices of the virtual machine do not have. Of a function
// without a driver:
//
//	cd /sys/module/pci_flaws/parameters
//	echo 0000:00:03.0 0 > unassign     BAR 0 has no address any more
//	echo 0000:00:03.0 0 > assign       it gets one again
//	echo 0000:00:03.0 1 > unmaskable   its INTx cannot be masked; 0: it can

#include <linux/module.h>
#include <linux/pci.h>

/* As drivers do that resize a BAR; the register keeps the old address. */
static int unassign(struct pci_dev *pdev, unsigned int bar)
{
	if (bar >= PCI_STD_NUM_BARS || !pci_resource_len(pdev, bar))
		return -ENXIO;
	pci_release_resource(pdev, bar);
	return 0;
}

static int assign(struct pci_dev *pdev, unsigned int bar)
{
	if (bar >= PCI_STD_NUM_BARS)
		return -ENXIO;
	return pci_assign_resource(pdev, bar);
}

/* What the kernel finds of functions of PCI 2.2, whose mask bit is read-only. */
static int unmaskable(struct pci_dev *pdev, unsigned int value)
{
	pdev->broken_intx_masking = value;
	return 0;
}

static int apply(const char *text, int (*flaw)(struct pci_dev *pdev, unsigned int number))
{
	unsigned int domain, bus, device, function, number;
	struct pci_dev *pdev;
	int err = -EBUSY;

	if (sscanf(text, "%x:%x:%x.%x %u", &domain, &bus, &device, &function, &number) != 5)
		return -EINVAL;
	pdev = pci_get_domain_bus_and_slot(domain, bus, PCI_DEVFN(device, function));
	if (!pdev)
		return -ENODEV;
	pci_lock_rescan_remove();
	device_lock(&pdev->dev);
	if (!pdev->dev.driver)
		err = flaw(pdev, number);
	device_unlock(&pdev->dev);
	pci_unlock_rescan_remove();
	pci_dev_put(pdev);
	return err;
}

static int set(const char *text, const struct kernel_param *param)
{
	return apply(text, param->arg);
}

static const struct kernel_param_ops flaw_ops = {
	.set = set,
};

module_param_cb(unassign, &flaw_ops, unassign, 0200);
MODULE_PARM_DESC(unassign, "domain:bus:device.function BAR: loses its address");
module_param_cb(assign, &flaw_ops, assign, 0200);
MODULE_PARM_DESC(assign, "domain:bus:device.function BAR: gets an address");
module_param_cb(unmaskable, &flaw_ops, unmaskable, 0200);
MODULE_PARM_DESC(unmaskable, "domain:bus:device.function 0|1: its INTx cannot be masked");

MODULE_DESCRIPTION("Gives flaws to functions, for the tests of pcipeek");
MODULE_AUTHOR("The pcipeek developers");
MODULE_LICENSE("GPL");
