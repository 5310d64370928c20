// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
/*
 * A 32-bit caller on a 64-bit kernel: every command through int 0x80, without a C
 * library, since a build machine need not have a 32-bit one. It uses edu as a foreign device, as root may;
 * its argument is no argument. Tells its verdicts as the GoogleTest programs do.
 */
#include <asm/unistd_32.h>
#include <linux/fcntl.h>
#include <linux/pcipeek.h>

_Static_assert(sizeof(void *) == 4, "this is for -m32");

static long call(long number, long first, long second, long third)
{
	long result;

	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(number), "b"(first), "c"(second), "d"(third)
			 : "memory");
	return result;
}

static void print(const char *text)
{
	long length = 0;

	while (text[length])
		length++;
	call(__NR_write, 1, (long)text, length);
}

static int file;

static long command(unsigned long number, void *argument)
{
	return call(__NR_ioctl, file, (long)number, (long)argument);
}

static __u64 address_of(void *pointer)
{
	return (unsigned long)pointer;
}

static int tells_its_version(void)
{
	struct pcipeek_version version = { .size = sizeof(version) };

	return !command(PCIPEEK_IOC_VERSION, &version) &&
	       version.abi_major == PCIPEEK_ABI_MAJOR && version.features;
}

static int attaches(void)
{
	struct pcipeek_attach attach = {
		.size = sizeof(attach),
		.flags = PCIPEEK_ATTACH_FOREIGN,
		.devfn = 3 << 3,
		.rights = PCIPEEK_RIGHT_ALL_BARS | PCIPEEK_RIGHT_WRITE,
	};

	return !command(PCIPEEK_IOC_ATTACH, &attach);
}

static int describes(void)
{
	struct pcipeek_device_info device = { .size = sizeof(device) };
	struct pcipeek_bar_info bar = { .size = sizeof(bar) };

	return !command(PCIPEEK_IOC_DEVICE_INFO, &device) &&
	       device.device_id == 0x11e8 && device.generation == 1 &&
	       !command(PCIPEEK_IOC_BAR_INFO, &bar) && bar.length == 1 << 20;
}

static int reads_and_writes(void)
{
	struct pcipeek_access access = { .offset = 4, .value = 0x12345678, .width = 4 };

	if (command(PCIPEEK_IOC_WRITE, &access))
		return 0;
	access.value = ~0ULL;
	return !command(PCIPEEK_IOC_READ, &access) && access.value == 0xedcba987;
}

/* edu's registers at 0x80 and above take 8 bytes. */
static int moves_64_bits_in_one_access(void)
{
	struct pcipeek_access access = {
		.offset = 0x80, .value = 0x1122334455667788, .width = 8
	};

	if (command(PCIPEEK_IOC_WRITE, &access))
		return 0;
	access.value = 0;
	return !command(PCIPEEK_IOC_READ, &access) &&
	       access.value == 0x1122334455667788;
}

static int reads_a_block(void)
{
	__u32 words[2] = { 0, 0 };
	struct pcipeek_block block = {
		.size = sizeof(block),
		.width = 4,
		.count = 2,
		.buffer = address_of(words),
	};

	return !command(PCIPEEK_IOC_BLOCK, &block) && block.done == 2 &&
	       words[0] == 0x010000ed && words[1] == 0xedcba987;
}

static int runs_a_batch(void)
{
	struct pcipeek_op ops[2] = {
		{ .code = PCIPEEK_OP_RMW, .width = 4, .offset = 4,
		  .value = 0xff, .mask = 0xff },
		{ .code = PCIPEEK_OP_READ, .width = 4 },
	};
	struct pcipeek_batch batch = {
		.size = sizeof(batch),
		.ops = address_of(ops),
		.count = 2,
		.op_size = sizeof(ops[0]),
	};

	return !command(PCIPEEK_IOC_BATCH, &batch) && batch.done == 2 &&
	       ops[0].result == 0xedcba987 && ops[1].result == 0x010000ed;
}

static int gives_rights_up(void)
{
	struct pcipeek_restrict restriction = {
		.size = sizeof(restriction),
		.rights = PCIPEEK_RIGHT_ALL_BARS,
	};
	struct pcipeek_access access = { .offset = 4, .width = 4 };

	return !command(PCIPEEK_IOC_RESTRICT, &restriction) &&
	       command(PCIPEEK_IOC_WRITE, &access) == -13; /* EACCES */
}

static void tell(const char *name, int passed)
{
	print(passed ? "[       OK ] " : "[  FAILED  ] ");
	print(name);
	print(" (0 ms)\n");
}

/* In this order: each goes on where the one before it ended. */
void _start(void);
void _start(void)
{
	file = (int)call(__NR_open, (long)"/dev/pcipeek", O_RDWR, 0);
	tell("A32BitCaller.TellsItsVersion", tells_its_version());
	tell("A32BitCaller.Attaches", attaches());
	tell("A32BitCaller.Describes", describes());
	tell("A32BitCaller.ReadsAndWrites", reads_and_writes());
	tell("A32BitCaller.ReadsABlock", reads_a_block());
	tell("A32BitCaller.RunsABatch", runs_a_batch());
	tell("A32BitCaller.Moves64BitsInOneAccess", moves_64_bits_in_one_access());
	tell("A32BitCaller.GivesRightsUp", gives_rights_up());
	call(__NR_exit, 0, 0, 0);
}
