// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include <inttypes.h>
#include <stdio.h>

#include "check.h"

static unsigned int checks, failed;

bool check_equal(const char *file, int line, const char *what, uint64_t is, uint64_t expected)
{
	checks++;
	if (is == expected)
		return true;
	failed++;
	printf("FAILED %s:%d: %s is %#" PRIx64 ", expected %#" PRIx64 "\n", file, line, what, is,
	       expected);
	return false;
}

void left_out(const char *part, const char *reason)
{
	printf("LEFT OUT %s: %s\n", part, reason);
}

void expect_access(const char *device, char kind, unsigned int width, uint64_t offset)
{
	printf("EXPECT %s %c %u 0x%" PRIx64 "\n", device, kind, width, offset);
}

void print_verdict(void)
{
	printf("VERDICT checks %u failed %u\n", checks, failed);
}

unsigned int failures(void)
{
	return failed;
}
