/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
/* What is compared on each device of the matrix's machines. */
#ifndef PCIPEEK_MATRIX_DEVICES_H
#define PCIPEEK_MATRIX_DEVICES_H

#include "board.h"

/* Is it one of those that the machine has for us, and not a part of the machine itself? */
bool is_known(const struct board *board);
/* Is every access of it told to expect_access(), so that the trace can show more? */
bool is_counted(const struct board *board);
/* What BAR_INFO says beside sysfs, and what is refused, for each BAR. */
void test_bars(struct board *board);
/* What the device itself is known to answer. */
void test_device(struct board *board);
int get_version(int file, struct pcipeek_version *version);

#endif
