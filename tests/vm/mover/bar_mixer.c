// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers
//
// For tests: maps the first page of a BAR write-combining and its second page uncached, as
// a driver may, until another one is named or the module goes:
//
//	echo 0000:00:05.0 2 > /sys/module/bar_mixer/parameters/mix

#include <linux/io.h>
#include <linux/module.h>
#include <linux/pci.h>

static void __iomem *first, *second;

static void unmap(void)
{
	if (first)
		iounmap(first);
	if (second)
		iounmap(second);
	first = NULL;
	second = NULL;
}

static int map(struct pci_dev *pdev, int bar)
{
	resource_size_t start = pci_resource_start(pdev, bar);

	if (!(pci_resource_flags(pdev, bar) & IORESOURCE_MEM) ||
	    pci_resource_len(pdev, bar) < 2 * PAGE_SIZE)
		return -ENXIO;
	first = ioremap_wc(start, PAGE_SIZE);
	second = ioremap(start + PAGE_SIZE, PAGE_SIZE);
	if (first && second)
		return 0;
	unmap();
	return -ENOMEM;
}

static int set_mix(const char *text, const struct kernel_param *param)
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
	unmap();
	err = map(pdev, bar);
	pci_dev_put(pdev);
	return err;
}

static const struct kernel_param_ops mix_ops = {
	.set = set_mix,
};

module_param_cb(mix, &mix_ops, NULL, 0200);
MODULE_PARM_DESC(mix, "domain:bus:device.function BAR: is mapped in two memory types");

static int __init bar_mixer_init(void)
{
	return 0;
}

static void __exit bar_mixer_exit(void)
{
	unmap();
}

module_init(bar_mixer_init);
module_exit(bar_mixer_exit);

MODULE_DESCRIPTION("Maps a BAR in two memory types, for the tests of pcipeek");
MODULE_AUTHOR("The pcipeek developers");
MODULE_LICENSE("GPL");
