# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# pcipeek write with masks and bit fields: one read and one write, by the kernel.

it_changes_the_bits_of_a_mask_and_no_others() {
	pcipeek write $rtl8139 bar0+0x08.b=0xa0
	run pcipeek write $rtl8139 bar0+0x08.b=0x5:0xf
	succeeds_with ''
	device_saw $rtl8139 'read bar0+0x08.b 0xa0' 'write bar0+0x08.b 0xa5'
}

it_changes_a_bit_field_and_no_other_bits() {
	pcipeek write $rtl8139 bar0+0x08=0x11223344
	run pcipeek write $rtl8139 bar0+0x08:15:8=0xee
	succeeds_with ''
	device_saw $rtl8139 'read bar0+0x08.l 0x11223344' 'write bar0+0x08.l 0x1122ee44'
}

it_changes_one_bit() {
	pcipeek write $edu bar0+0x20=0
	run pcipeek write $edu bar0+0x20:7=1
	succeeds_with ''
	device_saw $edu 'read bar0+0x20.l 0x00000000' 'write bar0+0x20.l 0x00000080'
}

it_changes_bits_of_a_granted_device() {
	grant $edu
	pcipeek write $edu bar0+0x20=0
	run_as bob pcipeek write $edu bar0+0x20=0x80:0x80
	succeeds_with ''
	device_saw $edu 'read bar0+0x20.l 0x00000000' 'write bar0+0x20.l 0x00000080'
}

it_reads_back_only_the_bits_that_it_wrote() {
	run pcipeek write $edu bar0+0x00=1:1 --verify
	succeeds_with ''
	device_saw $edu 'read bar0+0x00.l 0x010000ed' 'write bar0+0x00.l 0x010000ed' \
		'read bar0+0x00.l 0x010000ed'
}

it_tells_when_those_bits_are_different_afterwards() {
	run pcipeek write $edu bar0+0x00:7:4=1 --verify
	status_is 9
	error_is_one_line
	error_matches 'bar0\+0x00:7:4 of 0000:00:03.0 is 0xe after 0x1 was written'
}

it_makes_no_access_in_a_dry_run() {
	run_as alice pcipeek write $edu bar0+0x20=0x80:0x80 bar0+0x20:7=0 --dry-run
	succeeds_with "$(printf '%s\n' 'bar0+0x20 0x00000080:0x00000080' 'bar0+0x20:7 0x0')"
	device_saw_nothing $edu
}

it_refuses_a_value_outside_its_mask() {
	run pcipeek write $edu bar0+0x20=0x81:0x80
	refused 2 'bits outside the mask' $edu
}

it_refuses_a_value_wider_than_its_field() {
	run pcipeek write $edu bar0+0x20:7:4=0x10
	refused 2 '0x10 needs 5 bits, and bar0\+0x20:7:4 has 4' $edu
}

it_refuses_a_mask_outside_the_bar() {
	run pcipeek write $edu bar0+0x100000=1:1
	refused 5 'PCI addr space is' $edu
}

it_refuses_a_member_a_device_that_was_not_granted() {
	run_as bob pcipeek write $edu bar0+0x20=0x80:0x80
	refused 4 'not granted to pcipeek' $edu
}
