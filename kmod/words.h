/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * Small structures between us and the caller's memory, eight bytes at a time and
 * without a call: what copy_from_user() does besides takes longer than that.
 */
#ifndef PCIPEEK_WORDS_H
#define PCIPEEK_WORDS_H

#include <linux/types.h>
#include <linux/uaccess.h>

/* @bytes, a multiple of eight. EFAULT */
static inline int pcipeek_words_fetch(u64 *to, const u64 __user *from,
				      size_t bytes)
{
	size_t i;

	if (!user_read_access_begin(from, bytes))
		return -EFAULT;
	for (i = 0; i < bytes / sizeof(u64); i++)
		unsafe_get_user(to[i], from + i, fault);
	user_read_access_end();
	return 0;
fault:
	user_read_access_end();
	return -EFAULT;
}

static inline int pcipeek_words_store(u64 __user *to, const u64 *from,
				      size_t bytes)
{
	size_t i;

	if (!user_write_access_begin(to, bytes))
		return -EFAULT;
	for (i = 0; i < bytes / sizeof(u64); i++)
		unsafe_put_user(from[i], to + i, fault);
	user_write_access_end();
	return 0;
fault:
	user_write_access_end();
	return -EFAULT;
}

#endif
