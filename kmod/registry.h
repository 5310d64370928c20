/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * Who has what: all records of functions, and the files that are attached to
 * them.
 */
#ifndef PCIPEEK_REGISTRY_H
#define PCIPEEK_REGISTRY_H

#include "device.h"
#include "ending.h"
#include "file.h"

/* Make the record of a granted function, in probe. ENOMEM; EIO: a BAR cannot be reached */
struct pcipeek_device *pcipeek_registry_grant(struct pci_dev *pdev);
/* Take it back, in remove. The record stays with the files that have it. */
void pcipeek_registry_revoke(struct pcipeek_device *device);

/* A file comes, and goes. */
int pcipeek_registry_attach(struct pcipeek_file *file,
			    const struct pcipeek_attach *want);
void pcipeek_registry_detach(struct pcipeek_file *file);
/* An attached file has given up the right to write. */
void pcipeek_registry_writer_left(struct pcipeek_file *file);

bool pcipeek_registry_is_exclusive(const struct pcipeek_file *file);

/*
 * The part of DEVICE_INFO that the registry knows: EXCLUSIVE, who asked for bus
 * mastering, @end_reason
 */
void pcipeek_registry_info(const struct pcipeek_file *file,
			   struct pcipeek_device_info *info);

/* End the attachments that are over with this event; returns when they are. */
void pcipeek_registry_event(const struct pcipeek_event *event);
/*
 * End the foreign attachments that are over without an event: a BAR moved, or a driver left
 * unannounced. Sleeps. True if there are foreign attachments.
 */
bool pcipeek_registry_look(void);
/* For a foreign function: look, and wait for an end that somebody else is at. */
void pcipeek_registry_look_for_end(struct pcipeek_device *device);

#endif
