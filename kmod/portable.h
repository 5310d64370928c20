/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * The few kernel words that the pure files (validate.c, program.c) use, for their second
 * life: in user space they are compiled into unit tests and fuzzers as they are.
 */
#ifndef PCIPEEK_PORTABLE_H
#define PCIPEEK_PORTABLE_H

#ifdef __KERNEL__
#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/log2.h>
#include <linux/nospec.h>
#include <linux/string.h>
#include <linux/types.h>
#else
#include <errno.h>
#include <linux/types.h>
#include <stdbool.h>
#include <string.h>

typedef __u8 u8;
typedef __u16 u16;
typedef __u32 u32;
typedef __u64 u64;

#define array_index_nospec(index, size) (index)
#define likely(condition) (condition)
#define unlikely(condition) (condition)
#define noinline
#ifndef __always_inline
#define __always_inline inline
#endif

static inline bool is_power_of_2(unsigned long n)
{
	return n && !(n & (n - 1));
}
#endif

#endif
