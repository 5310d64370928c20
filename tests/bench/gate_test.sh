#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# gate_test.sh CLAIM: what the gate says of figures that are made up.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
	printf 'FAILED: %s\n' "$@" "$output" >&2
	exit 1
}

# gate FIGURE...: "NAME VALUE" each, against 100 for each of two paths.
gate() {
	status=0
	printf '%s\n' 'kernel 6.1' 'floor.ioctl 100' 'read.memory 100' 'block.read.dword 100' \
		>"$work/baseline"
	printf '%s\n' 'measure.100_instructions 100' "$@" >"$work/figures"
	output=$(awk -f "$here/gate.awk" "$work/baseline" "$work/figures" 2>&1) || status=$?
}

passes() {
	((status == 0)) || fail 'should pass'
}

fails_saying() {
	((status == 1)) || fail 'should fail'
	[[ $output == *"$1"* ]] || fail "should say: $1"
}

it_passes_what_grew_by_less_than_3_percent() {
	gate 'floor.ioctl 100' 'read.memory 102.9' 'block.read.dword 100'
	passes
}

it_fails_what_grew_by_more_and_says_what_and_how_much() {
	gate 'floor.ioctl 100' 'read.memory 100' 'block.read.dword 103.1'
	fails_saying 'block.read.dword: 103.1 instructions, 100 in the baseline, +3.1 %'
}

it_passes_what_shrank() {
	gate 'floor.ioctl 100' 'read.memory 50' 'block.read.dword 50'
	passes
}

it_leaves_the_kernel_to_those_who_make_it() {
	gate 'floor.ioctl 200' 'read.memory 100' 'block.read.dword 100'
	passes
}

it_fails_when_something_was_not_measured() {
	gate 'floor.ioctl 100' 'read.memory 100'
	fails_saying 'block.read.dword is in the baseline and was not measured'
}

it_fails_when_the_clock_does_not_count_instructions() {
	gate 'measure.100_instructions 140' 'read.memory 100' 'block.read.dword 100'
	fails_saying '100 instructions were counted as 140'
}

"$1"
