/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#include <linux/pcipeek.h>

/* Each structure and number once, so that the compiler has to look at it. */
struct all {
	struct pcipeek_version version;
	struct pcipeek_attach attach;
	struct pcipeek_restrict restriction;
	struct pcipeek_device_info device;
	struct pcipeek_bar_info bar;
	struct pcipeek_bar_mode mode;
	struct pcipeek_access access;
	struct pcipeek_block block;
	struct pcipeek_op op;
	struct pcipeek_batch batch;
};

unsigned long all_commands(int index);

unsigned long all_commands(int index)
{
	static const unsigned long commands[] = {
		PCIPEEK_IOC_VERSION, PCIPEEK_IOC_ATTACH, PCIPEEK_IOC_RESTRICT,
		PCIPEEK_IOC_DEVICE_INFO, PCIPEEK_IOC_BAR_INFO, PCIPEEK_IOC_BAR_MODE,
		PCIPEEK_IOC_READ, PCIPEEK_IOC_WRITE, PCIPEEK_IOC_BLOCK,
		PCIPEEK_IOC_BATCH
	};

	return commands[index];
}
