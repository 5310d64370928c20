// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include <linux/capability.h>
#include <linux/security.h>

#include "file.h"
#include "registry.h"
#include "rights.h"
#include "validate.h"

int pcipeek_rights_lockdown(void)
{
	return security_locked_down(LOCKDOWN_PCI_ACCESS);
}

/* The VFS checks the open mode for read(), write() and mmap(), not for ioctl(). */
static bool mode_allows(const struct file *filp, u64 rights)
{
	if (!(filp->f_mode & FMODE_READ))
		return false;
	return !(rights & PCIPEEK_RIGHT_WRITE) || filp->f_mode & FMODE_WRITE;
}

int pcipeek_rights_attach(const struct file *filp,
			  const struct pcipeek_attach *attach)
{
	if (!mode_allows(filp, attach->rights))
		return -EACCES;
	/* capable(), not ns_capable(): a container's root owns no hardware */
	if (attach->flags & (PCIPEEK_ATTACH_FOREIGN | PCIPEEK_ATTACH_BUS_MASTER) &&
	    !capable(CAP_SYS_RAWIO))
		return -EPERM;
	/* as for the kernel's own files: whoever only reads changes nothing */
	if (attach->rights & (PCIPEEK_RIGHT_WRITE | PCIPEEK_RIGHT_MMAP))
		return pcipeek_rights_lockdown();
	return 0;
}

int pcipeek_rights_still_held(const struct pcipeek_file *file, bool write,
			      u8 bar)
{
	u64 needed = write ? PCIPEEK_RIGHT_WRITE : 0;
	int err = pcipeek_check_right(READ_ONCE(file->rights), needed, bar);

	if (!err && write)
		err = pcipeek_rights_lockdown();
	return err;
}

/* What a mapping was made with cannot be taken away from it. */
int pcipeek_rights_restrict(struct pcipeek_file *file,
			    const struct pcipeek_restrict *restrict_to)
{
	u64 before;
	int err;

	mutex_lock(&file->lock);
	before = file->rights;
	err = pcipeek_check_restrict(restrict_to, before);
	if (!err && file->mapped & ~restrict_to->rights)
		err = -EBUSY;
	if (!err)
		WRITE_ONCE(file->rights, restrict_to->rights);
	if (!err && before & ~restrict_to->rights & PCIPEEK_RIGHT_WRITE)
		pcipeek_registry_writer_left(file);
	mutex_unlock(&file->lock);
	return err;
}
