/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * The few kernel words that the pure files (validate.c, program.c, ops.c, interpreter.c,
 * doubt.c) use, for their second life: in user space they are compiled into unit tests
 * and fuzzers as they are.
 */
#ifndef PCIPEEK_PORTABLE_H
#define PCIPEEK_PORTABLE_H

#ifdef __KERNEL__
#include <linux/bits.h>
#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/log2.h>
#include <linux/nospec.h>
#include <linux/string.h>
#include <linux/types.h>
#include <linux/uaccess.h>
#else
#include <errno.h>
#include <linux/types.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef __u8 u8;
typedef __u16 u16;
typedef __u32 u32;
typedef __u64 u64;

#define array_index_nospec(index, size) (index)
#define likely(condition) (condition)
#define unlikely(condition) (condition)
#ifndef __always_inline
#define __always_inline inline
#endif

static inline bool is_power_of_2(unsigned long n)
{
	return n && !(n & (n - 1));
}

#define __user

/*
 * The caller's memory is ours. A test can make a hole in it, forbid to write, and say
 * where it ends; and sees whether each access that began also ends.
 */
struct pcipeek_caller {
	uintptr_t hole;
	uintptr_t hole_end;
	uintptr_t end; /* 0: nowhere */
	bool read_only;
	int accesses;
};

/* What follows is for our C only, whose names the tests have other uses for. */
#ifndef __cplusplus
#define BIT(number) (1UL << (number))
#define fallthrough __attribute__((__fallthrough__))
#define min(a, b) ((a) < (b) ? (a) : (b))

extern struct pcipeek_caller pcipeek_caller;

static inline bool pcipeek_is_there(const void *at, size_t bytes)
{
	uintptr_t from = (uintptr_t)at;

	return from >= pcipeek_caller.hole_end || from + bytes <= pcipeek_caller.hole;
}

static inline bool pcipeek_is_writable(const void *at, size_t bytes)
{
	return !pcipeek_caller.read_only && pcipeek_is_there(at, bytes);
}

static inline bool pcipeek_access_begin(const void *from, size_t bytes)
{
	if (pcipeek_caller.end && (uintptr_t)from + bytes > pcipeek_caller.end)
		return false;
	pcipeek_caller.accesses++;
	return true;
}

#define u64_to_user_ptr(address) ((void *)(uintptr_t)(address))
#define user_write_access_begin(to, bytes) pcipeek_access_begin(to, bytes)
#define user_write_access_end() ((void)pcipeek_caller.accesses--)
#define put_user(value, to) \
	(pcipeek_is_writable(to, sizeof(*(to))) ? (*(to) = (value), 0) : -EFAULT)
#define unsafe_put_user(value, to, fault) \
	do { \
		if (!pcipeek_is_writable(to, sizeof(*(to)))) \
			goto fault; \
		*(to) = (value); \
	} while (0)

/* How many bytes are not there: for us all of them. */
static inline unsigned long copy_from_user(void *to, const void *from, size_t bytes)
{
	uintptr_t end = (uintptr_t)from + bytes;

	if (!pcipeek_is_there(from, bytes) ||
	    (pcipeek_caller.end && end > pcipeek_caller.end))
		return bytes;
	memcpy(to, from, bytes);
	return 0;
}

/* Of @to's size or longer, which is all that is asked for. */
static inline int copy_struct_from_user(void *to, size_t size, const void *from,
					size_t from_size)
{
	const char *tail = (const char *)from + size;
	size_t i;

	if (!pcipeek_is_there(from, from_size))
		return -EFAULT;
	for (i = 0; i < from_size - size; i++) {
		if (tail[i])
			return -E2BIG;
	}
	memcpy(to, from, size);
	return 0;
}
#endif
#endif

#endif
