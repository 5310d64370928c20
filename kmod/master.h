/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * Bus mastering of a granted function: on while a file that asked for it is attached. If
 * none did, it goes off when the first file comes that may write, and when the last one
 * has gone or has given that right up, so that nobody inherits a DMA engine at work; and
 * not in between, since root may want it on. Whoever only reads changes nothing.
 */
#ifndef PCIPEEK_MASTER_H
#define PCIPEEK_MASTER_H

#include "device.h"
#include "file.h"

/*
 * A file with WRITE comes; it goes, or gives WRITE up. Under the registry lock. Foreign
 * functions are left alone.
 */
void pcipeek_master_writer_comes(struct pcipeek_device *device,
				 const struct pcipeek_file *file);
void pcipeek_master_writer_goes(struct pcipeek_device *device,
				struct pcipeek_file *file);

/* PCIPEEK_STATE_BUS_MASTER_REQUESTED and _HELD. Under the registry lock. */
u32 pcipeek_master_requests(const struct pcipeek_device *device,
			    const struct pcipeek_file *file);

/* As the files want it, whatever happened to the function. Inside the guard, for writing. */
void pcipeek_master_restore(struct pcipeek_device *device);

#endif
