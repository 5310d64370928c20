// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include <linux/capability.h>
#include <linux/slab.h>

#include "driver.h"
#include "guard.h"

/* Guards the list, and what struct pcipeek_device says of the registry. */
static DEFINE_MUTEX(registry);
static LIST_HEAD(devices);

static void describe(struct pcipeek_device_info *identity, struct pci_dev *pdev)
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

static struct pcipeek_device *make(struct pci_dev *pdev, bool given)
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
	device->generation = 1;
	device->asked[0] = jiffies - 1;
	device->asked[1] = jiffies - 1;
	device->given = given;
	device->pdev = pci_dev_get(pdev);
	describe(&device->identity, pdev);
	pcipeek_bar_table(device, pdev);
	return device;
}

static void destroy(struct kref *ref)
{
	struct pcipeek_device *device =
		container_of(ref, struct pcipeek_device, ref);

	percpu_free_rwsem(&device->guard);
	kfree(device);
}

static void put(struct pcipeek_device *device)
{
	kref_put(&device->ref, destroy);
}

/* The caller has set @ending, and so is the only one to come here. */
static void end(struct pcipeek_device *device)
{
	percpu_down_write(&device->guard);
	WRITE_ONCE(device->state, PCIPEEK_ENDED);
	percpu_up_write(&device->guard);
	pcipeek_bar_unmap(device);
	pci_dev_put(device->pdev);
}

/* ---- given ---- */

struct pcipeek_device *pcipeek_device_give(struct pci_dev *pdev)
{
	struct pcipeek_device *device = make(pdev, true);

	if (IS_ERR(device))
		return device;
	mutex_lock(&registry);
	list_add(&device->node, &devices);
	mutex_unlock(&registry);
	return device;
}

/*
 * The record stays in the list while files have it: whether the function was
 * unbound or removed is not known yet, see end_event().
 */
void pcipeek_device_take(struct pcipeek_device *device)
{
	mutex_lock(&registry);
	device->ending = true;
	device->end_reason = PCIPEEK_END_UNBOUND;
	device->ghost = device->pdev;
	if (!device->files)
		list_del_init(&device->node);
	mutex_unlock(&registry);
	end(device);
	put(device);
}

void pcipeek_device_pause(struct pcipeek_device *device)
{
	percpu_down_write(&device->guard);
	if (device->state == PCIPEEK_LIVE)
		device->state = PCIPEEK_RESET;
	percpu_up_write(&device->guard);
}

void pcipeek_device_resume(struct pcipeek_device *device)
{
	percpu_down_write(&device->guard);
	if (device->state == PCIPEEK_RESET) {
		device->state = PCIPEEK_LIVE;
		device->generation++;
		device->asked[0] = jiffies - 1;
		device->asked[1] = jiffies - 1;
	}
	percpu_up_write(&device->guard);
}

/*
 * Off when the first file comes and when the last one has gone, so that nobody
 * inherits a DMA engine at work, and not in between, since root may want it on.
 * Not during a reset, which saved the command word: it ends with a clearing.
 */
static void clear_bus_master(struct pcipeek_device *device)
{
	percpu_down_read(&device->guard);
	if (device->state == PCIPEEK_LIVE && !device->pdev->block_cfg_access)
		pci_clear_master(device->pdev);
	percpu_up_read(&device->guard);
}

static struct pcipeek_device *find_given(const struct pcipeek_attach *want)
{
	struct pcipeek_device *device;

	list_for_each_entry(device, &devices, node) {
		if (device->given && !device->ending &&
		    device->identity.domain == want->domain &&
		    device->identity.bus == want->bus &&
		    device->identity.devfn == want->devfn)
			return device;
	}
	return NULL;
}

/* ---- shared ---- */

static struct pcipeek_device *find_shared(struct pci_dev *pdev,
					  const struct device_driver *driver)
{
	struct pcipeek_device *device;

	list_for_each_entry(device, &devices, node) {
		if (!device->given && !device->ending &&
		    device->pdev == pdev && device->driver == driver &&
		    pcipeek_bar_current(device, pdev))
			return device;
	}
	return NULL;
}

/*
 * A function that was removed between its lookup and our entry in the registry
 * would never be ended: its REMOVED event was there before the entry. Then it is
 * not found again, either.
 */
static bool is_there(struct pci_dev *pdev, const struct pcipeek_attach *want)
{
	struct pci_dev *again = pci_get_domain_bus_and_slot(want->domain,
							    want->bus,
							    want->devfn);

	pci_dev_put(again);
	return again == pdev;
}

/*
 * No device_lock here: the driver core holds it through a probe, and a probe that
 * hangs is what a developer looks at with us. The entry comes first, then the
 * look at the driver, both under the registry lock; a driver that binds sets the
 * pointer before its event, and the event comes for our lock.
 */
static struct pcipeek_device *share(struct pci_dev *pdev,
				    const struct pcipeek_attach *want)
{
	const struct device_driver *driver = READ_ONCE(pdev->dev.driver);
	struct pcipeek_device *device;

	if (driver == &pcipeek_driver.driver)
		return ERR_PTR(-EAGAIN); /* its probe or remove is under way */
	if (!(want->flags & PCIPEEK_ATTACH_SHARED))
		return ERR_PTR(driver ? -EBUSY : -EPERM);
	device = find_shared(pdev, driver);
	if (device) {
		kref_get(&device->ref);
		return device;
	}
	device = make(pdev, false);
	if (IS_ERR(device))
		return device;
	device->driver = driver;
	list_add(&device->node, &devices);
	return device;
}

/* The record that is wanted, with a reference for the file. */
static struct pcipeek_device *obtain(const struct pcipeek_attach *want)
{
	struct pcipeek_device *device = find_given(want);
	struct pci_dev *pdev;

	if (device) {
		if (want->flags & PCIPEEK_ATTACH_SHARED)
			return ERR_PTR(-EINVAL);
		kref_get(&device->ref);
		return device;
	}
	pdev = pci_get_domain_bus_and_slot(want->domain, want->bus,
					   want->devfn);
	if (!pdev)
		return ERR_PTR(-ENODEV);
	device = share(pdev, want);
	pci_dev_put(pdev);
	return device;
}

/* ---- files ---- */

static int join(struct pcipeek_device *device, struct pcipeek_file *file,
		const struct pcipeek_attach *want)
{
	bool alone = want->flags & PCIPEEK_ATTACH_EXCLUSIVE;

	if (alone && device->files)
		return -EUSERS;
	if (device->exclusive && !capable(CAP_SYS_ADMIN))
		return -EUSERS;
	if (!device->given && !is_there(device->pdev, want))
		return -ENODEV;
	if (device->given && !device->files)
		clear_bus_master(device);
	device->files++;
	if (alone)
		device->exclusive = file;
	file->rights = want->rights;
	smp_store_release(&file->device, device);
	return 0;
}

/* After the last file: true if the caller is to end the record. */
static bool forsake(struct pcipeek_device *device)
{
	bool mine = !device->given && !device->ending;

	if (device->given && !device->ending) {
		clear_bus_master(device);
		return false;
	}
	device->ending = true;
	list_del_init(&device->node);
	return mine;
}

int pcipeek_device_attach(struct pcipeek_file *file,
			  const struct pcipeek_attach *want)
{
	struct pcipeek_device *device;
	bool mine = false;
	int err;

	mutex_lock(&registry);
	device = file->device ? ERR_PTR(-EISCONN) : obtain(want);
	err = PTR_ERR_OR_ZERO(device);
	if (!err) {
		err = join(device, file, want);
		if (err && !device->given && !device->files)
			mine = forsake(device);
	}
	mutex_unlock(&registry);
	if (mine)
		end(device);
	if (err && !IS_ERR(device))
		put(device);
	return err;
}

void pcipeek_device_detach(struct pcipeek_file *file)
{
	struct pcipeek_device *device = file->device;
	bool mine = false;

	if (!device)
		return;
	mutex_lock(&registry);
	if (device->exclusive == file)
		device->exclusive = NULL;
	if (!--device->files)
		mine = forsake(device);
	mutex_unlock(&registry);
	if (mine)
		end(device);
	put(device);
}

/* ---- what DEVICE_INFO tells ---- */

static u32 command_state(u16 command)
{
	u32 state = 0;

	if (command & PCI_COMMAND_MEMORY)
		state |= PCIPEEK_STATE_MEMORY_DECODE;
	if (command & PCI_COMMAND_IO)
		state |= PCIPEEK_STATE_IO_DECODE;
	if (command & PCI_COMMAND_MASTER)
		state |= PCIPEEK_STATE_BUS_MASTER;
	return state;
}

/* Of a live function, inside the guard. */
static void ask_state(struct pci_dev *pdev, struct pcipeek_device_info *info)
{
	u16 command = 0xffff;
	u16 pmcsr = 0;

	pci_read_config_word(pdev, PCI_COMMAND, &command);
	if (pci_channel_offline(pdev) || command == 0xffff) {
		info->state |= PCIPEEK_STATE_OFFLINE;
		return;
	}
	info->state |= command_state(command);
	if (pdev->no_command_memory)
		info->state |= PCIPEEK_STATE_MEMORY_DECODE;
	if (pdev->pm_cap)
		pci_read_config_word(pdev, pdev->pm_cap + PCI_PM_CTRL, &pmcsr);
	info->power_state = pmcsr & PCI_PM_CTRL_STATE_MASK;
}

static void fill_state(struct pcipeek_device *device,
		       struct pcipeek_device_info *info)
{
	static const u32 bits[] = {
		[PCIPEEK_LIVE] = PCIPEEK_STATE_LIVE,
		[PCIPEEK_RESET] = PCIPEEK_STATE_RESET,
		[PCIPEEK_ENDED] = PCIPEEK_STATE_ENDED,
	};

	percpu_down_read(&device->guard);
	info->state |= bits[device->state];
	info->generation = device->generation;
	if (device->state == PCIPEEK_LIVE)
		ask_state(device->pdev, info);
	percpu_up_read(&device->guard);
}

void pcipeek_device_info(const struct pcipeek_file *file,
			 struct pcipeek_device_info *info)
{
	struct pcipeek_device *device = file->device;

	*info = device->identity;
	info->power_state = PCIPEEK_POWER_UNKNOWN;
	info->rights = READ_ONCE(file->rights);
	if (device->given)
		info->state |= PCIPEEK_STATE_GIVEN;
	if (device->driver)
		info->state |= PCIPEEK_STATE_DRIVER;
	fill_state(device, info);
	mutex_lock(&registry);
	if (device->exclusive == file)
		info->state |= PCIPEEK_STATE_EXCLUSIVE;
	if (info->state & PCIPEEK_STATE_ENDED)
		info->end_reason = device->end_reason;
	mutex_unlock(&registry);
}

/* ---- events of functions that are not ours ---- */

/* What an event means for the windows on its function. */
struct event {
	const struct pci_dev *pdev;
	u32 reason;
	const struct device_driver *driver; /* that it has from now on */
};

static bool concerns(const struct event *event,
		     const struct pcipeek_device *device)
{
	if (device->given || device->ending || device->pdev != event->pdev)
		return false;
	return event->reason == PCIPEEK_END_REMOVED ||
	       device->driver != event->driver;
}

/*
 * A given function that was unbound because it is going away: only this event
 * tells. One that somebody else took was not removed from us.
 */
static void lay_ghost(const struct event *event, struct pcipeek_device *device)
{
	if (device->ghost != event->pdev)
		return;
	device->ghost = NULL;
	if (event->reason == PCIPEEK_END_REMOVED)
		device->end_reason = PCIPEEK_END_REMOVED;
}

static struct pcipeek_device *next_to_end(const struct event *event)
{
	struct pcipeek_device *device, *found = NULL;

	mutex_lock(&registry);
	list_for_each_entry(device, &devices, node) {
		if (event->reason != PCIPEEK_END_UNBOUND)
			lay_ghost(event, device);
		if (found || !concerns(event, device))
			continue;
		device->ending = true;
		device->end_reason = event->reason;
		kref_get(&device->ref);
		found = device;
	}
	mutex_unlock(&registry);
	return found;
}

static int on_event(struct notifier_block *block, unsigned long action,
		    void *data)
{
	struct device *dev = data;
	struct event event = { .pdev = to_pci_dev(dev) };
	struct pcipeek_device *device;

	switch (action) {
	case BUS_NOTIFY_BIND_DRIVER:
		event.reason = PCIPEEK_END_DRIVER_BOUND;
		event.driver = dev->driver;
		break;
	case BUS_NOTIFY_UNBIND_DRIVER:
	case BUS_NOTIFY_UNBOUND_DRIVER:
	case BUS_NOTIFY_DRIVER_NOT_BOUND:
		event.reason = PCIPEEK_END_UNBOUND;
		break;
	case BUS_NOTIFY_DEL_DEVICE:
	case BUS_NOTIFY_REMOVED_DEVICE:
		event.reason = PCIPEEK_END_REMOVED;
		break;
	default:
		return NOTIFY_DONE;
	}
	while ((device = next_to_end(&event))) {
		end(device);
		put(device);
	}
	return NOTIFY_OK;
}

static struct notifier_block events = { .notifier_call = on_event };

int pcipeek_device_watch(void)
{
	return bus_register_notifier(&pci_bus_type, &events);
}

void pcipeek_device_unwatch(void)
{
	bus_unregister_notifier(&pci_bus_type, &events);
}
