#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# module.sh CHECK: look into pcipeek.ko as it was built, for what no run of it can show.
set -euo pipefail

cd "$(dirname "$0")/../.."
module=build/module/$(scripts/kernel-version.sh "$(scripts/kdir.sh)")/kmod/pcipeek.ko

imports() {
	nm -u "$module" | awk '{ print $2 }' | sort
}

# Of functions that map memory or ports, or that look up what the kernel does not export.
mapping='remap|iou?n?map|ioport_map|vm_insert|vmf_insert|phys_|virt_to|kmap|get_user_pages|pin_user'
mapping+='|apply_to_|kallsyms|kprobe|text_poke|set_memory|_user_read_config|_user_write_config'

it_maps_nothing_but_the_bars_of_a_function() {
	diff <(printf '%s\n' apply_to_page_range pci_iomap pci_iomap_range pci_iomap_wc pci_iounmap \
		vmf_insert_pfn) \
		<(imports | grep -E "$mapping")
}

instructions() {
	objdump -d --no-show-raw-insn "$module" | sed -n 's/^ *[0-9a-f]*:\t\([a-z0-9]*\).*/\1/p'
}

it_has_no_instruction_of_the_machine_but_those_of_ports() {
	! instructions | sort -u |
		grep -xE 'rdmsr|wrmsr|vmcall|vmmcall|lgdt|lidt|ltr|invlpg|wbinvd|hlt|cli|sti|xsetbv' &&
		! objdump -d "$module" | grep -E '%cr[0-8]|%db[0-7]'
}

# array_index_nospec() is a comparison with the number of BARs, or of commands, and then sbb.
bounds_an_index() {
	objdump -d --no-show-raw-insn "--disassemble=$1" "$module" |
		awk -F '\t' '$2 ~ /^sbb/ && before ~ /^cmp.*\$0x[6a],/ { found = 1 } { before = $2 }
			END { exit !found }'
}

# Of all functions that have such an index from user space.
it_does_not_run_ahead_with_an_index_of_the_caller() {
	local function failed=0
	for function in pcipeek_peek pcipeek_poke pcipeek_check_block pcipeek_check_bar_info \
		pcipeek_bar_info do_bar_mode pcipeek_ops_check pcipeek_map_mmap \
		pcipeek_section_run pcipeek_command; do
		bounds_an_index "$function" || {
			echo "$function: its index is not bounded"
			failed=1
		}
	done
	return $failed
}

[[ -e $module ]] || {
	echo "module.sh: no $module: run 'make modules'" >&2
	exit 1
}
[[ $(nm "$module" | grep -c ' T pcipeek_peek$') == 1 ]]
"$1"
