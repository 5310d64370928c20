/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * An access: into the guard of a function that can answer, the load or store, and
 * what must be said of it. The arguments were validated.
 */
#ifndef PCIPEEK_ACCESS_H
#define PCIPEEK_ACCESS_H

#include "guard.h"
#include "register.h"
#include "trace.h"

/* Make the mapping that is missing, then enter. */
int pcipeek_access_enter_first(struct pcipeek_device *device,
			       struct pcipeek_bar *bar);
/* Once for each shared function: from here on, its driver may be surprised. */
void pcipeek_access_report_write(struct pcipeek_device *device);

/* May sleep. ENODEV, EAGAIN, EIO, ENOMEM; EOPNOTSUPP: it is not mapped uncached */
static inline int pcipeek_access_enter(struct pcipeek_device *device,
				       struct pcipeek_bar *bar)
{
	int err = pcipeek_guard_enter(device, bar);

	if (unlikely(err))
		return err;
	if (likely(pcipeek_bar_ready(bar)))
		return 0;
	pcipeek_guard_leave(device);
	return pcipeek_access_enter_first(device, bar);
}

/* Inside: is an access of it a load or store, and nothing else to be done? */
static inline bool pcipeek_access_is_plain(const struct pcipeek_bar *bar)
{
	return bar->kind == PCIPEEK_BAR_MEMORY && !bar->fence &&
	       !trace_pcipeek_access_enabled();
}

/* Inside: EIO if what was read is no data. */
static inline int pcipeek_access_load(struct pcipeek_device *device,
				      struct pcipeek_bar *bar, u64 offset,
				      u8 width, u64 *value)
{
	bool ones;

	*value = pcipeek_load(bar, offset, width, &ones);
	trace_pcipeek_access(device, bar - device->bar, offset, width, *value,
			     false);
	if (unlikely(ones))
		return pcipeek_guard_ask(device, bar);
	return 0;
}

static inline void pcipeek_access_store(struct pcipeek_device *device,
					const struct pcipeek_bar *bar,
					u64 offset, u8 width, u64 value)
{
	if (unlikely(!device->given))
		pcipeek_access_report_write(device);
	trace_pcipeek_access(device, bar - device->bar, offset, width, value,
			     true);
	pcipeek_store(bar, offset, width, value);
}

#endif
