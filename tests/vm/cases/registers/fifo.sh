# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# FIFOs and files: pcipeek read --fixed, write --fixed, write --file. The FIFO is that of
# a serial port that receives what it sends.

use_loop_back() {
	pcipeek bind --force $serial
	pcipeek write $serial bar0+1.b=0 bar0+3.b=3 bar0+2.b=7 bar0+4.b=0x10
}

it_sends_and_receives_at_one_address() {
	use_loop_back
	printf pci >/run/vm/sent
	run pcipeek write $serial bar0.b --fixed --file /run/vm/sent
	succeeds_with ''
	device_saw $serial 'write bar0+0x00.b 0x70' 'write bar0+0x00.b 0x63' \
		'write bar0+0x00.b 0x69'
	run pcipeek read $serial bar0.b,3 --fixed --raw
	succeeds_with pci
	device_saw $serial 'read bar0+0x00.b 0x70' 'read bar0+0x00.b 0x63' 'read bar0+0x00.b 0x69'
}

it_takes_what_it_sends_from_standard_input() {
	use_loop_back
	run pcipeek write $serial bar0.b --fixed --file - <<<peek
	succeeds_with ''
	run pcipeek read $serial bar0.b,4 --fixed
	succeeds_with "$(printf 'bar0+0x00 0x%s\n' 70 65 65 6b)"
}

it_sends_as_much_of_a_file_as_was_asked_for() {
	use_loop_back
	run pcipeek write $serial bar0.b,2 --fixed --file /dev/zero
	succeeds_with ''
	device_saw $serial 'write bar0+0x00.b 0x00' 'write bar0+0x00.b 0x00'
}

it_writes_a_file_upwards() {
	printf '\x01\x02\x03\x04' >/run/vm/image
	run pcipeek write $rtl8139 bar0+0x08.w --file /run/vm/image
	succeeds_with ''
	device_saw $rtl8139 'write bar0+0x08.w 0x0201' 'write bar0+0x0a.w 0x0403'
	run pcipeek read $rtl8139 bar0+0x08.b,4 --raw
	cmp /run/vm/output /run/vm/image || fail 'it came back different'
}

it_compares_each_element_of_a_file_that_it_wrote() {
	printf '\x01\x02' >/run/vm/image
	run pcipeek write $rtl8139 bar0+0x08.b --verify --file /run/vm/image
	succeeds_with ''
	device_saw $rtl8139 'write bar0+0x08.b 0x01' 'read bar0+0x08.b 0x01' \
		'write bar0+0x09.b 0x02' 'read bar0+0x09.b 0x02'
}

it_moves_16_mib_through_a_file() {
	head -c 16777216 /dev/urandom >/run/vm/image
	run pcipeek write $ivshmem bar2 --file /run/vm/image
	succeeds_with ''
	pcipeek dump $ivshmem bar2.q,2097152 --raw | cmp - /run/vm/image || fail 'it is different'
	rm /run/vm/image
}

it_refuses_a_file_that_is_longer_than_the_bar() {
	head -c 257 /dev/zero >/run/vm/image
	run pcipeek write $rtl8139 bar0.b --file /run/vm/image
	refused 5 'PCI addr space is' $rtl8139
}

it_refuses_a_file_that_is_shorter_than_its_count() {
	printf abc >/run/vm/image
	run pcipeek write $rtl8139 bar0+8.w,2 --file /run/vm/image
	refused 2 'has 3 bytes, and bar0\+8.w,2 is 2 of 2 bytes each' $rtl8139
}

it_refuses_a_file_that_is_no_whole_number_of_elements() {
	printf abc >/run/vm/image
	run pcipeek write $rtl8139 bar0+8.w --file /run/vm/image
	refused 2 'not a whole number of 2-byte elements' $rtl8139
}

it_refuses_a_file_that_is_not_there() {
	run pcipeek write $rtl8139 bar0+8 --file /nowhere
	refused 1 "cannot read '/nowhere': No such file" $rtl8139
}

it_refuses_a_fifo_outside_the_bar() {
	run pcipeek read $rtl8139 bar0+0x100.b,4 --fixed
	refused 5 'PCI addr space is' $rtl8139
}

it_refuses_a_fifo_that_a_driver_has() {
	run pcipeek read $serial bar0.b,4 --fixed
	refused 8 'the driver serial has it' $serial
}
