#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# boot.sh BUILD PLAN CLOCK [QEMU-ARGUMENT...]: boot the machine of tests/vm, with the
# programs that measure, on one processor. CLOCK says what a nanosecond of the guest's
# clock is: "instructions", one of them; "time", a nanosecond of the emulation. Prints the
# figures, "NAME VALUE" lines; fails if they are not all.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
build=$(realpath "$1")
plan=$2
clock=$3
shift 3
dir=$build/vm/$plan

# Of an -initrd given twice, as of -cpu and -smp, QEMU takes the last. rep movsb would
# be counted byte by byte, which no processor does: hence without erms and fsrm.
# Nobody asks here what the devices saw.
machine=(-cpu "max,-erms,-fsrm" -smp 1
	-trace -memory_region_ops_read -trace -memory_region_ops_write)
if [[ $clock == instructions ]]; then
	machine+=(-icount "shift=0,sleep=off")
fi
# A 64-bit BAR behind two bridges, whose windows have 64 bits.
if [[ $plan == bench-gate || $plan == bench-table ]]; then
	machine+=(-device "pcie-root-port,id=above,addr=0a.0,chassis=2,slot=2"
		-device "pcie-pci-bridge,id=below,bus=above,addr=00.0"
		-object "memory-backend-ram,id=far,size=1M"
		-device "ivshmem-plain,bus=below,addr=00.0,memdev=far")
fi

main() {
	"$here/../vm/run.sh" "$build" "$plan" -initrd "$build/bench/initramfs" \
		"${machine[@]}" "$@"
	if [[ $(tail -n 1 "$dir/verdict") != "done" ]]; then
		tail -n 20 "$dir/console.log" >&2
		echo "boot.sh: $plan did not come to its end" >&2
		return 1
	fi
	sed '$d' "$dir/verdict"
}

main "$@"
