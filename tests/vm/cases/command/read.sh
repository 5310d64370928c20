# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# pcipeek read: the value, and exactly the accesses that were asked for.

it_reads_the_identification_of_edu_in_one_access() {
	run pcipeek read $edu bar0+0x00
	succeeds_with 0x010000ed
	device_saw $edu 'read bar0+0x00.l 0x010000ed'
}

it_reads_a_granted_device_in_one_access() {
	grant $edu
	run pcipeek read $edu bar0+0x00
	succeeds_with 0x010000ed
	device_saw $edu 'read bar0+0x00.l 0x010000ed'
}

it_reads_8_bits_in_one_access() {
	run pcipeek read $rtl8139 bar0+0x05.b
	succeeds_with 0xfe
	device_saw $rtl8139 'read bar0+0x05.b 0xfe'
}

it_reads_16_bits_in_one_access() {
	run pcipeek read $rtl8139 bar0+0x04.w
	succeeds_with 0xfe0f
	device_saw $rtl8139 'read bar0+0x04.w 0xfe0f'
}

it_reads_32_bits_of_an_io_bar_in_one_access() {
	run pcipeek read $rtl8139 bar0+0x00
	succeeds_with 0x0c005452
	device_saw $rtl8139 'read bar0+0x00.l 0x0c005452'
}

it_reads_64_bits_in_one_access() {
	run pcipeek read $nvme bar0+0x00.q
	status_is 0
	device_saw $nvme "read bar0+0x00.q $output"
}

# The trace has BAR 1 of this board where its registers are: in BAR 0.
it_reads_the_same_registers_through_memory() {
	run pcipeek read $rtl8139 bar1+0x05.b bar1+0x04.w bar1+0x00
	status_is 0
	device_saw $rtl8139 'read bar0+0x05.b 0xfe' 'read bar0+0x04.w 0xfe0f' \
		'read bar0+0x00.l 0x0c005452'
}

it_reads_the_mac_address_byte_by_byte() {
	run pcipeek read $rtl8139 bar0+0x00.b,6
	succeeds_with "$(printf 'bar0+0x0%d 0x%s\n' 0 52 1 54 2 00 3 0c 4 0f 5 fe)"
	device_saw $rtl8139 \
		'read bar0+0x00.b 0x52' 'read bar0+0x01.b 0x54' 'read bar0+0x02.b 0x00' \
		'read bar0+0x03.b 0x0c' 'read bar0+0x04.b 0x0f' 'read bar0+0x05.b 0xfe'
}

it_reads_the_version_of_nvme_in_its_64_bit_bar() {
	run pcipeek read $nvme bar0+0x08
	succeeds_with 0x00010400
	device_saw $nvme 'read bar0+0x08.l 0x00010400'
}

it_reads_locations_in_the_order_they_were_named() {
	run pcipeek read $rtl8139 bar0+0x04.b bar0+0x00.b bar0+0x04.b
	status_is 0
	device_saw $rtl8139 'read bar0+0x04.b 0x0f' 'read bar0+0x00.b 0x52' 'read bar0+0x04.b 0x0f'
}

it_cuts_a_bit_field_out_of_one_access() {
	run pcipeek read $edu bar0+0x00:31:24
	status_is 0
	output_matches '^0x0*1$'
	device_saw $edu 'read bar0+0x00.l 0x010000ed'
}

it_reads_the_last_bytes_of_a_bar() {
	run pcipeek read $rtl8139 bar0+0xff.b
	status_is 0
	device_saw $rtl8139 "read bar0+0xff.b $output"
	run pcipeek read $edu bar0+0xffffc
	status_is 0
	device_saw $edu "read bar0+0xffffc.l $output"
}

it_finds_a_device_by_its_ids() {
	run pcipeek read 1234:11e8 bar0+0x00
	succeeds_with 0x010000ed
}

it_prints_json() {
	run pcipeek read $edu bar0+0x00 --json
	status_is 0
	output_matches '"value": ?16777453'
	output_matches '"hex": ?"0x010000ed"'
	device_saw $edu 'read bar0+0x00.l 0x010000ed'
}

it_reads_beside_a_driver_when_foreign_is_said() {
	run pcipeek read $serial bar0+0x07.b --foreign
	status_is 0
	device_saw $serial "read bar0+0x07.b $output"
	must_equal 'driver' serial "$(driver_of $serial)"
}

it_changes_nothing_about_a_device_that_was_not_granted() {
	local before
	before=$(setpci -s $edu COMMAND)
	run pcipeek read $edu bar0+0x00
	status_is 0
	must_equal 'COMMAND' "$before" "$(setpci -s $edu COMMAND)"
	must_equal 'driver' '' "$(driver_of $edu)"
}
