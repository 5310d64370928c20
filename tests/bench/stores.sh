#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# stores.sh OBJDUMP: fails if a READ writes to memory that processors share, so that
# threads on one device would pass a cache line back and forth: in the module's object code,
# all that it writes to is its stack, what belongs to this processor (%gs), and once the
# value in the caller's argument. Status 77: it cannot be said, and why.
set -euo pipefail

objdump=$1
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=tests/vm/debian.sh
. "$top/tests/vm/debian.sh"
module=$top/build/module/$(vm_kernel)/kmod/pcipeek.ko

instructions_of() {
	"$objdump" --disassemble --no-show-raw-insn "$module" |
		awk -F '\t' -v start="<$1>:" '/^[0-9a-f]+ </ { shown = $1 ~ start }
			shown && NF > 1 { sub(/ *[#<].*/, "", $2); print $2 }'
}

# Of AT&T's syntax the last operand is the one that is written to. A function that writes
# nothing is none that grep fails for.
stores_of() {
	instructions_of "$1" | grep ')$' |
		grep -vE '^(cmp|test|bt |call|jmp|lea|nop|data16|cs nop|push|prefetch)' || true
}

# The registers that point into the stack: %rbp does in a function that copies %rsp there
# first, and in no other.
stack_of() {
	if instructions_of "$1" | grep -E '^mov +%rsp,%rbp$' >/dev/null; then
		echo '(%r[sb]p)$'
	else
		echo '(%rsp)$'
	fi
}

# Locked or not: stores that others would notice. None is what is hoped for.
shared_stores_of() {
	stores_of "$1" | grep -v -e "$(stack_of "$1")" -e '%gs:' || true
}

fail() {
	echo "stores.sh: $*" >&2
	exit 1
}

require_x86() {
	if ! "$objdump" --file-headers "$module" | grep -q 'file format elf64-x86-64'; then
		echo "skipped: the patterns are those of x86-64" >&2
		exit 77
	fi
}

# Something must have been looked at.
require_function() {
	[[ -n $(instructions_of "$1") ]] || fail "the module has no function $1"
}

main() {
	local shared
	require_x86
	require_function pcipeek_ioctl
	require_function pcipeek_peek
	shared=$(shared_stores_of pcipeek_ioctl)
	[[ -z $shared ]] || fail "pcipeek_ioctl() writes to what is not its own: $shared"
	shared=$(shared_stores_of pcipeek_peek)
	[[ $shared =~ ^mov\ +%r[a-z0-9]+,0x8\(%r[a-z0-9]+\)$ ]] ||
		fail "a READ writes to more than the caller's value: $shared"
}

main
