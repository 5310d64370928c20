# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# pcipeek fill: one value, several registers, one access each.

it_writes_each_register_once() {
	run pcipeek fill $rtl8139 bar0+0x08.b,4=0x5a
	succeeds_with ''
	device_saw $rtl8139 'write bar0+0x08.b 0x5a' 'write bar0+0x09.b 0x5a' \
		'write bar0+0x0a.b 0x5a' 'write bar0+0x0b.b 0x5a'
}

it_fills_up_to_a_last_byte() {
	run pcipeek fill $rtl8139 bar0+0x08..0x0f=0xdeadbeef
	succeeds_with ''
	device_saw $rtl8139 'write bar0+0x08.l 0xdeadbeef' 'write bar0+0x0c.l 0xdeadbeef'
}

it_fills_memory_in_64_bits() {
	run pcipeek fill $ivshmem bar2.q,4=0x1122334455667788
	succeeds_with ''
	run pcipeek read $ivshmem bar2+0x18.q bar2+0x20.b
	output_matches '^bar2\+0x18 0x1122334455667788'
}

it_makes_no_access_in_a_dry_run() {
	run pcipeek fill $rtl8139 bar0+0x08.b,2=0x5a --dry-run
	succeeds_with "$(printf '%s\n' 'bar0+0x08 0x5a' 'bar0+0x09 0x5a')"
	device_saw_nothing $rtl8139
}

it_refuses_to_guess_how_many() {
	run pcipeek fill $rtl8139 bar0+0x08.b=0x5a
	refused 2 'the number of registers is missing' $rtl8139
}

it_refuses_a_mask() {
	run pcipeek fill $rtl8139 bar0+0x08.b,2=1:1
	refused 2 'a fill writes whole registers' $rtl8139
}

it_refuses_to_fill_over_the_end() {
	run pcipeek fill $rtl8139 bar0+0xfc.b,5=0
	refused 5 'PCI addr space is' $rtl8139
}

it_refuses_a_member_a_device_that_was_not_granted() {
	run_as bob pcipeek fill $rtl8139 bar0+0x08.b,2=1
	refused 4 'not granted to pcipeek' $rtl8139
}
