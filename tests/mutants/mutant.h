/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * What schemata.py writes into the code: all mutants are compiled in, and the number in
 * PCIPEEK_MUTANT chooses the one that is in force. With PCIPEEK_MUTANT_LOG, a file,
 * each mutant that would have made a difference is noted there.
 *
 * Included before anything else of each file, so it is C and C++, and has no names that
 * others could want.
 */
#ifndef PCIPEEK_MUTANT_H
#define PCIPEEK_MUTANT_H

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define PCIPEEK_MUTANTS 65536
/* Whoever asks that often goes round for ever; the tests ask for a fraction of it. */
#define PCIPEEK_MUTANT_MOST 300000000
#define PCIPEEK_MUTANT_ENDLESS 99

static int pcipeek_mutant_chosen = -1;
static int pcipeek_mutant_count;
static int pcipeek_mutant_log = -1;
static unsigned char pcipeek_mutant_noted[PCIPEEK_MUTANTS];

/* Where no test looks for a file of its own: some start without standard output. */
static inline int pcipeek_mutant_open(const char *path)
{
	int low = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	int high = fcntl(low, F_DUPFD_CLOEXEC, 500);

	close(low);
	return high;
}

/* Before the constructors of C++, some of which are mutated. */
__attribute__((constructor(101))) static void pcipeek_mutant_begin(void)
{
	const char *chosen = getenv("PCIPEEK_MUTANT");
	const char *log = getenv("PCIPEEK_MUTANT_LOG");

	if (chosen)
		pcipeek_mutant_chosen = atoi(chosen);
	if (log)
		pcipeek_mutant_log = pcipeek_mutant_open(log);
}

static inline int pcipeek_mutant_asked(int id)
{
	if (pcipeek_mutant_log >= 0 && !pcipeek_mutant_noted[id]) {
		char line[16];
		int length = snprintf(line, sizeof(line), "%d\n", id);

		pcipeek_mutant_noted[id] = 1;
		if (write(pcipeek_mutant_log, line, (size_t)length) != length)
			abort();
	}
	if (++pcipeek_mutant_count > PCIPEEK_MUTANT_MOST)
		_exit(PCIPEEK_MUTANT_ENDLESS);
	return id == pcipeek_mutant_chosen;
}

#ifdef __cplusplus
/* What a compiler works out has no mutants. */
constexpr bool pcipeek_mutant(int id)
{
	return !__builtin_is_constant_evaluated() && pcipeek_mutant_asked(id);
}

#define PCIPEEK_MUTANT_OPERATOR(name, op, mutated) \
	template <class L, class R> \
	constexpr auto pcipeek_mutant_##name(int id, const L &l, const R &r) \
	{ \
		const auto right = l op r; \
		const decltype(right) wrong = l mutated r; \
		return wrong != right && pcipeek_mutant(id) ? wrong : right; \
	}
PCIPEEK_MUTANT_OPERATOR(lt, <, <=)
PCIPEEK_MUTANT_OPERATOR(le, <=, <)
PCIPEEK_MUTANT_OPERATOR(gt, >, >=)
PCIPEEK_MUTANT_OPERATOR(ge, >=, >)
PCIPEEK_MUTANT_OPERATOR(add, +, -)
PCIPEEK_MUTANT_OPERATOR(sub, -, +)
PCIPEEK_MUTANT_OPERATOR(shl, <<, >>)
PCIPEEK_MUTANT_OPERATOR(shr, >>, <<)
PCIPEEK_MUTANT_OPERATOR(mask, &, |)
PCIPEEK_MUTANT_OPERATOR(join, |, &)
#undef PCIPEEK_MUTANT_OPERATOR

template <class T>
constexpr T pcipeek_mutant_zero(int id, T value)
{
	return value != T{} && pcipeek_mutant(id) ? T{} : value;
}
#else
#define pcipeek_mutant(id) pcipeek_mutant_asked(id)

#define PCIPEEK_MUTANT_OPERATOR(id, l, op, mutated, r) \
	({ \
		__auto_type l_ = (l); \
		__auto_type r_ = (r); \
		__auto_type right_ = l_ op r_; \
		__auto_type wrong_ = l_ mutated r_; \
		wrong_ != right_ && pcipeek_mutant(id) ? wrong_ : right_; \
	})
#define pcipeek_mutant_lt(id, l, r) PCIPEEK_MUTANT_OPERATOR(id, l, <, <=, r)
#define pcipeek_mutant_le(id, l, r) PCIPEEK_MUTANT_OPERATOR(id, l, <=, <, r)
#define pcipeek_mutant_gt(id, l, r) PCIPEEK_MUTANT_OPERATOR(id, l, >, >=, r)
#define pcipeek_mutant_ge(id, l, r) PCIPEEK_MUTANT_OPERATOR(id, l, >=, >, r)
#define pcipeek_mutant_add(id, l, r) PCIPEEK_MUTANT_OPERATOR(id, l, +, -, r)
#define pcipeek_mutant_sub(id, l, r) PCIPEEK_MUTANT_OPERATOR(id, l, -, +, r)
#define pcipeek_mutant_shl(id, l, r) PCIPEEK_MUTANT_OPERATOR(id, l, <<, >>, r)
#define pcipeek_mutant_shr(id, l, r) PCIPEEK_MUTANT_OPERATOR(id, l, >>, <<, r)
#define pcipeek_mutant_mask(id, l, r) PCIPEEK_MUTANT_OPERATOR(id, l, &, |, r)
#define pcipeek_mutant_join(id, l, r) PCIPEEK_MUTANT_OPERATOR(id, l, |, &, r)

#define pcipeek_mutant_zero(id, value) \
	({ \
		__auto_type value_ = (value); \
		value_ && pcipeek_mutant(id) ? (__typeof__(value_))0 : value_; \
	})
#endif

#endif
