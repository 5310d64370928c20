// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers
/* An open file of /dev/pcipeek, or of a board's own node. */
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/slab.h>

#include "command.h"
#include "file.h"
#include "map.h"
#include "peek.h"
#include "registry.h"

static int pcipeek_open(struct inode *inode, struct file *filp)
{
	struct pcipeek_file *file = kzalloc(sizeof(*file), GFP_KERNEL_ACCOUNT);

	if (!file)
		return -ENOMEM;
	mutex_init(&file->lock);
	filp->private_data = file;
	/* here and not later: mmap() may come as soon as pcipeek_open() has returned */
	filp->f_mapping = pcipeek_map_space();
	return 0;
}

static int pcipeek_release(struct inode *inode, struct file *filp)
{
	struct pcipeek_file *file = filp->private_data;

	if (file->device) {
		pcipeek_bar_release(file->device, file);
		pcipeek_registry_detach(file);
	}
	mutex_destroy(&file->lock);
	kvfree(file->scratch);
	kfree(file);
	return 0;
}

static long pcipeek_ioctl(struct file *filp, unsigned int cmd, unsigned long arg)
{
	void __user *user = (void __user *)arg;

	switch (cmd) {
	case PCIPEEK_IOC_READ:
		return pcipeek_peek(filp, user);
	case PCIPEEK_IOC_WRITE:
		return pcipeek_poke(filp, user);
	default:
		return pcipeek_command(filp, cmd, user);
	}
}

static __poll_t pcipeek_poll(struct file *filp, poll_table *table)
{
	struct pcipeek_file *file = filp->private_data;
	struct pcipeek_device *device = pcipeek_file_device(file);
	__poll_t events = 0;

	if (!device)
		return EPOLLERR;
	poll_wait(filp, &device->events, table);
	pcipeek_registry_look_for_end(device);
	if (pcipeek_device_ended(device))
		events |= EPOLLHUP;
	if (READ_ONCE(device->generation) != READ_ONCE(file->seen))
		events |= EPOLLPRI;
	return events;
}

const struct file_operations pcipeek_file_operations = {
	.owner = THIS_MODULE,
	.open = pcipeek_open,
	.release = pcipeek_release,
	.unlocked_ioctl = pcipeek_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
	.mmap = pcipeek_map_mmap,
	.poll = pcipeek_poll,
};
