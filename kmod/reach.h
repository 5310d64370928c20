/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * Can an access to a BAR reach the function, and if not, what is in its way? The answer
 * comes from configuration registers: of the function, of its physical function, and of
 * every bridge above.
 *
 * Everything here runs inside the guard, or where nobody else has the record yet.
 */
#ifndef PCIPEEK_REACH_H
#define PCIPEEK_REACH_H

#include <linux/pci.h>
#include <linux/pcipeek.h>

struct pcipeek_bar;
struct pcipeek_device;
struct pcipeek_obstacle;

/*
 * No register on the way was last asked longer ago than this. One jiffy asks for COMMAND
 * and one part of the rest; if the oldest part is this old, it asks for everything.
 */
#define PCIPEEK_REACH_JIFFIES 16

/* As many parts as five bridges have; behind more, each jiffy asks for everything. */
#define PCIPEEK_REACH_PARTS 30

/**
 * struct pcipeek_reach - what the registers on the way to a BAR must say, and the next
 *	one to ask
 * @first: bus address of the BAR
 * @last: bus address of its last byte
 * @held: what the BAR register must hold: @first, or of a virtual function what the
 *	register in its physical function must hold
 * @mask: the bits of @held that are decoded; 0: the function has no such register, or
 *	does not decode by it
 * @at: the register
 * @windows: bridges forward it by their windows
 * @asked: the jiffy in which each part was last asked; those that ask it in turn write
 *	later ones, but somebody who asks for everything may write an earlier one
 * @next: the part whose turn it is; written by who has @busy
 * @busy: bit 0: somebody asks that part
 */
struct pcipeek_reach {
	u64 first;
	u64 last;
	u64 held;
	u64 mask;
	u16 at;
	bool windows;
	unsigned long asked[PCIPEEK_REACH_PARTS];
	unsigned int next;
	unsigned long busy;
};

/* Fill in what must hold, from the kernel's own knowledge. Sleeps; reads the function. */
void pcipeek_reach_init(struct pcipeek_device *device);

/* Ask every register on the way. PCIPEEK_REACH_*; tells @obstacle what, if it is not NULL. */
u8 pcipeek_reach_ask(struct pcipeek_device *device, const struct pcipeek_bar *bar,
		     struct pcipeek_obstacle *obstacle);

/* Ask as many as a jiffy may cost, or everything if that is due. PCIPEEK_REACH_* */
u8 pcipeek_reach_ask_some(struct pcipeek_device *device, const struct pcipeek_bar *bar);

/* What concerns all BARs: do the function and the bridges above answer, awake? */
u8 pcipeek_reach_ask_function(struct pcipeek_device *device);

/* The next question is for everything. */
void pcipeek_reach_forget(struct pcipeek_device *device);

/* -EIO, with a line for each BAR in the log, if the BARs of a new record cannot be reached. */
int pcipeek_reach_report(struct pcipeek_device *device);

#endif
