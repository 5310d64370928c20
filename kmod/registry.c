// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include <linux/capability.h>

#include "driver.h"
#include "ending.h"
#include "events.h"
#include "guard.h"
#include "master.h"
#include "place.h"
#include "registry.h"

/* Guards the list, and what struct pcipeek_device says of the registry. */
static DEFINE_MUTEX(registry);
static LIST_HEAD(devices);

struct pcipeek_device *pcipeek_registry_grant(struct pci_dev *pdev)
{
	struct pcipeek_device *device = pcipeek_device_make();
	int err;

	if (IS_ERR(device))
		return device;
	pcipeek_device_describe(device, pdev, true);
	err = pcipeek_reach_report(device);
	if (err) {
		pcipeek_device_end(device);
		pcipeek_device_put(device);
		return ERR_PTR(err);
	}
	mutex_lock(&registry);
	list_add(&device->node, &devices);
	mutex_unlock(&registry);
	return device;
}

/*
 * The record stays in the list while files have it: whether the function was
 * unbound or removed is not known yet, see end_event().
 */
void pcipeek_registry_revoke(struct pcipeek_device *device)
{
	mutex_lock(&registry);
	device->ending = true;
	device->end_reason = PCIPEEK_END_UNBOUND;
	device->ended_pdev = device->pdev;
	if (!device->files)
		list_del_init(&device->node);
	mutex_unlock(&registry);
	pcipeek_device_end(device);
	pcipeek_device_put(device);
}

static struct pcipeek_device *find_granted(const struct pcipeek_attach *want)
{
	struct pcipeek_device *device;

	list_for_each_entry(device, &devices, node) {
		if (device->granted && !device->ending &&
		    device->identity.domain == want->domain &&
		    device->identity.bus == want->bus &&
		    device->identity.devfn == want->devfn)
			return device;
	}
	return NULL;
}

/* ---- foreign ---- */

static struct pcipeek_device *find_foreign(struct pci_dev *pdev,
					   const struct device_driver *driver)
{
	struct pcipeek_device *device;

	list_for_each_entry(device, &devices, node) {
		if (!device->granted && !device->ending &&
		    device->pdev == pdev && device->driver == driver &&
		    !pcipeek_ending_unnoticed(device))
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
static struct pcipeek_device *registry_attach_foreign(struct pci_dev *pdev,
						      const struct pcipeek_attach *want,
						      struct pcipeek_device **blank)
{
	const struct device_driver *driver = READ_ONCE(pdev->dev.driver);
	struct pcipeek_device *device;

	if (driver == &pcipeek_driver.driver)
		return ERR_PTR(-EAGAIN); /* its probe or remove is under way */
	if (!(want->flags & PCIPEEK_ATTACH_FOREIGN))
		return ERR_PTR(driver ? -EBUSY : -EPERM);
	if (pcipeek_place_changing(pdev))
		return ERR_PTR(-EAGAIN);
	device = find_foreign(pdev, driver);
	if (device) {
		kref_get(&device->ref);
		return device;
	}
	device = *blank;
	pcipeek_device_describe(device, pdev, false);
	device->driver = driver;
	if (pcipeek_place_changing(pdev) || !pcipeek_bar_current(device, pdev)) {
		pci_dev_put(pdev);
		return ERR_PTR(-EAGAIN); /* @blank is not blank, but unused */
	}
	*blank = NULL;
	list_add(&device->node, &devices);
	return device;
}

/*
 * The record that is wanted, with a reference for the file. @blank: for a foreign one,
 * NULL afterwards if it was taken.
 */
static struct pcipeek_device *registry_obtain(const struct pcipeek_attach *want,
					      struct pcipeek_device **blank)
{
	struct pcipeek_device *device = find_granted(want);
	struct pci_dev *pdev;

	if (device) {
		if (want->flags & PCIPEEK_ATTACH_FOREIGN)
			return ERR_PTR(-EINVAL);
		kref_get(&device->ref);
		return device;
	}
	pdev = pci_get_domain_bus_and_slot(want->domain, want->bus,
					   want->devfn);
	if (!pdev)
		return ERR_PTR(-ENODEV);
	device = registry_attach_foreign(pdev, want, blank);
	pci_dev_put(pdev);
	return device;
}

/* ---- files ---- */

static int registry_join(struct pcipeek_device *device, struct pcipeek_file *file,
			 const struct pcipeek_attach *want)
{
	bool alone = want->flags & PCIPEEK_ATTACH_EXCLUSIVE;

	if (alone && device->files)
		return -EUSERS;
	if (device->exclusive && !capable(CAP_SYS_ADMIN))
		return -EUSERS;
	if (!device->granted && !is_there(device->pdev, want))
		return -ENODEV;
	file->bus_master = want->flags & PCIPEEK_ATTACH_BUS_MASTER;
	if (want->rights & PCIPEEK_RIGHT_WRITE)
		pcipeek_master_writer_comes(device, file);
	device->files++;
	/* a program that just came has not seen anything answer yet */
	pcipeek_guard_forget(device);
	if (alone)
		device->exclusive = file;
	file->rights = want->rights;
	file->seen = READ_ONCE(device->generation);
	/* pairs with pcipeek_file_device(): who sees it sees the rights */
	smp_store_release(&file->device, device);
	return 0;
}

/* After the last file: true if the caller is to end the record. */
static bool last_file_left(struct pcipeek_device *device)
{
	bool mine = !device->granted && !device->ending;

	if (device->granted && !device->ending)
		return false;
	device->ending = true;
	list_del_init(&device->node);
	return mine;
}

static int registry_attach(struct pcipeek_file *file, const struct pcipeek_attach *want,
			   struct pcipeek_device **blank)
{
	struct pcipeek_device *device;
	bool mine = false;
	int err;

	mutex_lock(&registry);
	device = file->device ? ERR_PTR(-EISCONN) : registry_obtain(want, blank);
	err = PTR_ERR_OR_ZERO(device);
	if (!err) {
		err = registry_join(device, file, want);
		if (err && !device->granted && !device->files)
			mine = last_file_left(device);
	}
	mutex_unlock(&registry);
	if (mine)
		pcipeek_device_end(device);
	if (err && !IS_ERR(device))
		pcipeek_device_put(device);
	return err;
}

/* The record of a foreign function is made before the lock, under which nothing waits. */
int pcipeek_registry_attach(struct pcipeek_file *file,
			    const struct pcipeek_attach *want)
{
	struct pcipeek_device *blank = NULL;
	int err;

	if (!(want->flags & PCIPEEK_ATTACH_FOREIGN))
		return registry_attach(file, want, &blank);
	blank = pcipeek_device_make();
	if (IS_ERR(blank))
		return PTR_ERR(blank);
	err = registry_attach(file, want, &blank);
	if (blank)
		pcipeek_device_put(blank);
	if (!err)
		pcipeek_events_keep_looking();
	return err;
}

void pcipeek_registry_detach(struct pcipeek_file *file)
{
	struct pcipeek_device *device = file->device;
	bool mine = false;

	mutex_lock(&registry);
	if (device->exclusive == file)
		device->exclusive = NULL;
	if (file->rights & PCIPEEK_RIGHT_WRITE)
		pcipeek_master_writer_goes(device, file);
	if (!--device->files)
		mine = last_file_left(device);
	mutex_unlock(&registry);
	if (mine)
		pcipeek_device_end(device);
	pcipeek_device_put(device);
}

void pcipeek_registry_writer_left(struct pcipeek_file *file)
{
	mutex_lock(&registry);
	pcipeek_master_writer_goes(file->device, file);
	mutex_unlock(&registry);
}

bool pcipeek_registry_is_exclusive(const struct pcipeek_file *file)
{
	bool mine;

	mutex_lock(&registry);
	mine = file->device->exclusive == file;
	mutex_unlock(&registry);
	return mine;
}

void pcipeek_registry_info(const struct pcipeek_file *file,
			   struct pcipeek_device_info *info)
{
	const struct pcipeek_device *device = file->device;

	mutex_lock(&registry);
	if (device->exclusive == file)
		info->state |= PCIPEEK_STATE_EXCLUSIVE;
	if (device->ending)
		info->end_reason = device->end_reason;
	else
		info->state |= pcipeek_master_requests(device, file);
	mutex_unlock(&registry);
}

/* ---- events ---- */

static struct pcipeek_device *next_to_end(const struct pcipeek_event *event)
{
	struct pcipeek_device *device, *found = NULL;

	mutex_lock(&registry);
	list_for_each_entry(device, &devices, node) {
		u32 reason;

		if (event && event->reason != PCIPEEK_END_UNBOUND)
			pcipeek_ending_forget_pdev(event, device);
		reason = found ? PCIPEEK_END_NONE : pcipeek_ending_reason(event, device);
		if (reason == PCIPEEK_END_NONE)
			continue;
		device->ending = true;
		device->end_reason = reason;
		kref_get(&device->ref);
		found = device;
	}
	mutex_unlock(&registry);
	return found;
}

static void registry_end_all(const struct pcipeek_event *event)
{
	struct pcipeek_device *device;

	while ((device = next_to_end(event))) {
		pcipeek_device_end(device);
		pcipeek_device_put(device);
	}
}

void pcipeek_registry_event(const struct pcipeek_event *event)
{
	registry_end_all(event);
}

bool pcipeek_registry_look(void)
{
	const struct pcipeek_device *device;
	bool foreign = false;

	registry_end_all(NULL);
	mutex_lock(&registry);
	list_for_each_entry(device, &devices, node)
		foreign |= !device->granted;
	mutex_unlock(&registry);
	return foreign;
}

/*
 * What is said of a foreign function is true now, not when an event told last. If somebody
 * else found the end first and is at it, their end is waited for: as long as the guard is.
 */
void pcipeek_registry_look_for_end(struct pcipeek_device *device)
{
	if (device->granted)
		return;
	pcipeek_registry_look();
	if (READ_ONCE(device->ending))
		wait_event(device->events, pcipeek_device_ended(device));
}
