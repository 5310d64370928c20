#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# boot.sh BUILD PLAN [QEMU-ARGUMENT...]: boot the machine of tests/vm, with the programs
# that measure, on one processor whose instructions are counted: each is a nanosecond of
# the guest's clock. Prints the figures, "NAME VALUE" lines; fails if they are not all.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
build=$(realpath "$1")
plan=$2
shift 2
dir=$build/vm/$plan

# Of an -initrd given twice, as of -cpu and -smp, QEMU takes the last. rep movsb would
# be counted byte by byte, which no processor does: hence without erms and fsrm.
counting=(-icount "shift=0,sleep=off" -cpu "max,-erms,-fsrm" -smp 1)

main() {
	"$here/../vm/run.sh" "$build" "$plan" -initrd "$build/bench/initramfs" "${counting[@]}" "$@"
	if [[ $(tail -n 1 "$dir/verdict") != "done" ]]; then
		tail -n 20 "$dir/console.log" >&2
		echo "boot.sh: $plan did not come to its end" >&2
		return 1
	fi
	sed '$d' "$dir/verdict"
}

main "$@"
