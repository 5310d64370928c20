// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include <linux/pci.h>
#include <linux/workqueue.h>

#include "events.h"
#include "registry.h"

/*
 * BIND comes before the driver's probe, DEL before the function is torn down, and
 * REMOVED when it can no longer be looked up. All of them may sleep.
 */
static bool read_event(struct pcipeek_event *event, struct device *dev,
		       unsigned long action)
{
	event->pdev = to_pci_dev(dev);
	switch (action) {
	case BUS_NOTIFY_BIND_DRIVER:
		event->reason = PCIPEEK_END_DRIVER_BOUND;
		event->driver = dev->driver;
		return true;
	case BUS_NOTIFY_UNBIND_DRIVER:
	case BUS_NOTIFY_UNBOUND_DRIVER:
	case BUS_NOTIFY_DRIVER_NOT_BOUND:
		event->reason = PCIPEEK_END_UNBOUND;
		return true;
	case BUS_NOTIFY_DEL_DEVICE:
	case BUS_NOTIFY_REMOVED_DEVICE:
		event->reason = PCIPEEK_END_REMOVED;
		return true;
	default:
		return false;
	}
}

static int events_notify(struct notifier_block *block, unsigned long action, void *data)
{
	struct pcipeek_event event = {};

	if (!read_event(&event, data, action))
		return NOTIFY_DONE;
	pcipeek_registry_event(&event);
	return NOTIFY_OK;
}

static struct notifier_block block = { .notifier_call = events_notify };

/*
 * No event tells that a BAR moved. A driver whose probe failed is announced before it
 * leaves the function, and one that failed early is not announced at all: an attachment that
 * was opened in between is beside a driver that has left. Who waits for the end of such
 * an attachment in poll() hears of it after this time.
 */
#define LOOK_EVERY (HZ / 4)

static void events_look(struct work_struct *work);
static DECLARE_DELAYED_WORK(looking, events_look);

static void events_look(struct work_struct *work)
{
	if (pcipeek_registry_look())
		pcipeek_events_keep_looking();
}

void pcipeek_events_keep_looking(void)
{
	schedule_delayed_work(&looking, LOOK_EVERY);
}

int pcipeek_events_watch(void)
{
	return bus_register_notifier(&pci_bus_type, &block);
}

void pcipeek_events_unwatch(void)
{
	bus_unregister_notifier(&pci_bus_type, &block);
	cancel_delayed_work_sync(&looking);
}
