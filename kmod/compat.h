/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * What differs between the kernels that we support, 5.10 to 7.x. By what the
 * headers have, not by version numbers: distributions carry changes back.
 */
#ifndef PCIPEEK_COMPAT_H
#define PCIPEEK_COMPAT_H

#include <linux/mm.h>
#include <linux/pci.h>
#include <linux/version.h>

/* vm_flags became read-only, with accessors, in 6.3. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 3, 0)
static inline void pcipeek_vm_flags_set(struct vm_area_struct *vma,
					unsigned long flags)
{
	vma->vm_flags |= flags;
}

static inline void pcipeek_vm_flags_clear(struct vm_area_struct *vma,
					  unsigned long flags)
{
	vma->vm_flags &= ~flags;
}
#else
#define pcipeek_vm_flags_set vm_flags_set
#define pcipeek_vm_flags_clear vm_flags_clear
#endif

/*
 * Has the kernel placed the BARs of the function, and lets drivers have it? Newer kernels
 * do not tell (PCI_DEV_ALLOW_BINDING, in drivers/pci/pci.h).
 */
static inline bool pcipeek_is_added(const struct pci_dev *pdev)
{
#ifdef PCIPEEK_HAS_MATCH_DRIVER
	return data_race(pdev->match_driver); /* set once, by the scan of the bus */
#else
	return true;
#endif
}

/* May the BARs of the function be mapped into user space? Older kernels know no other. */
static inline bool pcipeek_has_mappable_bars(const struct pci_dev *pdev)
{
#ifdef PCIPEEK_HAS_NON_MAPPABLE_BARS
	return !pdev->non_mappable_bars;
#else
	return true;
#endif
}

/*
 * Can PCI memory be mapped into user space at all? Architectures say so in either of two
 * ways. s390 says so from 7.x on, but its PCI memory takes instructions of its own.
 */
#if (defined(HAVE_PCI_MMAP) || defined(ARCH_GENERIC_PCI_MMAP_RESOURCE)) && \
	!defined(CONFIG_S390)
#define PCIPEEK_CAN_MAP true
#else
#define PCIPEEK_CAN_MAP false
#endif

#endif
