// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include <linux/slab.h>

#include "function.h"
#include "guard.h"
#include "map.h"
#include "master.h"
#include "obstacle.h"
#include "unmaskable.h"

static void device_identify(struct pcipeek_device_info *identity, struct pci_dev *pdev)
{
	identity->domain = pci_domain_nr(pdev->bus);
	identity->bus = pdev->bus->number;
	identity->devfn = pdev->devfn;
	identity->vendor_id = pdev->vendor;
	identity->device_id = pdev->device;
	identity->subsystem_vendor_id = pdev->subsystem_vendor;
	identity->subsystem_id = pdev->subsystem_device;
	identity->class_code = pdev->class;
	identity->revision_id = pdev->revision;
}

struct pcipeek_device *pcipeek_device_make(void)
{
	struct pcipeek_device *device;
	int err;

	device = kzalloc(sizeof(*device), GFP_KERNEL_ACCOUNT);
	if (!device)
		return ERR_PTR(-ENOMEM);
	err = percpu_init_rwsem(&device->guard);
	if (err) {
		kfree(device);
		return ERR_PTR(err);
	}
	kref_init(&device->ref);
	mutex_init(&device->map_lock);
	pcipeek_batch_lock_init(&device->batch_lock);
	init_waitqueue_head(&device->events);
	device->generation = 1;
	device->unlocked = jiffies - 1;
	return device;
}

void pcipeek_device_describe(struct pcipeek_device *device,
			     struct pci_dev *pdev, bool granted)
{
	device->granted = granted;
	device->unmaskable = pcipeek_unmaskable(pdev);
	device->pdev = pci_dev_get(pdev);
	device_identify(&device->identity, pdev);
	pcipeek_bar_table(device, pdev);
	pcipeek_reach_init(device);
	pcipeek_guard_forget(device);
}

static void device_free_record(struct kref *ref)
{
	struct pcipeek_device *device =
		container_of(ref, struct pcipeek_device, ref);

	percpu_free_rwsem(&device->guard);
	kfree(device);
}

void pcipeek_device_put(struct pcipeek_device *device)
{
	kref_put(&device->ref, device_free_record);
}

void pcipeek_device_end(struct pcipeek_device *device)
{
	percpu_down_write(&device->guard);
	WRITE_ONCE(device->state, PCIPEEK_ENDED);
	pcipeek_map_revoke(device);
	percpu_up_write(&device->guard);
	wake_up_all(&device->events);
	pcipeek_bar_unmap(device);
	pci_dev_put(device->pdev);
}

static void interrupt_use(struct pcipeek_device *device,
			  enum pcipeek_state state)
{
	percpu_down_write(&device->guard);
	if (device->state != PCIPEEK_ENDED) {
		WRITE_ONCE(device->state, state);
		pcipeek_map_revoke(device);
		if (state == PCIPEEK_LOST)
			pcipeek_master_restore(device);
	}
	percpu_up_write(&device->guard);
}

void pcipeek_device_pause(struct pcipeek_device *device)
{
	interrupt_use(device, PCIPEEK_RESET);
}

void pcipeek_device_lose(struct pcipeek_device *device)
{
	interrupt_use(device, PCIPEEK_LOST);
}

void pcipeek_device_resume(struct pcipeek_device *device)
{
	percpu_down_write(&device->guard);
	if (device->state == PCIPEEK_RESET || device->state == PCIPEEK_LOST) {
		WRITE_ONCE(device->state, PCIPEEK_LIVE);
		WRITE_ONCE(device->generation, device->generation + 1);
		pcipeek_guard_forget(device);
	}
	pcipeek_master_restore(device);
	percpu_up_write(&device->guard);
	wake_up_all(&device->events);
}

/* What a virtual function's own word says of decoding memory is nothing. */
static bool decodes_memory(struct pcipeek_device *device, u16 command)
{
	if (device->physfn)
		return pcipeek_function_vf_decodes(device);
	return device->pdev->no_command_memory || command & PCI_COMMAND_MEMORY;
}

static u32 command_state(struct pcipeek_device *device, u16 command)
{
	u32 state = 0;

	if (decodes_memory(device, command))
		state |= PCIPEEK_STATE_MEMORY_DECODE;
	if (command & PCI_COMMAND_IO)
		state |= PCIPEEK_STATE_IO_DECODE;
	if (command & PCI_COMMAND_MASTER)
		state |= PCIPEEK_STATE_BUS_MASTER;
	return state;
}

/* Of a live function, inside the guard. */
static void ask_state(struct pcipeek_device *device,
		      struct pcipeek_device_info *info)
{
	struct pci_dev *pdev = device->pdev;
	u16 command = 0xffff;
	u16 pmcsr = 0;

	pci_read_config_word(pdev, PCI_COMMAND, &command);
	if (pcipeek_guard_offline(pdev) || command == 0xffff) {
		info->state |= PCIPEEK_STATE_OFFLINE;
		return;
	}
	info->state |= command_state(device, command);
	if (pdev->pm_cap)
		pci_read_config_word(pdev, pdev->pm_cap + PCI_PM_CTRL, &pmcsr);
	info->power_state = pmcsr & PCI_PM_CTRL_STATE_MASK;
}

static void device_fill_state(struct pcipeek_device *device, struct pcipeek_device_info *info)
{
	static const u32 bits[] = {
		[PCIPEEK_LIVE] = PCIPEEK_STATE_LIVE,
		[PCIPEEK_RESET] = PCIPEEK_STATE_RESET,
		[PCIPEEK_LOST] = PCIPEEK_STATE_OFFLINE,
		[PCIPEEK_ENDED] = PCIPEEK_STATE_ENDED,
	};

	percpu_down_read(&device->guard);
	info->state |= bits[device->state];
	info->generation = device->generation;
	if (device->state == PCIPEEK_LIVE)
		ask_state(device, info);
	else if (device->state == PCIPEEK_RESET &&
		 pcipeek_guard_offline(device->pdev))
		info->state |= PCIPEEK_STATE_OFFLINE;
	percpu_up_read(&device->guard);
}

/* Of this moment: in a reset and after the end there is no answer. */
static u8 ask_reach(struct pcipeek_device *device, const struct pcipeek_bar *bar,
		    struct pcipeek_obstacle *obstacle)
{
	obstacle->where = device->pdev;
	if (device->state == PCIPEEK_ENDED)
		return PCIPEEK_REACH_UNKNOWN;
	if (pcipeek_guard_offline(device->pdev))
		return PCIPEEK_REACH_SILENT;
	if (pcipeek_guard_present(device))
		return PCIPEEK_REACH_UNKNOWN;
	if (pcipeek_guard_moved(device, bar))
		return PCIPEEK_REACH_UNKNOWN;
	return pcipeek_reach_ask(device, bar, obstacle);
}

/* Inside the guard, where @where is there. */
static void device_tell(const struct pcipeek_obstacle *obstacle, struct pcipeek_bar_info *info)
{
	info->reach_bus = obstacle->where->bus->number;
	info->reach_devfn = obstacle->where->devfn;
	info->wanted = obstacle->wanted;
	info->wanted_last = obstacle->wanted_last;
	if (info->reach == PCIPEEK_REACH_ADDRESS_LOST ||
	    info->reach == PCIPEEK_REACH_VF_OFF)
		info->found = obstacle->found;
}

void pcipeek_device_reach(struct pcipeek_device *device,
			  const struct pcipeek_bar *bar,
			  struct pcipeek_bar_info *info)
{
	struct pcipeek_obstacle obstacle = {};

	info->reach_bus = 0;
	info->reach_devfn = 0;
	info->found = 0;
	info->wanted = 0;
	info->wanted_last = 0;
	percpu_down_read(&device->guard);
	info->reach = ask_reach(device, bar, &obstacle);
	if (info->reach && info->reach != PCIPEEK_REACH_UNKNOWN)
		device_tell(&obstacle, info);
	percpu_up_read(&device->guard);
}

void pcipeek_device_info(struct pcipeek_device *device,
			 struct pcipeek_device_info *info)
{
	*info = device->identity;
	info->power_state = PCIPEEK_POWER_UNKNOWN;
	if (device->granted)
		info->state |= PCIPEEK_STATE_GRANTED;
	if (device->driver)
		info->state |= PCIPEEK_STATE_DRIVER;
	if (device->unmaskable)
		info->state |= PCIPEEK_STATE_UNMASKABLE_INTERRUPT;
	device_fill_state(device, info);
}
