/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * Every check of the contract that needs no hardware, no lock and no user
 * memory. Pure: the answer depends on the arguments alone. Each function returns
 * 0 or the negated errno that <linux/pcipeek.h> documents, and checks in the
 * order that stands there.
 */
#ifndef PCIPEEK_VALIDATE_H
#define PCIPEEK_VALIDATE_H

#include <linux/pcipeek.h>

#include "portable.h"

/* What the checks must know of a function's BARs; length 0: no such BAR. */
struct pcipeek_limits {
	struct {
		u64 length;
		u8 max_width;
	} bar[PCIPEEK_BAR_COUNT];
};

/* The rights that an access needs: 0 or PCIPEEK_RIGHT_WRITE, and its BAR's. */
int pcipeek_check_right(u64 rights, u64 needed, u8 bar);

int pcipeek_check_version(const struct pcipeek_version *version);
int pcipeek_check_attach(const struct pcipeek_attach *attach);
/* @rights: those held */
int pcipeek_check_restrict(const struct pcipeek_restrict *restrict_to,
			   u64 rights);
int pcipeek_check_device_info(const struct pcipeek_device_info *info);
int pcipeek_check_bar_info(const struct pcipeek_bar_info *info,
			   const struct pcipeek_limits *limits);

/* @needed: 0 for a READ, PCIPEEK_RIGHT_WRITE for a WRITE */
int pcipeek_check_access(const struct pcipeek_access *access, u64 needed,
			 u64 rights, const struct pcipeek_limits *limits);
/* The same without the form; @value: what is written or compared, or 0 */
int pcipeek_check_place(const struct pcipeek_access *access, u64 needed,
			u64 value, u64 rights,
			const struct pcipeek_limits *limits);
int pcipeek_check_block(const struct pcipeek_block *block, u64 rights,
			const struct pcipeek_limits *limits);
int pcipeek_check_bar_mode(const struct pcipeek_bar_mode *mode, u64 rights,
			   const struct pcipeek_limits *limits);

#endif
