#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
#
# usage: mapping_accessors_test.sh OBJDUMP OBJECT CLAIM
#
# Looks at the x86-64 instructions of mapping_accessors.cpp. The address of the mapping is
# a member of the Mapping, so each function first loads that, by its one argument in %rdi;
# all other operands in memory are the device's.
set -eu

objdump=$1
object=$2
claim=$3

# The instructions of a function that access the device, one a line. None is an answer, too,
# which expect() refuses.
accesses_of() {
	"$objdump" --disassemble="$1" --no-show-raw-insn "$object" |
		sed -n 's/^ *[0-9a-f]*:\t//p' |
		grep '(' | grep -v -e '^nop' -e '^lea' -e '^[a-z]* *0x[0-9a-f]*(%rdi),%r' || true
}

fail() {
	echo "$1 has these accesses:" >&2
	accesses_of "$1" >&2
	exit 1
}

# expect FUNCTION TIMES PATTERN: so many accesses, each of which matches. grep counts 0 with
# a failure, which is told from the number.
expect() {
	local all matching
	all=$(accesses_of "$1" | wc -l)
	matching=$(accesses_of "$1" | grep -c -E "^$3" || true)
	[[ $all == "$2" && $matching == "$2" ]] || fail "$1"
}

reg8='%([a-d]l|[sd]il|r[0-9]+b)'
reg16='%([a-d]x|[sd]i|r[0-9]+w)'
reg32='%(e[a-d]x|e[sd]i|r[0-9]+d)'
reg64='%(r[a-d]x|r[sd]i|r[0-9]+)'
memory='(0x[0-9a-f]+)?\(%[^)]*\)'

it_loads_once_with_the_width_of_the_type() {
	expect load_8 1 "(movzbl +$memory,$reg32|movb? +$memory,$reg8)\$"
	expect load_16 1 "(movzwl +$memory,$reg32|movw? +$memory,$reg16)\$"
	expect load_32 1 "movl? +$memory,$reg32\$"
	expect load_64 1 "movq? +$memory,$reg64\$"
}

it_stores_once_with_the_width_of_the_type() {
	expect store_8 1 "movb? +$reg8,$memory\$"
	expect store_16 1 "movw? +$reg16,$memory\$"
	expect store_32 1 "movl? +$reg32,$memory\$"
	expect store_64 1 "movq? +$reg64,$memory\$"
}

it_loads_and_stores_once_through_a_checked_register() {
	expect checked_load_32 1 "movl? +\(%rdi\),%eax\$"
	expect checked_store_32 1 "movl? +%esi,\(%rdi\)\$"
}

it_never_merges_drops_or_widens_accesses() {
	expect load_twice_32 2 "movl? +$memory,$reg32\$"
	expect store_same_twice_32 2 "movl +\\\$0x5,$memory\$"
	expect store_neighbours_8 2 "movb +\\\$0x[12],$memory\$"
	expect load_masked_32 1 "movl? +$memory,$reg32\$"
}

format=$("$objdump" --file-headers "$object")
if [[ $format != *'file format elf64-x86-64'* ]]; then
	echo "skipped: the patterns are those of x86-64" >&2
	exit 77
fi
"$claim"
