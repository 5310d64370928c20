/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
/* What ends an attachment, and what reads see meanwhile. */
#ifndef PCIPEEK_MATRIX_LIFETIME_H
#define PCIPEEK_MATRIX_LIFETIME_H

#include "board.h"

/* Resets, unbinds and removes the function; it is granted again at the end. */
void test_lifetime(struct board *board);

#endif
