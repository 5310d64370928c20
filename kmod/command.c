// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers
/* The commands whose argument begins with a size, and that argument's way in and out. */
#include <linux/nospec.h>
#include <linux/stddef.h>
#include <linux/uaccess.h>

#include "batch.h"
#include "block.h"
#include "command.h"
#include "compat.h"
#include "file.h"
#include "registry.h"
#include "rights.h"
#include "validate.h"

/* The largest of the arguments that begin with a size. */
union argument {
	struct {
		u32 size;
		u32 flags;
	};
	struct pcipeek_version version;
	struct pcipeek_attach attach;
	struct pcipeek_device_info device_info;
	struct pcipeek_bar_info bar_info;
	struct pcipeek_block block;
	struct pcipeek_restrict restrict_to;
	struct pcipeek_bar_mode bar_mode;
	struct pcipeek_batch batch;
};

static const u64 features =
#ifdef readq
	PCIPEEK_FEATURE_ACCESS64 |
#endif
	PCIPEEK_FEATURE_BATCH | PCIPEEK_FEATURE_RESTRICT |
	PCIPEEK_FEATURE_BLOCK_FIXED |
	(PCIPEEK_CAN_MAP ? PCIPEEK_FEATURE_MMAP : 0) |
	PCIPEEK_FEATURE_WRITE_COMBINE | PCIPEEK_FEATURE_EVENTS |
	PCIPEEK_FEATURE_BUS_MASTER;

static int do_version(struct file *filp, union argument *arg)
{
	int err = pcipeek_check_version(&arg->version);

	arg->version.abi_major = PCIPEEK_ABI_MAJOR;
	arg->version.features = features;
	return err;
}

static int do_attach(struct file *filp, union argument *arg)
{
	int err = pcipeek_check_attach(&arg->attach);

	if (!err)
		err = pcipeek_rights_attach(filp, &arg->attach);
	if (!err)
		err = pcipeek_registry_attach(filp->private_data, &arg->attach);
	return err;
}

static int do_device_info(struct file *filp, union argument *arg)
{
	struct pcipeek_file *file = filp->private_data;
	struct pcipeek_device_info *info = &arg->device_info;
	int err = pcipeek_check_device_info(info);

	if (err)
		return err;
	pcipeek_registry_look_for_end(file->device);
	pcipeek_device_info(file->device, info);
	info->rights = READ_ONCE(file->rights);
	pcipeek_registry_info(file, info);
	WRITE_ONCE(file->seen, info->generation);
	return 0;
}

static int do_restrict(struct file *filp, union argument *arg)
{
	return pcipeek_rights_restrict(filp->private_data, &arg->restrict_to);
}

static int do_bar_mode(struct file *filp, union argument *arg)
{
	const struct pcipeek_bar_mode *want = &arg->bar_mode;
	struct pcipeek_file *file = filp->private_data;
	struct pcipeek_device *device = file->device;
	int err = pcipeek_check_bar_mode(want, READ_ONCE(file->rights),
					 &device->limits);

	if (!err && !pcipeek_registry_is_exclusive(file))
		err = -EACCES;
	if (!err)
		err = pcipeek_rights_lockdown();
	return err ?: pcipeek_bar_set_mode(device, pcipeek_device_bar(device, want->bar),
					   want->mode, file);
}

static int do_batch(struct file *filp, union argument *arg)
{
	return pcipeek_batch_run(filp->private_data, &arg->batch);
}

static int do_bar_info(struct file *filp, union argument *arg)
{
	struct pcipeek_file *file = filp->private_data;
	int err = pcipeek_check_bar_info(&arg->bar_info, &file->device->limits);

	if (!err)
		pcipeek_bar_info(file->device, &arg->bar_info);
	return err;
}

static int do_block(struct file *filp, union argument *arg)
{
	struct pcipeek_file *file = filp->private_data;
	struct pcipeek_block *block = &arg->block;
	int err;

	block->done = 0;
	err = pcipeek_check_block(block, READ_ONCE(file->rights),
				  &file->device->limits);
	return err ?: pcipeek_block_run(file, block);
}

enum copy_back {
	COPY_NEVER,
	COPY_ON_SUCCESS,
	COPY_ALWAYS,
};

/**
 * struct command - a command whose argument begins with a size
 * @cmd: its number
 * @min_size: of the first version of its argument, the least that is taken
 * @size: of this version
 * @works_unattached: also on a file that is not attached
 * @copy_back: when the argument goes back to the caller
 * @run: does it; the argument is a copy
 */
struct command {
	unsigned int cmd;
	u16 min_size;
	u16 size;
	bool works_unattached;
	enum copy_back copy_back;
	int (*run)(struct file *filp, union argument *arg);
};

static const struct command commands[] = {
	[_IOC_NR(PCIPEEK_IOC_VERSION)] = {
		.cmd = PCIPEEK_IOC_VERSION,
		.min_size = offsetofend(struct pcipeek_version, features),
		.size = sizeof(struct pcipeek_version),
		.works_unattached = true,
		.copy_back = COPY_ON_SUCCESS,
		.run = do_version,
	},
	[_IOC_NR(PCIPEEK_IOC_ATTACH)] = {
		.cmd = PCIPEEK_IOC_ATTACH,
		.min_size = offsetofend(struct pcipeek_attach, reserved1),
		.size = sizeof(struct pcipeek_attach),
		.works_unattached = true,
		.copy_back = COPY_NEVER,
		.run = do_attach,
	},
	[_IOC_NR(PCIPEEK_IOC_RESTRICT)] = {
		.cmd = PCIPEEK_IOC_RESTRICT,
		.min_size = offsetofend(struct pcipeek_restrict, rights),
		.size = sizeof(struct pcipeek_restrict),
		.copy_back = COPY_NEVER,
		.run = do_restrict,
	},
	[_IOC_NR(PCIPEEK_IOC_DEVICE_INFO)] = {
		.cmd = PCIPEEK_IOC_DEVICE_INFO,
		.min_size = offsetofend(struct pcipeek_device_info, generation),
		.size = sizeof(struct pcipeek_device_info),
		.copy_back = COPY_ON_SUCCESS,
		.run = do_device_info,
	},
	[_IOC_NR(PCIPEEK_IOC_BAR_INFO)] = {
		.cmd = PCIPEEK_IOC_BAR_INFO,
		.min_size = offsetofend(struct pcipeek_bar_info, wanted_last),
		.size = sizeof(struct pcipeek_bar_info),
		.copy_back = COPY_ON_SUCCESS,
		.run = do_bar_info,
	},
	[_IOC_NR(PCIPEEK_IOC_BAR_MODE)] = {
		.cmd = PCIPEEK_IOC_BAR_MODE,
		.min_size = offsetofend(struct pcipeek_bar_mode, reserved1),
		.size = sizeof(struct pcipeek_bar_mode),
		.copy_back = COPY_NEVER,
		.run = do_bar_mode,
	},
	[_IOC_NR(PCIPEEK_IOC_BLOCK)] = {
		.cmd = PCIPEEK_IOC_BLOCK,
		.min_size = offsetofend(struct pcipeek_block, generation),
		.size = sizeof(struct pcipeek_block),
		.copy_back = COPY_ALWAYS,
		.run = do_block,
	},
	[_IOC_NR(PCIPEEK_IOC_BATCH)] = {
		.cmd = PCIPEEK_IOC_BATCH,
		.min_size = offsetofend(struct pcipeek_batch, generation),
		.size = sizeof(struct pcipeek_batch),
		.copy_back = COPY_ALWAYS,
		.run = do_batch,
	},
};

/* @size is fetched once: what the caller changes afterwards changes nothing. */
static int command_copy_in(union argument *arg, const struct command *command,
			   const void __user *user, u32 *size)
{
	if (get_user(*size, (const u32 __user *)user))
		return -EFAULT;
	if (*size < command->min_size)
		return -EINVAL;
	if (*size > PAGE_SIZE)
		return -E2BIG;
	return copy_struct_from_user(arg, command->size, user, *size);
}

/* A short structure gets the part that it knows, a long one a zeroed tail. */
static int command_copy_out(union argument *arg, const struct command *command, void __user *user,
			    u32 size)
{
	size_t known = min_t(size_t, size, command->size);

	arg->size = size;
	if (copy_to_user(user, arg, known))
		return -EFAULT;
	if (size > known && clear_user(user + known, size - known))
		return -EFAULT;
	return 0;
}

static long command_run(struct file *filp, const struct command *command, void __user *user)
{
	struct pcipeek_file *file = filp->private_data;
	union argument arg = {};
	u32 size;
	int err;

	if (!command->works_unattached && !pcipeek_file_device(file))
		return -ENOTCONN;
	err = command_copy_in(&arg, command, user, &size);
	if (err)
		return err;
	err = command->run(filp, &arg);
	if (command->copy_back == COPY_ALWAYS ||
	    (command->copy_back == COPY_ON_SUCCESS && !err)) {
		int lost = command_copy_out(&arg, command, user, size);

		err = err ?: lost;
	}
	return err;
}

long pcipeek_command(struct file *filp, unsigned int cmd, void __user *user)
{
	unsigned int number = _IOC_NR(cmd);

	if (number >= ARRAY_SIZE(commands))
		return -ENOTTY;
	number = array_index_nospec(number, ARRAY_SIZE(commands));
	if (commands[number].cmd != cmd)
		return -ENOTTY;
	return command_run(filp, &commands[number], user);
}
