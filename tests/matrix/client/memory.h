/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
/* BARs with memory behind them: what is written is read, byte for byte, in every way. */
#ifndef PCIPEEK_MATRIX_MEMORY_H
#define PCIPEEK_MATRIX_MEMORY_H

#include "board.h"

/* Overwrites the first 4 KiB. */
void test_memory(const struct board *board, int bar);
/* A mapping reads what READ reads, and ends where BAR_INFO says. */
void test_mapping(const struct board *board, int bar);

#endif
