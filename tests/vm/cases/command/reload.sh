# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# pcipeek reload: a board that lost its addresses, or was changed, is found anew.

# What a reset of the bus behind the kernel's back leaves.
lose_addresses() {
	setpci -s $bridge BRIDGE_CONTROL=40:40
	sleep 0.2
	setpci -s $bridge BRIDGE_CONTROL=0:40
	sleep 1
	must_equal 'address in BAR 0' 4 $((0x$(setpci -s $nvme BASE_ADDRESS_0)))
}

it_brings_a_board_back_that_lost_its_addresses() {
	pcipeek bind $nvme
	lose_addresses
	run pcipeek reload $nvme
	succeeds_with '0000:01:00.0 is back with the same BARs; bound to pcipeek'
	must_equal 'driver_override' '(null)' "$(<"$(sysfs_of $nvme)/driver_override")"
	run_as bob pcipeek read $nvme bar0+0x08
	succeeds_with 0x00010400
	device_saw $nvme 'read bar0+0x08.l 0x00010400'
}

it_leaves_a_board_that_was_not_granted_to_nobody() {
	run pcipeek reload $nvme
	succeeds_with '0000:01:00.0 is back with the same BARs; no driver has it'
	run pcipeek reload $edu
	succeeds_with '0000:00:03.0 is back with the same BARs; no driver has it'
}

# A board without addresses is placed where the kernel likes it best; moved away from there
# and without addresses again, it comes back to that place.
it_tells_what_changed() {
	local change='was 256 bytes of memory at 0x[0-9a-f]+, is 256 bytes of memory at 0x[0-9a-f]+'
	setpci -s $rtl8139 BASE_ADDRESS_1=0
	pcipeek reload $rtl8139
	modprobe bar_mover
	echo "0000:$rtl8139 1" >/sys/module/bar_mover/parameters/move
	modprobe -r bar_mover
	setpci -s $rtl8139 BASE_ADDRESS_1=0
	run pcipeek reload $rtl8139
	status_is 0
	output_matches "^0000:00:06.0 is back; bar1 $change; no driver has it$"
	pcipeek bind $rtl8139
	run pcipeek read $rtl8139 bar1+0x00
	succeeds_with 0x0c005452
}

it_makes_no_access() {
	grant $edu
	run pcipeek reload $edu
	status_is 0
	device_saw_nothing $edu
}

it_ends_the_files_of_others() {
	grant $edu
	# A program that has the device open: told by the end of what it polls.
	pcipeek wait $edu bar0+0x00==0 --timeout 60s >/run/vm/waiter 2>&1 &
	local waiter=$! ended=0
	sleep 1
	run pcipeek reload $edu
	succeeds_with '0000:00:03.0 is back with the same BARs; bound to pcipeek'
	wait $waiter || ended=$?
	must_equal 'exit status of the other program' 3 $ended
	run pcipeek read $edu bar0+0x00
	succeeds_with 0x010000ed
}

it_leaves_a_driver_alone_unless_it_is_forced() {
	run pcipeek reload $serial
	refused 8 'the driver serial has it.*pcipeek reload --force 0000:00:08.0' $serial
	must_equal 'driver' serial "$(driver_of $serial)"
	run pcipeek reload --force $serial
	status_is 0
	output_matches '^0000:00:08.0 is back.*; bound to serial$'
}

it_keeps_a_grant_from_the_driver_that_finds_the_board() {
	pcipeek bind --force $serial
	run pcipeek reload $serial
	status_is 0
	output_matches '^0000:00:08.0 is back.*; bound to pcipeek$'
	must_equal 'driver' pcipeek "$(driver_of $serial)"
}

it_restores_an_override_that_is_meant_to_stay() {
	grant $edu
	run pcipeek reload $edu
	status_is 0
	must_equal 'driver_override' pcipeek "$(<"$(sysfs_of $edu)/driver_override")"
	must_equal 'driver' pcipeek "$(driver_of $edu)"
}

it_needs_root() {
	run_as bob pcipeek reload $edu
	refused 4 'only root may reload it' $edu
	[[ -e $(sysfs_of $edu) ]] || fail 'it is removed'
}

it_refuses_a_bridge() {
	run pcipeek reload --force $bridge
	refused 1 'it is a bridge; reload the devices behind it' $nvme
	[[ -e $(sysfs_of $nvme) ]] || fail 'what is behind it is gone'
}

it_removes_nothing_where_sysfs_is_read_only() {
	run unshare -m sh -c "mount -o remount,ro,bind /sys && pcipeek reload $edu"
	refused 1 'Read-only file system' $edu
	[[ -e $(sysfs_of $edu) ]] || fail 'it is removed'
}

# Nobody answers behind such a bridge; a rescan gives it its bus again.
it_brings_a_board_back_behind_a_bridge_that_forgot_its_bus() {
	grant $nvme
	setpci -s $bridge PRIMARY_BUS.l=00000000
	run pcipeek read $nvme bar0+0x08
	status_is 6
	run pcipeek reload $nvme
	status_is 0
	run pcipeek read $nvme bar0+0x08
	succeeds_with 0x00010400
}
