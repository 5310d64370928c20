// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers
/*
 * READ and WRITE of one register, from the caller's memory to the device and back.
 * What they call is inline: make bench counts their instructions.
 */
#include <linux/uaccess.h>

#include "access.h"
#include "file.h"
#include "peek.h"
#include "rights.h"

/* The last eight bytes of the argument, of which one load is enough. */
union form {
	u64 word;
	struct {
		u8 bar;
		u8 width;
		u16 flags;
		u32 reserved;
	};
};

/* Without a call, and through the registers; the value only for a WRITE. */
static __always_inline int peek_fetch(struct pcipeek_access *access,
				      const struct pcipeek_access __user *user, bool write)
{
	u64 offset, value = 0, word;
	union form form;

	BUILD_BUG_ON(sizeof(*user) != offsetof(struct pcipeek_access, bar) +
					      sizeof(form));
	if (!user_read_access_begin(user, sizeof(*user)))
		return -EFAULT;
	unsafe_get_user(offset, &user->offset, fault);
	if (write)
		unsafe_get_user(value, &user->value, fault);
	unsafe_get_user(word, (const u64 __user *)&user->bar, fault);
	user_read_access_end();
	form.word = word;
	access->offset = offset;
	access->value = value;
	access->bar = form.bar;
	access->width = form.width;
	access->flags = form.flags;
	access->reserved = form.reserved;
	return 0;
fault:
	user_read_access_end();
	return -EFAULT;
}

/* In a register from here on: the compiler would compute it again at each use. */
static __always_inline struct pcipeek_bar *
find_bar(struct pcipeek_device *device, const struct pcipeek_access *access)
{
	struct pcipeek_bar *bar = &device->bar[access->bar];

	OPTIMIZER_HIDE_VAR(bar);
	return bar;
}

static inline int peek_give_back(u64 value, struct pcipeek_access __user *user)
{
	if (!user_write_access_begin(user, sizeof(*user)))
		return -EFAULT;
	unsafe_put_user(value, &user->value, fault);
	user_write_access_end();
	return 0;
fault:
	user_write_access_end();
	return -EFAULT;
}

long pcipeek_peek(struct file *filp, struct pcipeek_access __user *user)
{
	struct pcipeek_file *file = filp->private_data;
	struct pcipeek_device *device = pcipeek_file_device(file);
	struct pcipeek_access access;
	struct pcipeek_bar *bar;
	u64 value;
	int err;

	if (unlikely(!device))
		return -ENOTCONN;
	err = peek_fetch(&access, user, false);
	if (!err)
		err = pcipeek_check_access(&access, 0, READ_ONCE(file->rights),
					   &device->limits);
	if (unlikely(err))
		return err;
	bar = find_bar(device, &access);
	err = pcipeek_access_enter(device, bar);
	if (unlikely(err))
		return err;
	err = pcipeek_access_load(device, bar, access.offset, access.width,
				  &value);
	pcipeek_guard_leave(device);
	if (unlikely(err))
		return err;
	return peek_give_back(value, user);
}

long pcipeek_poke(struct file *filp, const struct pcipeek_access __user *user)
{
	struct pcipeek_file *file = filp->private_data;
	struct pcipeek_device *device = pcipeek_file_device(file);
	struct pcipeek_access access;
	struct pcipeek_bar *bar;
	int err;

	if (unlikely(!device))
		return -ENOTCONN;
	err = peek_fetch(&access, user, true);
	if (!err)
		err = pcipeek_check_access(&access, PCIPEEK_RIGHT_WRITE,
					   READ_ONCE(file->rights),
					   &device->limits);
	if (!err)
		err = pcipeek_rights_unlocked(device);
	if (unlikely(err))
		return err;
	bar = find_bar(device, &access);
	err = pcipeek_access_enter(device, bar);
	if (unlikely(err))
		return err;
	err = pcipeek_access_store(device, bar, access.offset, access.width,
				   access.value);
	pcipeek_guard_leave(device);
	return err;
}
