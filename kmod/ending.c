// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include "ending.h"
#include "place.h"

u32 pcipeek_ending_unnoticed(const struct pcipeek_device *device)
{
	u32 end = READ_ONCE(device->noticed);

	if (!end)
		end = pcipeek_place_driver_end(device);
	if (!end && !pcipeek_bar_current(device, device->pdev))
		end = PCIPEEK_END_MOVED;
	return end;
}

u32 pcipeek_ending_reason(const struct pcipeek_event *event,
			  const struct pcipeek_device *device)
{
	if (device->granted || device->ending)
		return PCIPEEK_END_NONE;
	if (!event)
		return pcipeek_ending_unnoticed(device);
	if (device->pdev != event->pdev)
		return PCIPEEK_END_NONE;
	if (event->reason == PCIPEEK_END_REMOVED ||
	    device->driver != event->driver)
		return event->reason;
	return PCIPEEK_END_NONE;
}

/*
 * A granted function that was unbound because it is going away: only this event
 * tells. One that somebody else took was not removed from us.
 */
void pcipeek_ending_forget_pdev(const struct pcipeek_event *event, struct pcipeek_device *device)
{
	if (device->ended_pdev != event->pdev)
		return;
	device->ended_pdev = NULL;
	if (event->reason == PCIPEEK_END_REMOVED)
		device->end_reason = PCIPEEK_END_REMOVED;
}
