# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# Who may use a device: the node's group, and what was granted.

it_makes_the_node_for_the_group() {
	must_equal 'node' 'crw-rw---- root pcipeek' "$(stat -c '%A %U %G' /dev/pcipeek)"
}

it_lets_a_member_of_the_group_read_and_write_a_granted_device() {
	grant $edu
	run_as bob pcipeek read $edu bar0+0x00
	succeeds_with 0x010000ed
	device_saw $edu 'read bar0+0x00.l 0x010000ed'
	run_as bob pcipeek write $edu bar0+0x04=0x5a
	succeeds_with ''
	device_saw $edu 'write bar0+0x04.l 0x0000005a'
}

it_refuses_a_member_a_device_that_was_not_granted() {
	grant $edu
	run_as bob pcipeek read $testdev bar0+0x00.b
	refused 4 'not granted to pcipeek; as root: pcipeek bind 0000:00:04.0' $testdev
	run_as bob pcipeek write $testdev bar0+0x00.b=0
	refused 4 'not granted to pcipeek' $testdev
}

it_refuses_a_member_a_foreign_device() {
	run_as bob pcipeek read $testdev bar0+0x00.b --foreign
	refused 4 'needs CAP_SYS_RAWIO' $testdev
	run_as bob pcipeek read $serial bar0+0x07.b --foreign
	refused 4 'needs CAP_SYS_RAWIO' $serial
}

it_refuses_everybody_else() {
	grant $edu
	run_as alice pcipeek read $edu bar0+0x00
	refused 4 'you may not open /dev/pcipeek-0000-00-03.0 or /dev/pcipeek;' $edu
}

it_refuses_to_write_to_who_may_only_read_the_node() {
	grant $edu
	udevadm settle
	chmod 0440 /dev/pcipeek /dev/pcipeek-0000-00-03.0
	run_as bob pcipeek read $edu bar0+0x00
	succeeds_with 0x010000ed
	run_as bob pcipeek write $edu bar0+0x04=1
	refused 4 'you may not open /dev/pcipeek-0000-00-03.0 or /dev/pcipeek;' $edu
}

it_takes_the_device_from_the_group_with_unbind() {
	grant $edu
	run pcipeek unbind $edu
	run_as bob pcipeek read $edu bar0+0x00
	refused 4 'not granted to pcipeek' $edu
}
