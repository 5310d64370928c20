// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers
/*
 * One character device serves every board's node, and opening a node is an ATTACH by the
 * address that its minor number stands for. So nothing here is tied to a grant but the
 * entry in sysfs and /dev: a node that outlives its grant, or that somebody made by hand,
 * leads to a function that is not granted.
 *
 * A minor number keeps its address until the module is unloaded. Containers and device
 * cgroups know a node by its number; reusing it would give them somebody else's board.
 */
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#include "file.h"
#include "node.h"
#include "registry.h"
#include "rights.h"
#include "validate.h"

#define MINORS (MINORMASK + 1)

/**
 * struct address - the address that a minor number stands for
 * @list: in @addresses, the newest first
 * @minor: the number
 * @domain: the PCI domain
 * @bus: the PCI bus
 * @devfn: device and function
 */
struct address {
	struct list_head list;
	unsigned int minor;
	u32 domain;
	u8 bus;
	u8 devfn;
};

static struct class node_class = { .name = "pcipeek" };
static struct cdev *node_cdev;
static dev_t first_number;

/* Guards the list. */
static DEFINE_MUTEX(addresses_lock);
static LIST_HEAD(addresses);
static unsigned int next_minor;

static struct address *find_address(const struct pci_dev *pdev)
{
	struct address *address;

	list_for_each_entry(address, &addresses, list) {
		if (address->domain == pci_domain_nr(pdev->bus) &&
		    address->bus == pdev->bus->number &&
		    address->devfn == pdev->devfn)
			return address;
	}
	return NULL;
}

static struct address *add_address(const struct pci_dev *pdev)
{
	struct address *address;

	if (next_minor == MINORS)
		return ERR_PTR(-ENOSPC);
	address = kzalloc(sizeof(*address), GFP_KERNEL);
	if (!address)
		return ERR_PTR(-ENOMEM);
	address->minor = next_minor++;
	address->domain = pci_domain_nr(pdev->bus);
	address->bus = pdev->bus->number;
	address->devfn = pdev->devfn;
	list_add(&address->list, &addresses);
	return address;
}

/* Entries are neither changed nor removed before the exit. */
static const struct address *obtain_address(const struct pci_dev *pdev)
{
	struct address *address;

	mutex_lock(&addresses_lock);
	address = find_address(pdev);
	if (!address)
		address = add_address(pdev);
	mutex_unlock(&addresses_lock);
	return address;
}

static const struct address *address_of_minor(unsigned int minor)
{
	const struct address *address, *found = NULL;

	mutex_lock(&addresses_lock);
	list_for_each_entry(address, &addresses, list) {
		if (address->minor == minor)
			found = address;
	}
	mutex_unlock(&addresses_lock);
	return found;
}

/*
 * What the open mode and lockdown allow. A reader that may not map is still a reader.
 * O_EXCL means what it means for block devices.
 */
static void fill_attach(struct pcipeek_attach *want, const struct file *filp,
			const struct address *address)
{
	want->domain = address->domain;
	want->bus = address->bus;
	want->devfn = address->devfn;
	want->rights = PCIPEEK_RIGHT_ALL_BARS;
	if (!pcipeek_rights_lockdown())
		want->rights |= PCIPEEK_RIGHT_MMAP;
	if (filp->f_mode & FMODE_WRITE)
		want->rights |= PCIPEEK_RIGHT_WRITE;
	if (filp->f_flags & O_EXCL)
		want->flags |= PCIPEEK_ATTACH_EXCLUSIVE;
}

static int node_attach(struct file *filp, const struct address *address)
{
	struct pcipeek_attach want = {};
	int err;

	fill_attach(&want, filp, address);
	err = pcipeek_check_attach(&want);
	if (!err)
		err = pcipeek_rights_attach(filp, &want);
	if (err)
		return err;
	err = pcipeek_registry_attach(filp->private_data, &want);
	/* not granted: then this is the node of nothing, whoever has the function */
	return err == -EPERM || err == -EBUSY ? -ENODEV : err;
}

/*
 * From here on the file is one of /dev/pcipeek that is attached already. The reference to
 * the module that came with the node's operations stays.
 */
static int node_open(struct inode *inode, struct file *filp)
{
	const struct address *address = address_of_minor(iminor(inode));
	int err;

	if (!address)
		return -ENODEV;
	filp->f_op = &pcipeek_file_operations;
	err = pcipeek_file_operations.open(inode, filp);
	if (err)
		return err;
	err = node_attach(filp, address);
	if (err)
		pcipeek_file_operations.release(inode, filp);
	return err;
}

static const struct file_operations node_operations = {
	.owner = THIS_MODULE,
	.open = node_open,
};

struct device *pcipeek_node_create(struct pci_dev *pdev)
{
	const struct address *address = obtain_address(pdev);

	if (IS_ERR(address))
		return ERR_CAST(address);
	/* no colon: container tools split their arguments there */
	return device_create(&node_class, &pdev->dev,
			     MKDEV(MAJOR(first_number), address->minor), NULL,
			     "pcipeek-%04x-%02x-%02x.%x", address->domain,
			     address->bus, PCI_SLOT(address->devfn),
			     PCI_FUNC(address->devfn));
}

void pcipeek_node_destroy(struct device *node)
{
	device_unregister(node);
}

/* Allocated, since an inode may hold on to it for a moment after the exit. */
static int __init add_cdev(void)
{
	int err;

	node_cdev = cdev_alloc();
	if (!node_cdev)
		return -ENOMEM;
	node_cdev->owner = THIS_MODULE;
	node_cdev->ops = &node_operations;
	err = cdev_add(node_cdev, first_number, MINORS);
	if (err)
		kobject_put(&node_cdev->kobj);
	return err;
}

int __init pcipeek_node_init(void)
{
	int err;

	err = class_register(&node_class);
	if (err)
		return err;
	err = alloc_chrdev_region(&first_number, 0, MINORS, "pcipeek");
	if (err)
		goto unregister_class;
	err = add_cdev();
	if (err)
		goto unregister_region;
	return 0;

unregister_region:
	unregister_chrdev_region(first_number, MINORS);
unregister_class:
	class_unregister(&node_class);
	return err;
}

void pcipeek_node_exit(void)
{
	struct address *address, *next;

	cdev_del(node_cdev);
	unregister_chrdev_region(first_number, MINORS);
	class_unregister(&node_class);
	list_for_each_entry_safe(address, next, &addresses, list)
		kfree(address);
}
