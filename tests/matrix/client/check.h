/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
/* Counting comparisons, and saying which one failed. */
#ifndef PCIPEEK_MATRIX_CHECK_H
#define PCIPEEK_MATRIX_CHECK_H

#include <stdbool.h>
#include <stdint.h>

/* Compare two numbers; say on the console where they differ. Returns whether they agree. */
bool check_equal(const char *file, int line, const char *what, uint64_t is, uint64_t expected);
/* Say that a part is left out, and why: the harness counts these. */
void left_out(const char *part, const char *reason);
/* What the device's trace must hold next: a read or a write ('r', 'w') of @width bytes. */
void expect_access(const char *device, char kind, unsigned int width, uint64_t offset);
unsigned int failures(void);
/* Print "checks N, failed N". */
void print_verdict(void);

#define EQUAL(is, expected) check_equal(__FILE__, __LINE__, #is, is, expected)
/* A system call that must succeed, and one that must fail with an errno. */
#define WORKS(call) EQUAL((call) == -1 ? (uint64_t)errno : 0, 0)
#define FAILS(call, error) EQUAL((call) == -1 ? (uint64_t)errno : 0, error)

#endif
