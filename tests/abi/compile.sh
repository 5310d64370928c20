#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
#
# compile.sh COMPILER ARGUMENT...: runs the compiler, and turns "cannot compile for that
# machine at all" into a skipped test that says so.
set -eu

case " $* " in
*" -m32 "*)
	probe=$(mktemp --suffix=.c)
	trap 'rm -f "$probe"' EXIT
	echo '#include <linux/types.h>' >"$probe"
	# A compiler that does not know the question has no such place: it is tried without.
	multiarch=$("$1" -print-multiarch 2>/dev/null || true)
	# Debian keeps <asm/…> of x86 below the 64-bit name; it serves both.
	for include in '' "-I/usr/include/$multiarch"; do
		# shellcheck disable=SC2086 # no word at all when it is empty
		if "$1" -m32 $include -fsyntax-only "$probe" 2>/dev/null; then
			"$@" $include
			exit
		fi
	done
	echo "skipped: $1 -m32 finds no <linux/types.h>; install gcc-multilib"
	exit 77
	;;
esac
"$@"
