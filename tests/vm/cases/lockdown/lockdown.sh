# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# A kernel that is locked down. There is no way back, so this is a boot of its own.

# Instead of machine.sh's: what is locked down cannot load a module again.
fresh_machine() {
	if [[ ! -d /sys/module/pcipeek ]]; then
		modprobe pcipeek
		grant $edu
		echo integrity >/sys/kernel/security/lockdown
	fi
}

it_reads_a_granted_device() {
	run pcipeek read $edu bar0+0x00
	succeeds_with 0x010000ed
	device_saw $edu 'read bar0+0x00.l 0x010000ed'
}

it_hands_a_reader_on() {
	run pcipeek exec $edu --read-only -- pcipeek read $edu bar0+0x00
	succeeds_with 0x010000ed
	run pcipeek exec $edu --read-only --map -- pcipeek read $edu bar0+0x00
	refused 4 'reading works, writing and mapping do not' $edu
}

it_refuses_to_write() {
	run pcipeek write $edu bar0+0x04=1
	refused 4 'reading works, writing and mapping do not' $edu
	run pcipeek write $testdev bar0+0x00.b=0
	refused 4 'reading works, writing and mapping do not' $testdev
}

it_refuses_bus_mastering() {
	run pcipeek exec $edu --bus-master -- true
	refused 4 'reading works, writing and mapping do not' $edu
	must_equal 'bus master bit' 0 $((0x$(setpci -s $edu COMMAND) & 4))
}

it_reads_a_foreign_device_for_root_only() {
	run pcipeek read $testdev bar0+0x00.b
	status_is 0
	must_equal 'reads' 1 "$(device-trace since $mark $testdev | grep -c '^read bar0+0x00.b ')"
	run_as bob pcipeek read $testdev bar0+0x00.b
	refused 4 'not granted to pcipeek' $testdev
}

it_lets_a_group_read_by_the_boards_own_node() {
	local node=/dev/pcipeek-0000-00-03.0
	udevadm settle
	chgrp alice $node
	run_as alice pcipeek read $edu bar0+0x00
	succeeds_with 0x010000ed
	device_saw $edu 'read bar0+0x00.l 0x010000ed'
	run_as alice pcipeek exec $edu --read-only -- pcipeek read $edu bar0+0x00
	succeeds_with 0x010000ed
	run_as alice pcipeek exec $edu --read-only --map -- true
	refused 4 'reading works, writing and mapping do not' $edu
	run_as alice pcipeek write $edu bar0+0x04=1
	refused 4 'reading works, writing and mapping do not' $edu
}

it_still_lists() {
	run pcipeek ls
	status_is 0
	output_matches '1234:11e8'
}
