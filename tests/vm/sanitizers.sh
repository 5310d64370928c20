#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# sanitizers.sh BUILD [KERNEL...]: everything of this directory once more, on kernels
# that check themselves (kernels/*.config; debug if none is named), with long storms.
# VM_CYCLES says how long: cycles of removing and finding again, of each function; VM_FUZZ
# how many ioctls a fuzzer makes. The kernel "fuzz" is for the fuzzer, and for "hotplug";
# "kmsan" is for one program.
# Prints how each run ended; what it saw is in BUILD/vm-KERNEL/PLAN.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
build=$(realpath "$1")
shift
kernels=("$@")
((${#kernels[@]})) || kernels=(debug)
cycles=${VM_CYCLES:-250}
ioctls=${VM_FUZZ:-1000000}
failed=0

# has KERNEL OPTION
has() {
	grep -q "^CONFIG_$2=y" "$here/kernels/$1.config"
}

# Linux 6.1's own driver of slots (pciehp) takes two of its locks in either order when a
# board is pulled out, which ends the run where locks are checked: "hotplug" is for the
# other kernels.
plans() {
	case $1 in
	fuzz) echo fuzz hotplug ;;
	kmsan) echo programs ;;
	*)
		find "$here/cases" -mindepth 1 -maxdepth 1 -type d -printf '%f\n' | sort
		echo programs paths storm fuzz
		has "$1" PROVE_LOCKING || echo hotplug
		! has "$1" FAILSLAB || echo faults
		;;
	esac
}

# Nothing but passes, the last of which says that the run came to its end.
passed() {
	[[ $(tail -n 1 "$1") == "pass kernel.had_nothing_to_complain_of" ]] && ! grep -qv '^pass ' "$1"
}

report() {
	local name=$1 verdict=$2/verdict seconds=$3
	printf '%-20s %4d passed, %d not, in %d s\n' "$name" "$(grep -c '^pass ' "$verdict")" \
		"$(grep -cv '^pass ' "$verdict")" "$seconds"
	passed "$verdict" && return
	failed=1
	grep -v '^pass ' "$verdict" || echo "the run did not come to its end"
	echo "see $2/console.log"
}

run_plan() {
	local plan=$1 since=$SECONDS
	VM_APPEND="vm_cycles=$cycles vm_fuzz=$ioctls vm_limit=3000" VM_TIMEOUT=$((280 + 12 * cycles)) \
		"$here/run.sh" "$build" "$plan"
	report "$VM_KERNEL/$plan" "$build/vm-$VM_KERNEL/$plan" $((SECONDS - since))
}

for kernel in "${kernels[@]}"; do
	export VM_KERNEL=$kernel
	"$here/initramfs.sh" "$build" >/dev/null
	for plan in $(plans "$kernel"); do
		run_plan "$plan"
	done
done
exit $failed
