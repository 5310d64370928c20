/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/* Why a record is over. All of this under the registry lock. */
#ifndef PCIPEEK_ENDING_H
#define PCIPEEK_ENDING_H

#include "device.h"

/**
 * struct pcipeek_event - what happened to some function
 * @pdev: the function
 * @reason: why attachments to it end, PCIPEEK_END_*
 * @driver: the driver that it has from now on; its attachments stay
 */
struct pcipeek_event {
	const struct pci_dev *pdev;
	u32 reason;
	const struct device_driver *driver;
};

/*
 * Of a live foreign record: PCIPEEK_END_* if it is over without an event that said so,
 * or PCIPEEK_END_NONE.
 */
u32 pcipeek_ending_unnoticed(const struct pcipeek_device *device);

/*
 * PCIPEEK_END_* if a live foreign record is over with @event, or, without one, unnoticed;
 * otherwise PCIPEEK_END_NONE.
 */
u32 pcipeek_ending_reason(const struct pcipeek_event *event,
			  const struct pcipeek_device *device);
/* After the end: was a granted function that was unbound also removed? */
void pcipeek_ending_forget_pdev(const struct pcipeek_event *event, struct pcipeek_device *device);

#endif
