#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# run.sh BUILD PLAN [QEMU-ARGUMENT...]: boot the machine once and have it follow PLAN:
#   NAME         run the cases of tests/vm/cases/NAME
#   programs     run the GoogleTest programs
#   demo         show the main job, on this terminal
#   bench...     measure: tests/bench/boot.sh, which adds the programs
#   shell        a shell on this terminal (leave it with: poweroff -f)
# Leaves console.log, verdict and trace/accesses in BUILD/vm/PLAN; how the run ended is
# in the verdict. Fails only if the machine does not start.
# VM_KERNEL=NAME runs it on the kernel of kernels/NAME.config, in BUILD/vm-NAME, with
# the initramfs that was made with the same VM_KERNEL. VM_APPEND goes to the command
# line of the kernel (vm_only=NAME: of the programs, NAME alone), VM_TIMEOUT is in seconds.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/vm/kernel.sh
. "$here/kernel.sh"

build=$(realpath "$1")
plan=$2
shift 2
vm=$build/$(vm_directory)
dir=$vm/$plan
slowness=$(vm_slowness)

prepare() {
	rm -rf "$dir"
	mkdir -p "$dir/trace"
	: >"$dir/verdict"
	truncate -s 16M "$dir/trace/memory"
	truncate -s 1M "$dir/disk"
	truncate -s 64K "$dir/no-image"
	option_rom >"$dir/trace/rom"
	iasl -p "$dir/power" "$here/power.asl" >"$dir/power.log"
}

# 64 KiB of one image, as the PCI Local Bus Specification 3.0 has it in section 6.3.1: a
# header, and the structure that tells how long the image is and that it is the last.
# Its checksum is wrong, so that no firmware runs it.
option_rom() {
	head -c 65536 < <(
		printf '\x55\xaa\x80'
		head -c 21 /dev/zero
		printf '\x1c\0\0\0PCIR\xec\x10\x39\x81\0\0\x18\0\0\0\0\x02\x80\0\0\0\0\x80\0\0'
		seq 20000
	)
}

console() {
	case $plan in
	shell) echo mon:stdio ;;
	*) echo "file:$dir/console.log" ;;
	esac
}

verdict() {
	case $plan in
	demo) echo file,path=/proc/self/fd/1 ;;
	*) echo "file,path=$dir/verdict" ;;
	esac
}

# The machine of all plans, and what a plan or a kernel has besides.
machine_arguments() {
	local file
	for file in "$here"/machine{,-"$plan",-on-"${VM_KERNEL:-debian}"}.conf; do
		[[ ! -e $file ]] ||
			sed -e 's/#.*//' -e "s|@DIR@|$dir|g" -e "s|@CONSOLE@|$(console)|" \
				-e "s|@VERDICT@|$(verdict)|" "$file"
	done | xargs -n1
}

# A warning of the kernel ends the machine, and so the run. Without page tables of five
# levels, since KASAN asks the processor for them, and an interrupt while the kernel finds
# out about that processor gets the wrong answer, and a report of a wild access. Without the
# check of the timer, which panics ("IO-APIC + timer doesn't work") when the host is so busy
# that no tick comes in time.
kernel_command_line() {
	echo "console=ttyS0 quiet panic_on_warn=$(vm_panic_on_warn) oops=panic panic=-1 no5lvl no_timer_check" \
		"vm_plan=$plan vm_slowness=$slowness" \
		"$(vm_kernel_options) $(plan_options) ${VM_APPEND:-}"
}

# For a fuzzer, a clock that is read without an access, of which QEMU would write a line:
# its trace is long enough. For failing allocations, no interpreter of ACPI's tables when
# a device is enabled: it uses freed memory once one of its own allocations has failed.
plan_options() {
	case $plan in
	fuzz) echo tsc=reliable ;;
	faults) echo acpi=noirq ;;
	bench*) echo nokaslr norandmaps ;;
	esac
}

boot() {
	local -a arguments
	mapfile -t arguments < <(machine_arguments)
	timeout --foreground $((${VM_TIMEOUT:-900} * slowness)) \
		qemu-system-x86_64 "${arguments[@]}" -m "$(vm_megabytes)" \
		-kernel "$(vm_image)" -initrd "$vm/initramfs" \
		-append "$(kernel_command_line)" "$@"
}

main() {
	((slowness == 1)) ||
		echo "run.sh: the kernel \"$VM_KERNEL\" checks itself: time limits times $slowness" >&2
	prepare
	boot "$@" || echo "run.sh: status $? (124: took longer than VM_TIMEOUT)" >&2
	[[ $plan == shell || -s $dir/console.log ]]
}

main "$@"
