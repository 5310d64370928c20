// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <linux/pcipeek.h>

// The sizes are part of the numbers of these two: they must never change.
static_assert(PCIPEEK_IOC_READ == 0xc018bc06);
static_assert(PCIPEEK_IOC_WRITE == 0x4018bc07);

// The others carry no size, so that their structures may grow.
static_assert(PCIPEEK_IOC_VERSION == 0xbc00);
static_assert(PCIPEEK_IOC_ATTACH == 0xbc01);
static_assert(PCIPEEK_IOC_BATCH == 0xbc09);
