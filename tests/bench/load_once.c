/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */

/* load_once FILE: the least that a program can do to read a register, by sysfs's mmap. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>

int main(int argc, char **argv)
{
	int fd = argc == 2 ? open(argv[1], O_RDONLY) : -1;
	volatile uint32_t *reg = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);

	if (reg == MAP_FAILED)
		return 1;
	printf("0x%08x\n", *reg);
	return 0;
}
