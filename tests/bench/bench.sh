#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# bench.sh BUILD [accept]: measure everything (docs/performance.md). Leaves figures and the
# table in BUILD/bench, and prints the table. With "accept" it also writes what the tree
# keeps of it: tests/bench/baseline, and the table and the plots in docs.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
build=$(realpath "$1")
dir=$build/bench
export VM_TIMEOUT=${VM_TIMEOUT:-900}

# For vfio-pci. No driver of the machine does DMA with the addresses that it translates.
iommu=(-device "intel-iommu,intremap=on")

boot() { # FIGURES PLAN CLOCK [QEMU-ARGUMENT...]
	echo "bench: $1" >&2
	"$here/boot.sh" "$build" "${@:2}" >"$dir/$1"
}

measure_table() {
	boot table.1 bench-table instructions "${iommu[@]}"
	boot table.2 bench-table instructions "${iommu[@]}"
	boot table.time bench-table time "${iommu[@]}"
	awk -f "$here/twice.awk" "$dir/table.1" "$dir/table.2"
}

measure_growth() {
	local -a many
	mapfile -t many < <("$here/devices.sh")
	boot growth.registers bench-growth instructions
	VM_APPEND=maxcpus=1 boot growth.threads bench-threads instructions -smp 4
	boot growth.devices bench-devices instructions "${many[@]}"
}

keep_baseline() {
	sed -n '1,/^kernel /p' "$here/baseline" >"$dir/baseline"
	grep -v '^#' "$dir/table.1" >>"$dir/baseline"
	cp "$dir/baseline" "$here/baseline"
}

# put NAME: between the two lines of the document that say so.
put() {
	awk -v name="$1" -v text="$dir/$1.md" '
		$0 == "<!-- end of " name " -->" { replaced = 0 }
		!replaced
		$0 == "<!-- " name ": written by make bench ACCEPT=1 -->" {
			replaced = 1
			while ((getline line <text) > 0)
				print line
		}
	' "$top/docs/performance.md" >"$dir/performance.md"
	cp "$dir/performance.md" "$top/docs/performance.md"
}

accept() {
	keep_baseline
	put table
	put model
	"$here/plot.sh" "$build" "$top/docs"
}

print_table() {
	cat "$dir/table.1" "$dir/growth.devices" >"$dir/figures"
	awk -f "$here/table.awk" "$dir/figures" "$dir/table.time" "$here/rows" | tee "$dir/table.md"
	awk -f "$here/model.awk" "$dir/figures" >"$dir/model.md"
}

main() {
	"$here/initramfs.sh" "$build" peers
	measure_table
	measure_growth
	print_table
	[[ ${2:-} != accept ]] || accept
}

main "$@"
