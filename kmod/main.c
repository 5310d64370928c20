// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers
/*
 * pcipeek: the registers behind a PCI device's BARs, through /dev/pcipeek and the boards'
 * own nodes.
 * <linux/pcipeek.h> is the contract and its manual.
 */
#include <linux/miscdevice.h>
#include <linux/module.h>

#include "driver.h"
#include "events.h"
#include "file.h"
#include "map.h"
#include "node.h"

/* The mode is for a machine without the udev rule. */
static struct miscdevice node = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "pcipeek",
	.fops = &pcipeek_file_operations,
	.mode = 0600,
};

/* The node comes last and goes first: who can open it finds all of it there. */
static int __init pcipeek_init(void)
{
	int err;

	err = pcipeek_map_init();
	if (err)
		return err;
	err = pcipeek_events_watch();
	if (err)
		goto map_exit;
	err = pcipeek_node_init();
	if (err)
		goto unwatch;
	err = pcipeek_driver_register();
	if (err)
		goto node_exit;
	err = misc_register(&node);
	if (err)
		goto unregister_driver;
	return 0;

unregister_driver:
	pcipeek_driver_unregister();
node_exit:
	pcipeek_node_exit();
unwatch:
	pcipeek_events_unwatch();
map_exit:
	pcipeek_map_exit();
	return err;
}

static void __exit pcipeek_exit(void)
{
	misc_deregister(&node);
	pcipeek_driver_unregister();
	pcipeek_node_exit();
	pcipeek_events_unwatch();
	pcipeek_map_exit();
}

module_init(pcipeek_init);
module_exit(pcipeek_exit);

MODULE_DESCRIPTION("Peek and poke the registers behind a PCI device's BARs");
MODULE_AUTHOR("The pcipeek developers");
MODULE_LICENSE("GPL");
MODULE_VERSION("0.1.0");
