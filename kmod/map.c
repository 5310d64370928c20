// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include <linux/bits.h>
#include <linux/mm.h>
#include <linux/mount.h>
#include <linux/pseudo_fs.h>
#include <linux/sched/mm.h>

#include "compat.h"
#include "guard.h"
#include "map.h"
#include "rights.h"

/*
 * An mmap offset is the BAR number and the offset in it. On a 32-bit kernel the offset of
 * a character device must stay below 4 GiB (file_mmap_size_max()), so only the first
 * 512 MiB of a BAR can be mapped there.
 */
#define BAR_SHIFT (BITS_PER_LONG == 32 ? 29 : 40)
#define BAR_LIMIT BIT_ULL(BAR_SHIFT)

static struct vfsmount *mount;
static int mount_count;
static struct inode *inode;

static int init_fs_context(struct fs_context *context)
{
	return init_pseudo(context, 0x70637069) ? 0 : -ENOMEM;
}

/* No .owner: the mount that pins it would hold the module for ever. */
static struct file_system_type type = {
	.name = "pcipeek",
	.init_fs_context = init_fs_context,
	.kill_sb = kill_anon_super,
};

int pcipeek_map_init(void)
{
	int err = simple_pin_fs(&type, &mount, &mount_count);

	if (err)
		return err;
	inode = alloc_anon_inode(mount->mnt_sb);
	if (IS_ERR(inode)) {
		simple_release_fs(&mount, &mount_count);
		return PTR_ERR(inode);
	}
	return 0;
}

void pcipeek_map_exit(void)
{
	iput(inode);
	simple_release_fs(&mount, &mount_count);
}

struct address_space *pcipeek_map_space(void)
{
	return inode->i_mapping;
}

/*
 * Whole pages inside the BAR: a page that holds the end of a small BAR may hold a
 * neighbour's registers behind it. Above 4 GiB a 32-bit kernel cannot revoke.
 */
static u64 map_length(const struct pcipeek_device *device, const struct pcipeek_bar *bar)
{
	if (!device->granted || !bar->mappable)
		return 0;
	if (!PCIPEEK_CAN_MAP || !PAGE_ALIGNED(bar->start))
		return 0;
	if (bar->start + bar->length - 1 > ULONG_MAX)
		return 0;
	return min_t(u64, round_down(bar->length, PAGE_SIZE), BAR_LIMIT);
}

void pcipeek_map_info(const struct pcipeek_device *device,
		      const struct pcipeek_bar *bar,
		      struct pcipeek_bar_info *info)
{
	info->mmap_length = map_length(device, bar);
	info->mmap_offset = info->mmap_length ? info->bar * BAR_LIMIT : 0;
}

static int leave_entry_alone(pte_t *entry, unsigned long address, void *data)
{
	return 0;
}

/*
 * Make the page tables for @vmf, but no entry. This is the part of a fault that may
 * wait for memory, and thus for a disk, so it comes before the guard. It needs a
 * callback: without one, 5.10 unmaps the wrong table on CONFIG_HIGHPTE.
 */
static vm_fault_t map_make_tables(const struct vm_fault *vmf)
{
	return apply_to_page_range(vmf->vma->vm_mm, vmf->address & PAGE_MASK,
				   PAGE_SIZE, leave_entry_alone, NULL) ?
		       VM_FAULT_OOM :
		       0;
}

/*
 * Inside the guard. If the kernel freed the tables meanwhile, this allocates from the
 * reserves or fails at once, and the fault is retried from its start.
 */
static vm_fault_t map_insert(const struct vm_fault *vmf)
{
	struct vm_area_struct *vma = vmf->vma;
	unsigned long page = (vmf->address - vma->vm_start) >> PAGE_SHIFT;
	unsigned int flags = memalloc_noreclaim_save();
	vm_fault_t result;

	result = vmf_insert_pfn(vma, vmf->address, vma->vm_pgoff + page);
	memalloc_noreclaim_restore(flags);
	return result == VM_FAULT_OOM ? VM_FAULT_NOPAGE : result;
}

static vm_fault_t map_fault(struct vm_fault *vmf)
{
	struct pcipeek_bar *bar = vmf->vma->vm_private_data;
	struct pcipeek_file *file = vmf->vma->vm_file->private_data;
	vm_fault_t result = map_make_tables(vmf);

	if (result)
		return result;
	if (pcipeek_guard_enter(file->device, bar))
		return VM_FAULT_SIGBUS;
	result = map_insert(vmf);
	pcipeek_guard_leave(file->device);
	return result;
}

static void map_count(struct vm_area_struct *vma, int by)
{
	struct pcipeek_bar *bar = vma->vm_private_data;
	struct pcipeek_file *file = vma->vm_file->private_data;

	mutex_lock(&file->device->map_lock);
	bar->mappings += by;
	mutex_unlock(&file->device->map_lock);
}

/* Called for the parts of a mapping that is split, not for fork(). */
static void map_area_open(struct vm_area_struct *vma)
{
	map_count(vma, 1);
}

static void map_area_close(struct vm_area_struct *vma)
{
	map_count(vma, -1);
}

/* No .access: it would be a way in for a tracer. */
static const struct vm_operations_struct area_operations = {
	.open = map_area_open,
	.close = map_area_close,
	.fault = map_fault,
};

static int map_check_place(const struct pcipeek_device *device, u64 bar, u64 offset, u64 bytes)
{
	u64 length;

	if (bar >= PCIPEEK_BAR_COUNT)
		return -ENXIO;
	bar = array_index_nospec((unsigned int)bar, PCIPEEK_BAR_COUNT);
	if (!device->limits.bar[bar].length)
		return -ENXIO;
	length = map_length(device, &device->bar[bar]);
	if (!length)
		return -EOPNOTSUPP;
	return offset > length || bytes > length - offset ? -ERANGE : 0;
}

/*
 * VM_MAYSHARE: the kernel clears VM_SHARED for a file that is open for reading
 * only. A private mapping would be copied on a write, which a register cannot be.
 */
static int map_check_area(const struct pcipeek_file *file, const struct vm_area_struct *vma,
			  u64 bar)
{
	u64 needed = PCIPEEK_RIGHT_MMAP;
	int err;

	if (!(vma->vm_flags & VM_MAYSHARE) || vma->vm_flags & VM_EXEC)
		return -EINVAL;
	if (vma->vm_flags & VM_WRITE)
		needed |= PCIPEEK_RIGHT_WRITE;
	err = pcipeek_check_right(file->rights, needed,
				  min_t(u64, bar, PCIPEEK_BAR_COUNT));
	return err ?: pcipeek_rights_lockdown();
}

/* Write-combining is the holder's alone, so that it ends with its file. */
static int map_settle_mode(struct pcipeek_file *file, struct vm_area_struct *vma,
			   struct pcipeek_bar *bar)
{
	struct pcipeek_device *device = file->device;
	int err = 0;

	mutex_lock(&device->map_lock);
	if (pcipeek_device_ended(device))
		err = -ENODEV;
	else if (bar->mode == PCIPEEK_BAR_MODE_WC && bar->holder != file)
		err = -EBUSY;
	else
		bar->mappings++;
	if (bar->mode == PCIPEEK_BAR_MODE_WC)
		vma->vm_page_prot = pgprot_writecombine(vma->vm_page_prot);
	else
		vma->vm_page_prot = pgprot_device(vma->vm_page_prot);
	mutex_unlock(&device->map_lock);
	return err;
}

static void map_take_over(struct pcipeek_file *file, struct vm_area_struct *vma,
			  struct pcipeek_bar *bar, u64 offset)
{
	bool write = vma->vm_flags & VM_WRITE;

	file->mapped |= PCIPEEK_RIGHT_MMAP |
			PCIPEEK_RIGHT_BAR(bar - file->device->bar) |
			(write ? PCIPEEK_RIGHT_WRITE : 0);
	pcipeek_vm_flags_set(vma, VM_IO | VM_PFNMAP | VM_DONTEXPAND |
					  VM_DONTDUMP | VM_DONTCOPY);
	pcipeek_vm_flags_clear(vma, VM_MAYEXEC | (write ? 0 : VM_MAYWRITE));
	vma->vm_pgoff = (bar->start + offset) >> PAGE_SHIFT;
	vma->vm_private_data = bar;
	vma->vm_ops = &area_operations;
}

int pcipeek_map_mmap(struct file *filp, struct vm_area_struct *vma)
{
	struct pcipeek_file *file = filp->private_data;
	u64 start = (u64)vma->vm_pgoff << PAGE_SHIFT;
	u64 bar = start >> BAR_SHIFT;
	u64 offset = start & (BAR_LIMIT - 1);
	struct pcipeek_bar *mapped;
	int err;

	if (!pcipeek_file_device(file))
		return -ENOTCONN;
	mutex_lock(&file->lock);
	err = map_check_area(file, vma, bar);
	if (!err)
		err = map_check_place(file->device, bar, offset, vma->vm_end - vma->vm_start);
	if (!err) {
		mapped = pcipeek_device_bar(file->device, bar);
		err = map_settle_mode(file, vma, mapped);
	}
	if (!err)
		map_take_over(file, vma, mapped, offset);
	mutex_unlock(&file->lock);
	return err;
}

/* A length of 0 would mean the rest of the address space. */
void pcipeek_map_revoke(struct pcipeek_device *device)
{
	int i;

	for (i = 0; i < PCIPEEK_BAR_COUNT; i++) {
		const struct pcipeek_bar *bar = &device->bar[i];
		u64 length = bar->length ? map_length(device, bar) : 0;

		if (length)
			unmap_mapping_range(inode->i_mapping, bar->start,
					    length, 1);
	}
}
