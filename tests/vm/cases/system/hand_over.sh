# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# The example lib/examples/hand_over.cpp: what a child can do with what it was handed.

it_lets_the_child_read_its_bar_and_nothing_else() {
	grant $edu
	run hand_over $edu 0
	succeeds_with 'the child reads 0x010000ed
writing: Permission denied
another BAR: Permission denied
mapping: Permission denied
mapping for writing: Permission denied
more rights: Permission denied
attaching again: Transport endpoint is already connected
a file of its own: Permission denied'
	device_saw $edu 'read bar0+0x00.l 0x010000ed'
}

it_does_not_hand_over_a_bar_that_is_there_too() {
	grant $testdev
	run hand_over $testdev 0
	status_is 0
	output_matches 'another BAR: Permission denied'
	# one access, of a device whose registers are bytes: QEMU makes four of it
	device_saw $testdev 'read bar0+0x00.b 0x00' 'read bar0+0x01.b 0x00' \
		'read bar0+0x02.b 0x00' 'read bar0+0x03.b 0x00'
}

it_hands_nothing_over_of_a_device_that_a_driver_has() {
	run hand_over $serial 0
	status_is 1
	device_saw_nothing $serial
}
