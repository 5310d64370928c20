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

/* May sleep. ENODEV, EAGAIN, EIO, and as pcipeek_bar_map() */
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

/*
 * Inside: is an access of it a load or store, and nothing else to be done? Of a foreign
 * function none is.
 */
static inline bool pcipeek_access_is_plain(const struct pcipeek_bar *bar)
{
	return bar->kind == PCIPEEK_BAR_MEMORY && !bar->fence &&
	       !trace_pcipeek_access_enabled();
}

/* What a load gave, in two registers: a pointer would cost READ a stack. */
struct pcipeek_taken {
	u64 value;
	int err;
	bool ones;
};

/* As pcipeek_access_take() and pcipeek_access_store(), of a foreign function. */
struct pcipeek_taken
pcipeek_access_take_foreign(struct pcipeek_device *device,
			    const struct pcipeek_bar *bar, u64 offset, u8 width);
int pcipeek_access_store_foreign(struct pcipeek_device *device,
				 const struct pcipeek_bar *bar, u64 offset,
				 u8 width, u64 value);

/*
 * Inside: a load. @ones: nobody may have answered, ask before it is called data.
 * ENODEV, EAGAIN: the BAR is not where it was; @value is nothing then.
 */
static inline int pcipeek_access_take(struct pcipeek_device *device,
				      const struct pcipeek_bar *bar, u64 offset,
				      u8 width, u64 *value, bool *ones)
{
	if (unlikely(!device->granted)) {
		struct pcipeek_taken taken;

		taken = pcipeek_access_take_foreign(device, bar, offset, width);
		*value = taken.value;
		*ones = taken.ones;
		return taken.err;
	}
	*value = pcipeek_load(bar, offset, width, ones);
	trace_pcipeek_access(device, bar - device->bar, offset, width, *value,
			     false);
	return 0;
}

/* Inside: a load that is data. EIO: it is not; ENODEV, EAGAIN: as above */
static inline int pcipeek_access_load(struct pcipeek_device *device,
				      struct pcipeek_bar *bar, u64 offset,
				      u8 width, u64 *value)
{
	bool ones;
	int err = pcipeek_access_take(device, bar, offset, width, value, &ones);

	if (unlikely(err))
		return err;
	if (unlikely(ones))
		return pcipeek_guard_ask(device, bar);
	return 0;
}

/* Inside: a store. ENODEV, EAGAIN: the BAR is not where it was; nothing was stored */
static inline int pcipeek_access_store(struct pcipeek_device *device,
				       const struct pcipeek_bar *bar,
				       u64 offset, u8 width, u64 value)
{
	if (unlikely(!device->granted))
		return pcipeek_access_store_foreign(device, bar, offset, width,
						   value);
	trace_pcipeek_access(device, bar - device->bar, offset, width, value,
			     true);
	pcipeek_store(bar, offset, width, value);
	return 0;
}

#endif
