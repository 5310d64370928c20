/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * pcipeek: the registers behind a PCI device's BARs, through /dev/pcipeek
 *
 * This file is the whole contract between user space and pcipeek.ko, and its
 * manual. Once released, it only grows: by new commands, by feature bits, and
 * by fields at the end of the structures that begin with a size.
 *
 *
 * Files and attachments
 * =====================
 *
 * An open file of /dev/pcipeek can do nothing until ATTACH attaches it to
 * one PCI function; it stays attached to that function until it is closed.
 * VERSION and ATTACH work on any file. On a file that is not attached, every
 * other command of this header fails with -ENOTCONN. A second ATTACH fails with
 * -EISCONN.
 *
 * Every granted function also has a node of its own, /dev/pcipeek-DDDD-BB-DD.F
 * (domain, bus, device and function in hexadecimal), a device of the class
 * "pcipeek" whose parent is the function. An open file of it is attached from the
 * start, so ATTACH on it is -EISCONN; everything else works as on a file of
 * /dev/pcipeek. Its rights follow from open():
 *
 * O_RDONLY  all BARs, and MMAP unless the kernel is locked down
 * O_RDWR    also WRITE, and always MMAP
 * O_EXCL    without O_CREAT: as PCIPEEK_ATTACH_EXCLUSIVE; needs O_RDWR
 *
 * O_WRONLY is -EACCES. open() fails as ATTACH does, and with -ENODEV where the
 * function is not granted. The node goes away with the grant, and open files end.
 * Its minor number means this address, and no other, until the module is unloaded.
 *
 * No address enters the kernel through this interface. The caller names a
 * function (domain, bus, devfn), a BAR number (0 to 5) and a byte offset in that
 * BAR; the kernel checks all three and makes exactly the requested accesses.
 *
 *
 * Granted and foreign
 * ===================
 *
 * A function is GRANTED when it is bound to the driver "pcipeek", by any of the
 * kernel's own means (driver_override, new_id, the module parameter ids=).
 * Binding is the grant: all who may open /dev/pcipeek may attach to it. The
 * module enables a granted function, claims its regions exclusively, keeps it
 * awake, clears its bus mastering and masks its INTx.
 *
 * Bus mastering, that is DMA, is on while a file that asked for it is attached
 * (PCIPEEK_ATTACH_BUS_MASTER): that ATTACH sets it; it is set again after every
 * reset, system sleep and error on the bus; and it is cleared when the last such file
 * closes or drops WRITE (RESTRICT), and when the grant ends.
 *
 * Without such a file, bus mastering is cleared when a function is bound, after every
 * reset, system sleep and error on the bus, when the first file with WRITE attaches,
 * and when the last one closes or drops WRITE. In between it stays as root sets it.
 * A file without WRITE changes nothing about the function.
 *
 * A function whose interrupt pin cannot be masked (PCI 2.2 and older, and kernel
 * quirks) is refused with -EOPNOTSUPP when it is bound, since its users
 * could make the kernel disable a shared interrupt line. Root allows it by naming
 * the function in the module parameter unmaskable_interrupt.
 *
 * BARs without an address do not prevent binding: the others can be used. A memory
 * BAR without an address responds at whatever its register holds once the function
 * decodes memory; if that range belongs to something else, binding is refused with
 * -EADDRNOTAVAIL.
 *
 * Any other function is FOREIGN: ATTACH with PCIPEEK_ATTACH_FOREIGN, by a
 * caller with CAP_SYS_RAWIO. The module owns nothing of a foreign function: it
 * does not claim, enable or wake it. Its attachment lasts as long as the driver
 * binding found at ATTACH: it ends as soon as a driver binds or unbinds, or when a
 * BAR gets another address. No value read while a BAR moves is returned. The first
 * write to a foreign function is logged and taints the kernel (TAINT_USER).
 * A foreign function cannot be mapped.
 *
 *
 * Exact
 * =====
 *
 * One request is one bus access of the stated width. Nothing is split, merged,
 * repeated or guessed; what the BAR or the CPU cannot do in one access is
 * refused with -EOPNOTSUPP. Widths are 1, 2, 4 or 8 bytes, and offsets are
 * naturally aligned. 8 bytes need PCIPEEK_FEATURE_ACCESS64 and a memory BAR.
 * A write is posted: it has left the CPU when the call returns, and may reach
 * the device later; a read from the device, or a FLUSH in a batch, waits for it.
 *
 * Values are numbers in the CPU's byte order, zero-extended to 64 bits; PCI is
 * little-endian, so the byte at the lowest offset is the least significant one.
 * The buffer of a BLOCK is the device's byte image, that is, little-endian.
 *
 *
 * Honest
 * ======
 *
 * Before an access the module makes sure that it can reach the function:
 *
 * - the function is there, not in a reset, and its link is up;
 * - it decodes the BAR's address space (PCI_COMMAND; of a virtual function, the
 *   SR-IOV control of its physical function) and is in power state D0 (PMCSR);
 * - the BAR register holds the address that the kernel assigned;
 * - every bridge above answers, is in D0, forwards that address space
 *   (PCI_COMMAND), and has a window that contains the BAR.
 *
 * When that stops being true, accesses fail with -EIO, and BAR_INFO says why. It
 * is noticed
 *
 * - in the next jiffy, if the function stopped answering or decoding;
 * - at most 16 jiffies later, in all cases: in each jiffy in which a BAR is
 *   used, the module reads PCI_COMMAND and one of the other registers, in turn,
 *   and all of them if one of them was last read 16 jiffies ago or more;
 * - by the first access after an ATTACH, which checks everything;
 * - at once, when a read returned all ones: 0xffffffff is returned as data only
 *   if everything is in order afterwards. On real hardware a read that nothing
 *   answers returns all ones.
 *
 * A function that drops out only during that read goes undetected. The BAR
 * register is not checked if it does not hold the address:
 * enhanced allocation, IDE in its legacy mode, and functions whose BARs a
 * hypervisor places (s390). Nor is a window that the kernel does not rely on:
 * behind bridges that decode subtractively. Loads and stores through mmap() are
 * not checked; see there.
 *
 *
 * Lockdown
 * ========
 *
 * A kernel that is locked down ("integrity", as with Secure Boot) refuses writes,
 * mappings and BAR_MODE, and allows reads, as it does for its own files in sysfs.
 * ATTACH with WRITE or MMAP is -EPERM; without them it works, for granted and for
 * foreign functions. A file that was attached before keeps reading; its writes and
 * new mappings are -EPERM. Existing mappings stay, and so does bus mastering that the
 * file asked for.
 *
 *
 * Errors
 * ======
 *
 * Each errno has one meaning:
 *
 * ENOTCONN    the file is not attached
 * EISCONN     ATTACH: the file is already attached
 * ENODEV      no such function; or the attachment has ended (removed, unbound,
 *             a driver bound, a BAR moved: DEVICE_INFO says which)
 * EBUSY       ATTACH: another driver has the function, and FOREIGN was not set;
 *             RESTRICT: the file was mapped with a right that would be dropped;
 *             BAR_MODE: the BAR is in use in another mode; any access of a
 *             foreign function: its driver mapped parts of the BAR with
 *             different memory types, and then x86 has no type for the whole
 * EUSERS      ATTACH: another file holds the function EXCLUSIVE; or EXCLUSIVE
 *             was requested while others are attached
 * EPERM       ATTACH: the function was not granted, or FOREIGN or BUS_MASTER
 *             without CAP_SYS_RAWIO; ATTACH with WRITE or MMAP, BAR_MODE, mmap()
 *             and every call that writes: the kernel is locked down
 * EACCES      the file lacks the right (open mode, rights of ATTACH, RESTRICT)
 * ENXIO       no such BAR: the number is above 5, the function does not have
 *             it, it has no address, or it is the upper half of a 64-bit BAR
 * EINVAL      malformed: an unknown flag, width or code, a reserved field that
 *             is not zero, a misaligned offset, a value wider than its width
 * ERANGE      the access is outside the BAR
 * EOPNOTSUPP  the BAR or the CPU cannot do this width or use
 * EIO         the function cannot answer: its address space is not decoded, it
 *             is asleep, its link is down, it lost its address, a bridge above
 *             does not forward the access (BAR_INFO says which), or the kernel
 *             did not recover it from an error on the bus
 * EAGAIN      the function is being reset, or being granted or revoked, or the
 *             kernel is placing its BARs at this moment: try again; BLOCK,
 *             BATCH: it was reset since
 * ETIMEDOUT   a POLL or the time of a BATCH ran out
 * EINTR       a signal; `done` says how much was done, and nothing is restarted
 * EFAULT      an argument or buffer is not the caller's memory
 * E2BIG       a structure is larger than a page, or has set fields that this
 *             kernel does not know; a BLOCK or BATCH is larger than the limit
 * ENOMEM      out of memory
 * ENOTTY      an unknown command: this module does not have it
 *
 * Checked in this order: the form of the structure, the right, the BAR, the
 * width (and that a value fits it), the range, the alignment; then whether the
 * function can answer. A request that fails a check made no access.
 *
 *
 * Structures
 * ==========
 *
 * All are the same for 32-bit and 64-bit callers. Fields named reserved must be
 * zero; fields marked "out" are ignored on entry. A structure that begins with
 * @size may grow: the caller sets @size to the sizeof that it was compiled with.
 * A size smaller than the first version's is -EINVAL. A size larger than the
 * module's is fine as long as the fields that the module does not know are zero
 * (else -E2BIG); the module clears them on return. @flags of such a structure
 * must be 0 unless flags are listed for it.
 */
#ifndef _UAPI_LINUX_PCIPEEK_H
#define _UAPI_LINUX_PCIPEEK_H

#include <linux/ioctl.h>
#include <linux/types.h>

/* The major version of this contract; see VERSION. */
#define PCIPEEK_ABI_MAJOR 1

/* The number of base address registers of a function; BARs are 0 to 5. */
#define PCIPEEK_BAR_COUNT 6

/* The most bytes one BLOCK moves, and the most operations one BATCH runs. */
#define PCIPEEK_BLOCK_MAX_BYTES (16U << 20)
#define PCIPEEK_BATCH_MAX_OPS 1024U

/* The most time, in nanoseconds, that one BATCH may ask for: 10 s. */
#define PCIPEEK_BATCH_MAX_TIMEOUT_NS 10000000000ULL

/* ------------------------------------------------------------- VERSION -- */

/*
 * What this module can do. A command or flag without its feature bit is refused
 * (-ENOTTY, -EINVAL), never ignored.
 *
 * ACCESS64       8-byte accesses of memory BARs, each one bus access
 * BATCH          PCIPEEK_IOC_BATCH
 * RESTRICT       PCIPEEK_IOC_RESTRICT
 * BLOCK_FIXED    PCIPEEK_BLOCK_FIXED
 * MMAP           PCIPEEK_RIGHT_MMAP, mmap()
 * WRITE_COMBINE  PCIPEEK_IOC_BAR_MODE, PCIPEEK_BAR_MODE_WC
 * EVENTS         poll() on an attached file
 * BUS_MASTER     PCIPEEK_ATTACH_BUS_MASTER
 */
#define PCIPEEK_FEATURE_ACCESS64 (1ULL << 0)
#define PCIPEEK_FEATURE_BATCH (1ULL << 1)
#define PCIPEEK_FEATURE_RESTRICT (1ULL << 2)
#define PCIPEEK_FEATURE_BLOCK_FIXED (1ULL << 3)
#define PCIPEEK_FEATURE_MMAP (1ULL << 4)
#define PCIPEEK_FEATURE_WRITE_COMBINE (1ULL << 5)
#define PCIPEEK_FEATURE_EVENTS (1ULL << 6)
#define PCIPEEK_FEATURE_BUS_MASTER (1ULL << 7)

/**
 * struct pcipeek_version - argument of PCIPEEK_IOC_VERSION
 * @size: sizeof(struct pcipeek_version)
 * @flags: must be 0
 * @abi_major: out: PCIPEEK_ABI_MAJOR of the module; a caller that was compiled
 *	with another one must not continue
 * @reserved: must be 0
 * @features: out: PCIPEEK_FEATURE_* bits
 */
struct pcipeek_version {
	__u32 size;
	__u32 flags;
	__u32 abi_major;
	__u32 reserved;
	__aligned_u64 features;
};

/* -------------------------------------------------------------- ATTACH -- */

/*
 * Rights of an open file. Rights are requested at ATTACH and can only be dropped
 * afterwards (RESTRICT).
 *
 * BAR(n)  use BAR n at all; without WRITE or MMAP: read it
 * WRITE   write to those BARs; the file must be open for reading and writing
 * MMAP    map those BARs, read-only without WRITE
 */
#define PCIPEEK_RIGHT_BAR(n) (1ULL << (n))
#define PCIPEEK_RIGHT_ALL_BARS 0x3fULL
#define PCIPEEK_RIGHT_WRITE (1ULL << 8)
#define PCIPEEK_RIGHT_MMAP (1ULL << 9)

/*
 * FOREIGN    attach to a function that was not granted; see the top of this file.
 *            Not with MMAP; -EINVAL on a granted function
 * EXCLUSIVE  no other file may be attached to the function while this one is.
 *            Granted functions only; needs WRITE. A caller with CAP_SYS_ADMIN may
 *            still attach beside the holder.
 * BUS_MASTER  keep bus mastering on while this file is attached; see the top of this
 *            file. Granted functions only; needs WRITE and a caller with
 *            CAP_SYS_RAWIO, since the function can then read and write all memory
 *            that no IOMMU keeps it from. Whoever is handed the file needs no
 *            capability. A function that cannot be a bus master ignores it:
 *            DEVICE_INFO shows whether it is on.
 */
#define PCIPEEK_ATTACH_FOREIGN (1U << 0)
#define PCIPEEK_ATTACH_EXCLUSIVE (1U << 1)
#define PCIPEEK_ATTACH_BUS_MASTER (1U << 2)

/**
 * struct pcipeek_attach - argument of PCIPEEK_IOC_ATTACH
 * @size: sizeof(struct pcipeek_attach)
 * @flags: PCIPEEK_ATTACH_* bits
 * @domain: PCI domain (segment); 32 bits, since some host bridges number theirs
 *	from 0x10000
 * @bus: PCI bus
 * @devfn: device number << 3 | function number
 * @reserved0: must be 0
 * @rights: requested PCIPEEK_RIGHT_* bits; the file gets all of them, or none
 * @reserved1: must be 0
 *
 * Asking for the BAR() bit of a BAR that the function does not have is allowed.
 *
 * Errors: EISCONN, EINVAL (form; EXCLUSIVE or BUS_MASTER with FOREIGN or without
 * WRITE; MMAP with FOREIGN; FOREIGN on a granted function), EACCES (the file is not
 * open for reading, or WRITE is asked for and it is not open for writing), EPERM (WRITE
 * or MMAP while locked down; FOREIGN or BUS_MASTER without CAP_SYS_RAWIO; not granted),
 * ENODEV, EBUSY, EUSERS, EAGAIN, ENOMEM, E2BIG, EFAULT. A file on which ATTACH failed is
 * as it was before.
 */
struct pcipeek_attach {
	__u32 size;
	__u32 flags;
	__u32 domain;
	__u8 bus;
	__u8 devfn;
	__u16 reserved0;
	__aligned_u64 rights;
	__aligned_u64 reserved1;
};

/* ------------------------------------------------------------ RESTRICT -- */

/**
 * struct pcipeek_restrict - argument of PCIPEEK_IOC_RESTRICT
 * @size: sizeof(struct pcipeek_restrict)
 * @flags: must be 0
 * @rights: the rights that remain, a subset of those held
 *
 * Permanently drops the other rights of this open file, and thus of every
 * duplicate of its descriptor. Calls that start afterwards are refused; running
 * calls are refused the next time that they access the device. The descriptor can
 * then be handed to a program that is trusted with only the remaining rights. A file
 * that drops WRITE no longer asks for bus mastering.
 *
 * Errors: EACCES (a right in @rights is not held; nothing was changed), EBUSY (the
 * file was at some time mapped with a right that would be dropped), EINVAL, E2BIG,
 * EFAULT.
 */
struct pcipeek_restrict {
	__u32 size;
	__u32 flags;
	__aligned_u64 rights;
};

/* --------------------------------------------------------- DEVICE_INFO -- */

/*
 * GRANTED        attached as a granted function; otherwise as a foreign one
 * LIVE           neither in a reset nor ended. Whether an access can reach a BAR
 *                is a separate question: see @reach of BAR_INFO
 * RESET          being reset, asleep with the system, or being recovered from an
 *                error on the bus, fatal or not: EAGAIN until it is over
 * ENDED          the attachment has ended: ENODEV from now on; see @end_reason
 * DRIVER         a foreign attachment, opened beside a driver
 * EXCLUSIVE      this file holds the function EXCLUSIVE
 * MEMORY_DECODE  PCI_COMMAND: memory BARs are decoded. Of a virtual function:
 *                its physical function has VF Enable and VF Memory Space Enable
 * IO_DECODE      PCI_COMMAND: I/O BARs are decoded
 * BUS_MASTER     PCI_COMMAND: the function may do DMA
 * OFFLINE        the function does not answer configuration reads, its link is
 *                down, or the kernel did not recover it from an error on the bus.
 *                EIO; without LIVE and RESET it lasts until the function is bound
 *                again, unless the kernel recovers it after all
 * UNMASKABLE_INTERRUPT  the function has an interrupt pin that cannot be masked
 * BUS_MASTER_REQUESTED  a file that is attached asked for bus mastering
 * BUS_MASTER_HELD       this file is one of those
 */
#define PCIPEEK_STATE_GRANTED (1U << 0)
#define PCIPEEK_STATE_LIVE (1U << 1)
#define PCIPEEK_STATE_RESET (1U << 2)
#define PCIPEEK_STATE_ENDED (1U << 3)
#define PCIPEEK_STATE_DRIVER (1U << 4)
#define PCIPEEK_STATE_EXCLUSIVE (1U << 5)
#define PCIPEEK_STATE_MEMORY_DECODE (1U << 6)
#define PCIPEEK_STATE_IO_DECODE (1U << 7)
#define PCIPEEK_STATE_BUS_MASTER (1U << 8)
#define PCIPEEK_STATE_OFFLINE (1U << 9)
#define PCIPEEK_STATE_UNMASKABLE_INTERRUPT (1U << 10)
#define PCIPEEK_STATE_BUS_MASTER_REQUESTED (1U << 11)
#define PCIPEEK_STATE_BUS_MASTER_HELD (1U << 12)

/* Why an attachment ended. */
#define PCIPEEK_END_NONE 0		/* it has not */
#define PCIPEEK_END_REMOVED 1		/* the function was removed */
#define PCIPEEK_END_UNBOUND 2		/* granted: revoked; foreign: its driver left */
#define PCIPEEK_END_DRIVER_BOUND 3	/* foreign: a driver took the function */
#define PCIPEEK_END_MOVED 4		/* foreign: a BAR got another address */

/* pcipeek_device_info.power_state: D0 to D3hot are 0 to 3 */
#define PCIPEEK_POWER_D0 0
#define PCIPEEK_POWER_D3HOT 3
#define PCIPEEK_POWER_UNKNOWN 255	/* ended, in a reset, or not answering */

/**
 * struct pcipeek_device_info - argument of PCIPEEK_IOC_DEVICE_INFO
 * @size: sizeof(struct pcipeek_device_info)
 * @flags: must be 0
 * @domain: out: as at ATTACH
 * @bus: out: as at ATTACH
 * @devfn: out: as at ATTACH
 * @reserved0: must be 0
 * @vendor_id: out: vendor ID
 * @device_id: out: device ID
 * @subsystem_vendor_id: out: subsystem vendor ID
 * @subsystem_id: out: subsystem ID
 * @class_code: out: base class << 16 | sub-class << 8 | programming interface
 * @revision_id: out: revision ID
 * @power_state: out: D-state of the function, or PCIPEEK_POWER_UNKNOWN
 * @reserved1: must be 0
 * @rights: out: PCIPEEK_RIGHT_* bits that the file holds now
 * @state: out: PCIPEEK_STATE_* bits
 * @end_reason: out: PCIPEEK_END_*
 * @generation: out: starts at 1, and counts what may have changed registers
 *	unnoticed: resets, system sleeps, and errors on the bus that the kernel
 *	reported, including those that were not fatal
 *
 * Also works after the attachment has ended. Reads PCI_COMMAND and PMCSR, and for a
 * virtual function the SR-IOV control; no BAR. A foreign function is checked: if a
 * BAR has moved or its driver has left, the attachment ends now.
 * Once this call has reported the generation, poll() stops reporting EPOLLPRI.
 *
 * Errors: ENOTCONN, EINVAL, E2BIG, EFAULT.
 */
struct pcipeek_device_info {
	__u32 size;
	__u32 flags;
	__u32 domain;
	__u8 bus;
	__u8 devfn;
	__u16 reserved0;
	__u16 vendor_id;
	__u16 device_id;
	__u16 subsystem_vendor_id;
	__u16 subsystem_id;
	__u32 class_code;
	__u8 revision_id;
	__u8 power_state;
	__u16 reserved1;
	__aligned_u64 rights;
	__u32 state;
	__u32 end_reason;
	__aligned_u64 generation;
};

/* ------------------------------------------------------------ BAR_INFO -- */

#define PCIPEEK_BAR_MEMORY 1
#define PCIPEEK_BAR_IO 2

#define PCIPEEK_BAR_PREFETCHABLE (1U << 0)
#define PCIPEEK_BAR_64BIT (1U << 1)

/* How a memory BAR is mapped, by the module and by mmap(). */
#define PCIPEEK_BAR_MODE_UNCACHED 0
#define PCIPEEK_BAR_MODE_WC 1		/* write-combining; for mmap() only */

/*
 * pcipeek_bar_info.reach: whether an access can reach the BAR now, and if not,
 * why. It is about the function at @reach_bus and @reach_devfn: this one, its
 * physical function, or a bridge above.
 *
 * OK             yes
 * SILENT         it does not answer configuration reads, or its link is down
 * ASLEEP         its power state is not D0
 * DECODE_OFF     its PCI_COMMAND does not decode, or of a bridge forward, the
 *                BAR's address space
 * ADDRESS_LOST   its BAR register (of a virtual function: the VF BAR register in
 *                the physical function) holds @found instead of @wanted, which
 *                the kernel assigned
 * VF_OFF         this physical function has VF Enable or VF Memory Space Enable off;
 *                @found is its SR-IOV control register
 * BUSES_LOST     this bridge forgot its bus numbers; it was probably reset
 * IO_WINDOW      the window of this bridge does not contain the BAR. The kernel
 * MEMORY_WINDOW  set it to @wanted to @wanted_last
 * PREF_WINDOW
 * UNKNOWN        the attachment has ended, the function is in a reset, or the BAR moved
 */
#define PCIPEEK_REACH_OK 0
#define PCIPEEK_REACH_SILENT 1
#define PCIPEEK_REACH_ASLEEP 2
#define PCIPEEK_REACH_DECODE_OFF 3
#define PCIPEEK_REACH_ADDRESS_LOST 4
#define PCIPEEK_REACH_VF_OFF 5
#define PCIPEEK_REACH_BUSES_LOST 6
#define PCIPEEK_REACH_IO_WINDOW 7
#define PCIPEEK_REACH_MEMORY_WINDOW 8
#define PCIPEEK_REACH_PREF_WINDOW 9
#define PCIPEEK_REACH_UNKNOWN 255

/**
 * struct pcipeek_bar_info - argument of PCIPEEK_IOC_BAR_INFO
 * @size: sizeof(struct pcipeek_bar_info)
 * @flags: must be 0
 * @bar: BAR number, 0 to 5
 * @kind: out: PCIPEEK_BAR_MEMORY or PCIPEEK_BAR_IO
 * @mode: out: PCIPEEK_BAR_MODE_*
 * @max_width: out: the widest access in bytes
 * @attributes: out: PCIPEEK_BAR_PREFETCHABLE, PCIPEEK_BAR_64BIT
 * @address: out: physical address, or port number. Only for comparison with
 *	other tools; no command accepts it
 * @length: out: bytes in the BAR; never 0
 * @mmap_offset: out: the offset to pass to mmap(); opaque
 * @mmap_length: out: how many bytes from there can be mapped: whole pages inside
 *	the BAR. 0: the BAR cannot be mapped
 * @reach: out: PCIPEEK_REACH_*
 * @reach_bus: out: the function that @reach is about, in the domain of the file's
 *	function; 0 with OK and UNKNOWN
 * @reach_devfn: out: the same
 * @reserved0: must be 0
 * @reserved1: must be 0
 * @found: out: see ADDRESS_LOST (a bus address) and VF_OFF. 0 with everything else
 * @wanted: out: bus address; see ADDRESS_LOST and the windows. 0 with everything
 *	else
 * @wanted_last: out: bus address; see the windows. 0 with everything else
 *
 * Needs no right on the BAR. Also works after the attachment has ended. Reads the
 * configuration registers that an access depends on, of the function, of its
 * physical function, and of the bridges above; no BAR.
 *
 * Errors: ENOTCONN, ENXIO, EINVAL, E2BIG, EFAULT.
 */
struct pcipeek_bar_info {
	__u32 size;
	__u32 flags;
	__u8 bar;
	__u8 kind;
	__u8 mode;
	__u8 max_width;
	__u32 attributes;
	__aligned_u64 address;
	__aligned_u64 length;
	__aligned_u64 mmap_offset;
	__aligned_u64 mmap_length;
	__u8 reach;
	__u8 reach_bus;
	__u8 reach_devfn;
	__u8 reserved0;
	__u32 reserved1;
	__aligned_u64 found;
	__aligned_u64 wanted;
	__aligned_u64 wanted_last;
};

/* ------------------------------------------------------------ BAR_MODE -- */

/**
 * struct pcipeek_bar_mode - argument of PCIPEEK_IOC_BAR_MODE
 * @size: sizeof(struct pcipeek_bar_mode)
 * @flags: must be 0
 * @bar: BAR number, 0 to 5
 * @mode: PCIPEEK_BAR_MODE_*
 * @reserved0: must be 0
 * @reserved1: must be 0
 *
 * For a file that holds the function EXCLUSIVE, with WRITE and MMAP. While a BAR
 * is write-combining it is for mmap() only: READ, WRITE, BLOCK and BATCH on it
 * are -EOPNOTSUPP, since the CPU may merge what they promise to keep apart. It
 * falls back to uncached when the file is released.
 *
 * Errors: ENOTCONN, EACCES (a right, or EXCLUSIVE, is not held), ENXIO, EBUSY (the
 * BAR is mapped), EOPNOTSUPP (an I/O BAR; not prefetchable; a CPU without
 * write-combining), EPERM (locked down), ENODEV, ENOMEM, EINVAL, E2BIG, EFAULT.
 */
struct pcipeek_bar_mode {
	__u32 size;
	__u32 flags;
	__u8 bar;
	__u8 mode;
	__u16 reserved0;
	__u32 reserved1;
};

/* --------------------------------------------------------- READ, WRITE -- */

/**
 * struct pcipeek_access - argument of PCIPEEK_IOC_READ and PCIPEEK_IOC_WRITE
 * @offset: byte offset in the BAR, a multiple of @width
 * @value: READ: out; WRITE: the value to write. READ changes no other field
 * @bar: BAR number, 0 to 5
 * @width: 1, 2, 4 or 8 bytes
 * @flags: must be 0
 * @reserved: must be 0
 *
 * One access. READ and WRITE are not ordered against those of other callers, nor
 * against their batches: accesses that must not be interrupted go in a BATCH.
 * READ returns EFAULT after the access if the structure cannot be written to.
 *
 * Errors: ENOTCONN, EACCES, EPERM (WRITE: locked down since ATTACH), ENXIO, EINVAL,
 * EOPNOTSUPP, ERANGE, ENODEV, EAGAIN, EIO, EBUSY, ENOMEM, EFAULT.
 */
struct pcipeek_access {
	__aligned_u64 offset;
	__aligned_u64 value;
	__u8 bar;
	__u8 width;
	__u16 flags;
	__u32 reserved;
};

/* --------------------------------------------------------------- BLOCK -- */

/*
 * WRITE  from the buffer to the device; otherwise from the device to the buffer
 * FIXED  every access at @offset (a FIFO's data register); otherwise at @offset,
 *        @offset + @width, and so on upwards
 */
#define PCIPEEK_BLOCK_WRITE (1U << 0)
#define PCIPEEK_BLOCK_FIXED (1U << 1)

/**
 * struct pcipeek_block - argument of PCIPEEK_IOC_BLOCK
 * @size: sizeof(struct pcipeek_block)
 * @flags: PCIPEEK_BLOCK_* bits
 * @bar: BAR number, 0 to 5
 * @width: 1, 2, 4 or 8 bytes, of each access
 * @reserved: must be 0
 * @stride: must be 0
 * @offset: byte offset of the first access in the BAR, a multiple of @width
 * @count: number of accesses; @count * @width at most PCIPEEK_BLOCK_MAX_BYTES.
 *	0 is checked like any other, and does nothing
 * @done: out, on every exit but EFAULT on this structure: the accesses made. After
 *	a read, that many elements are in the buffer
 * @buffer: address of @count * @width bytes: the device's little-endian image
 * @generation: 0, or the generation that the caller expects: -EAGAIN if it is a
 *	different one. out: the generation in which the accesses were made
 *
 * @count accesses of one width, in order, each made once. A signal ends it with
 * EINTR, a reset with EAGAIN, an unwritable buffer with EFAULT, the end of the
 * attachment with ENODEV; in each case @done is valid, and the contents of the
 * buffer after @done are undefined. EIO ends a read at the first element that is
 * all ones and that no answer of the function followed; later elements may have
 * been read. If the buffer is unmapped while a read runs, up to 1024
 * elements that were read are lost, and are not counted in @done.
 *
 * Errors: those of READ and WRITE, and EINTR, E2BIG, EAGAIN (the generation).
 */
struct pcipeek_block {
	__u32 size;
	__u32 flags;
	__u8 bar;
	__u8 width;
	__u16 reserved;
	__u32 stride;
	__aligned_u64 offset;
	__aligned_u64 count;
	__aligned_u64 done;
	__aligned_u64 buffer;
	__aligned_u64 generation;
};

/* --------------------------------------------------------------- BATCH -- */

/*
 * READ   result = register
 * WRITE  register = value
 * RMW    old = register; register = (old & ~mask) | (value & mask); result = old
 * POLL   read until (register & mask) == value, at first at once and then every
 *        @interval_us, for at most @timeout_ns; a last read when time is up.
 *        timeout 0 is one read. result = the last value read. ETIMEDOUT ends the
 *        batch. value & ~mask must be 0
 * DELAY  wait @timeout_ns
 * FLUSH  a configuration read of the function: all earlier writes have arrived.
 *        EIO if the function or a bridge above does not answer or is asleep
 */
#define PCIPEEK_OP_READ 1
#define PCIPEEK_OP_WRITE 2
#define PCIPEEK_OP_RMW 3
#define PCIPEEK_OP_POLL 4
#define PCIPEEK_OP_DELAY 5
#define PCIPEEK_OP_FLUSH 6

/* POLL: until (register & mask) != value */
#define PCIPEEK_OP_NOT_EQUAL (1U << 0)

/**
 * struct pcipeek_op - one operation of a batch
 * @code: PCIPEEK_OP_*
 * @width: 1, 2, 4 or 8 bytes; 0 for DELAY and FLUSH
 * @bar: BAR number, 0 to 5; 0 for DELAY and FLUSH
 * @reserved0: must be 0
 * @flags: POLL: PCIPEEK_OP_NOT_EQUAL; otherwise 0
 * @offset: byte offset in the BAR; 0 for DELAY and FLUSH
 * @value: WRITE, RMW, POLL; otherwise 0. Fits @width
 * @mask: RMW, POLL; otherwise 0. Fits @width
 * @result: out: READ, RMW, POLL; otherwise unchanged
 * @timeout_ns: POLL, DELAY; otherwise 0
 * @interval_us: POLL: microseconds between reads, 0 for the module's choice;
 *	otherwise 0
 * @error: out: 0, or the negated errno of this operation
 * @reserved1: must be 0
 *
 * Results are separate from inputs, so operations can be submitted again as is.
 */
struct pcipeek_op {
	__u8 code;
	__u8 width;
	__u8 bar;
	__u8 reserved0;
	__u32 flags;
	__aligned_u64 offset;
	__aligned_u64 value;
	__aligned_u64 mask;
	__aligned_u64 result;
	__aligned_u64 timeout_ns;
	__u32 interval_us;
	__s32 error;
	__aligned_u64 reserved1;
};

/* HOLD: keep the function during POLL and DELAY as well. Needs WRITE. */
#define PCIPEEK_BATCH_HOLD (1U << 0)

/**
 * struct pcipeek_batch - argument of PCIPEEK_IOC_BATCH
 * @size: sizeof(struct pcipeek_batch)
 * @flags: PCIPEEK_BATCH_* bits
 * @ops: address of an array of struct pcipeek_op
 * @count: number of operations, 1 to PCIPEEK_BATCH_MAX_OPS
 * @op_size: sizeof(struct pcipeek_op), like @size of the other structures
 * @done: out: operations that succeeded; the next one, if any, has the @error
 * @reserved: must be 0
 * @timeout_ns: time for the whole batch, waiting included; at most
 *	PCIPEEK_BATCH_MAX_TIMEOUT_NS. 0: the batch may not wait
 * @generation: as in struct pcipeek_block
 *
 * All operations are checked before the first one runs: a malformed one makes the
 * batch do nothing, with its error in @error and @done = 0. The @timeout_ns of one
 * operation is at most that of the batch, and so is the sum of the DELAYs; a POLL
 * may then get less time than it asks for. The operations run in order, each access
 * exactly once, and the first failure ends the batch. A signal ends it with EINTR,
 * a reset with EAGAIN, the end of its time with ETIMEDOUT, each as the @error of the
 * operation at @done; a wait that was interrupted can be submitted again from there.
 * EIO is for the first READ that returned all ones and that no answer of the function
 * followed; later READs may have been made, but no WRITE and no RMW.
 *
 * A batch that writes is atomic against other batches that write, except that POLL
 * and DELAY let others in unless HOLD is set. Batches take turns in order of arrival,
 * and wait for their turn within @timeout_ns: a batch with @timeout_ns = 0 fails with
 * ETIMEDOUT if it is not its turn at once. A batch that only reads never waits for
 * its turn. Plain READ, WRITE, BLOCK and mappings take no part in this.
 *
 * Errors: those of READ and WRITE, and ETIMEDOUT, EINTR, E2BIG, EAGAIN.
 */
struct pcipeek_batch {
	__u32 size;
	__u32 flags;
	__aligned_u64 ops;
	__u32 count;
	__u32 op_size;
	__u32 done;
	__u32 reserved;
	__aligned_u64 timeout_ns;
	__aligned_u64 generation;
};

/* ---------------------------------------------------------- mmap, poll -- */

/*
 * mmap() of an attached file, at the offset from BAR_INFO plus a page-aligned
 * offset in the BAR: a memory BAR of a granted function, whole pages inside the BAR,
 * MAP_SHARED, without PROT_EXEC. A mapping does not grow, is not inherited by
 * fork(), and, when made without PROT_WRITE, never becomes writable.
 *
 * The module promises nothing about an access through a mapping: its width is that
 * of the CPU instruction, and a function that does not answer goes undetected. The
 * one exception: the first access to a page, and the first one after a reset, raises
 * SIGBUS while the function cannot answer. After unbinding or removal, every access
 * raises SIGBUS; a reset unmaps the pages, and later accesses map them again.
 *
 * Errors: ENOTCONN, EINVAL (MAP_PRIVATE, PROT_EXEC), EACCES (MMAP, BAR(n) or, for
 * PROT_WRITE, WRITE is not held), EPERM (locked down), ENXIO, EOPNOTSUPP (an I/O
 * BAR, a BAR smaller than a page or not on a page boundary, an architecture that
 * cannot), ERANGE, EBUSY (another file has the BAR write-combining), ENODEV.
 *
 * poll() returns EPOLLHUP once the attachment has ended, EPOLLPRI while the generation
 * differs from the one that DEVICE_INFO last reported to this file, and EPOLLERR on a
 * file that is not attached. The kernel does not announce every end of a foreign
 * attachment; an unannounced end is noticed within a quarter of a second.
 */

/* ------------------------------------------------------------ commands -- */

#define PCIPEEK_IOC_MAGIC 0xBC

/* Numbers without a size: their structures may grow. */
#define PCIPEEK_IOC_VERSION _IO(PCIPEEK_IOC_MAGIC, 0x00)
#define PCIPEEK_IOC_ATTACH _IO(PCIPEEK_IOC_MAGIC, 0x01)
#define PCIPEEK_IOC_RESTRICT _IO(PCIPEEK_IOC_MAGIC, 0x02)
#define PCIPEEK_IOC_DEVICE_INFO _IO(PCIPEEK_IOC_MAGIC, 0x03)
#define PCIPEEK_IOC_BAR_INFO _IO(PCIPEEK_IOC_MAGIC, 0x04)
#define PCIPEEK_IOC_BAR_MODE _IO(PCIPEEK_IOC_MAGIC, 0x05)
#define PCIPEEK_IOC_BLOCK _IO(PCIPEEK_IOC_MAGIC, 0x08)
#define PCIPEEK_IOC_BATCH _IO(PCIPEEK_IOC_MAGIC, 0x09)

/* The hot path: a structure that never changes. */
#define PCIPEEK_IOC_READ _IOWR(PCIPEEK_IOC_MAGIC, 0x06, struct pcipeek_access)
#define PCIPEEK_IOC_WRITE _IOW(PCIPEEK_IOC_MAGIC, 0x07, struct pcipeek_access)

/* ----------------------------------------------------- layout, checked -- */

#ifdef __cplusplus
#define PCIPEEK_LAYOUT(condition) static_assert(condition, #condition)
#else
#define PCIPEEK_LAYOUT(condition) \
	__extension__ _Static_assert(condition, #condition)
#endif
#define PCIPEEK_SIZE(type, bytes) \
	PCIPEEK_LAYOUT(sizeof(struct type) == (bytes))
#define PCIPEEK_AT(type, member, bytes) \
	PCIPEEK_LAYOUT(__builtin_offsetof(struct type, member) == (bytes))

PCIPEEK_SIZE(pcipeek_version, 24);
PCIPEEK_AT(pcipeek_version, abi_major, 8);
PCIPEEK_AT(pcipeek_version, features, 16);

PCIPEEK_SIZE(pcipeek_attach, 32);
PCIPEEK_AT(pcipeek_attach, domain, 8);
PCIPEEK_AT(pcipeek_attach, bus, 12);
PCIPEEK_AT(pcipeek_attach, devfn, 13);
PCIPEEK_AT(pcipeek_attach, rights, 16);
PCIPEEK_AT(pcipeek_attach, reserved1, 24);

PCIPEEK_SIZE(pcipeek_restrict, 16);
PCIPEEK_AT(pcipeek_restrict, rights, 8);

PCIPEEK_SIZE(pcipeek_device_info, 56);
PCIPEEK_AT(pcipeek_device_info, domain, 8);
PCIPEEK_AT(pcipeek_device_info, bus, 12);
PCIPEEK_AT(pcipeek_device_info, vendor_id, 16);
PCIPEEK_AT(pcipeek_device_info, class_code, 24);
PCIPEEK_AT(pcipeek_device_info, power_state, 29);
PCIPEEK_AT(pcipeek_device_info, rights, 32);
PCIPEEK_AT(pcipeek_device_info, state, 40);
PCIPEEK_AT(pcipeek_device_info, generation, 48);

PCIPEEK_SIZE(pcipeek_bar_info, 80);
PCIPEEK_AT(pcipeek_bar_info, bar, 8);
PCIPEEK_AT(pcipeek_bar_info, max_width, 11);
PCIPEEK_AT(pcipeek_bar_info, attributes, 12);
PCIPEEK_AT(pcipeek_bar_info, address, 16);
PCIPEEK_AT(pcipeek_bar_info, mmap_length, 40);
PCIPEEK_AT(pcipeek_bar_info, reach, 48);
PCIPEEK_AT(pcipeek_bar_info, reserved1, 52);
PCIPEEK_AT(pcipeek_bar_info, found, 56);
PCIPEEK_AT(pcipeek_bar_info, wanted_last, 72);

PCIPEEK_SIZE(pcipeek_bar_mode, 16);
PCIPEEK_AT(pcipeek_bar_mode, bar, 8);
PCIPEEK_AT(pcipeek_bar_mode, reserved1, 12);

PCIPEEK_SIZE(pcipeek_access, 24);
PCIPEEK_AT(pcipeek_access, value, 8);
PCIPEEK_AT(pcipeek_access, bar, 16);
PCIPEEK_AT(pcipeek_access, width, 17);
PCIPEEK_AT(pcipeek_access, flags, 18);
PCIPEEK_AT(pcipeek_access, reserved, 20);

PCIPEEK_SIZE(pcipeek_block, 56);
PCIPEEK_AT(pcipeek_block, bar, 8);
PCIPEEK_AT(pcipeek_block, stride, 12);
PCIPEEK_AT(pcipeek_block, offset, 16);
PCIPEEK_AT(pcipeek_block, done, 32);
PCIPEEK_AT(pcipeek_block, generation, 48);

PCIPEEK_SIZE(pcipeek_op, 64);
PCIPEEK_AT(pcipeek_op, flags, 4);
PCIPEEK_AT(pcipeek_op, offset, 8);
PCIPEEK_AT(pcipeek_op, result, 32);
PCIPEEK_AT(pcipeek_op, timeout_ns, 40);
PCIPEEK_AT(pcipeek_op, error, 52);
PCIPEEK_AT(pcipeek_op, reserved1, 56);

PCIPEEK_SIZE(pcipeek_batch, 48);
PCIPEEK_AT(pcipeek_batch, ops, 8);
PCIPEEK_AT(pcipeek_batch, count, 16);
PCIPEEK_AT(pcipeek_batch, done, 24);
PCIPEEK_AT(pcipeek_batch, timeout_ns, 32);
PCIPEEK_AT(pcipeek_batch, generation, 40);

#undef PCIPEEK_AT
#undef PCIPEEK_SIZE
#undef PCIPEEK_LAYOUT

#endif /* _UAPI_LINUX_PCIPEEK_H */
