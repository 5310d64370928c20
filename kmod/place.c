// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include "compat.h"
#include "guard.h"
#include "place.h"

/* sysfs resizes the BARs of a function without a driver, and holds its lock meanwhile. */
static bool is_resized(struct pci_dev *pdev)
{
	if (READ_ONCE(pdev->dev.driver))
		return false;
	if (!device_trylock(&pdev->dev))
		return true;
	device_unlock(&pdev->dev);
	return false;
}

/*
 * The kernel finds a function before it places its BARs, and resizing takes a BAR's
 * place away before it gives another one. While a place is looked for, a BAR is
 * IORESOURCE_UNSET; one that never got a place stays so for good, and one without a
 * parent that is not was left halfway.
 */
static bool is_being_placed(struct pci_dev *pdev, int index)
{
	const struct resource *bar = &pdev->resource[index];
	/* no lock of ours keeps this from changing */
	unsigned long flags = data_race(bar->flags);
	/* nor this */
	bool placed = data_race(bar->parent || !pci_resource_len(pdev, index));

	if (!pcipeek_bar_exists(flags) || placed)
		return false;
	return !(flags & IORESOURCE_UNSET) || !pcipeek_is_added(pdev) ||
	       is_resized(pdev);
}

bool pcipeek_place_changing(struct pci_dev *pdev)
{
	int i;

	for (i = 0; i < PCIPEEK_BAR_COUNT; i++) {
		if (is_being_placed(pdev, i))
			return true;
	}
	return false;
}

u32 pcipeek_place_driver_end(const struct pcipeek_device *device)
{
	const struct device_driver *driver = READ_ONCE(device->pdev->dev.driver);

	if (driver == device->driver)
		return PCIPEEK_END_NONE;
	return driver ? PCIPEEK_END_DRIVER_BOUND : PCIPEEK_END_UNBOUND;
}

/* What nobody took away for good comes back to the same place: try again. */
int pcipeek_place_check(struct pcipeek_device *device,
			const struct pcipeek_bar *bar)
{
	const struct resource *now =
		&device->pdev->resource[bar - device->bar];
	u32 end = READ_ONCE(device->noticed);

	if (!end)
		end = pcipeek_place_driver_end(device);
	if (!end && pcipeek_guard_moved(device, bar))
		end = PCIPEEK_END_MOVED;
	if (end) {
		WRITE_ONCE(device->noticed, end);
		return -ENODEV;
	}
	return data_race(now->parent) ? 0 : -EAGAIN; /* no lock of ours */
}
