# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# Debian's driverctl, as udev/README.md says to use it: a board by its address, for good.

# edu has no other driver: without --noprobe, driverctl misses one and keeps the override.
full=0000:$edu

it_grants_a_board_to_pcipeek() {
	run driverctl set-override $full pcipeek
	status_is 0
	device_saw_nothing $edu
	must_equal 'driver' pcipeek "$(driver_of $edu)"
	run_as bob pcipeek read $edu bar0+0x00
	succeeds_with 0x010000ed
	driverctl --noprobe unset-override $full
}

# What its udev rule runs when a board is found.
it_grants_it_again_when_it_is_found_again() {
	driverctl set-override $full pcipeek
	echo 1 >"$(sysfs_of $edu)/remove"
	echo 1 >$pci/rescan
	udevadm settle
	must_equal 'driver' '' "$(driver_of $edu)"
	run driverctl load-override $full
	status_is 0
	must_equal 'driver' pcipeek "$(driver_of $edu)"
	driverctl --noprobe unset-override $full
}

it_takes_the_board_back() {
	driverctl set-override $full pcipeek
	run driverctl --noprobe unset-override $full
	status_is 0
	must_equal 'driver' '' "$(driver_of $edu)"
	must_equal 'override' '(null)' "$(<"$(sysfs_of $edu)/driver_override")"
	[[ ! -e /etc/driverctl.d/pci-$full ]] || fail 'it is still saved'
	run_as bob pcipeek read $edu bar0+0x00
	refused 4 'not granted to pcipeek' $edu
}

it_takes_a_board_from_its_driver_and_returns_it() {
	run driverctl set-override 0000:$serial pcipeek
	status_is 0
	must_equal 'driver' pcipeek "$(driver_of $serial)"
	run driverctl unset-override 0000:$serial
	must_equal 'driver' serial "$(driver_of $serial)"
}
