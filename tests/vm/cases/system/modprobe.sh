# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# What `make install` put there works by its name, and goes without a trace.

it_is_found_by_name_after_depmod() {
	unload_module
	depmod
	run modprobe pcipeek
	succeeds_with ''
	must_match 'modinfo' '/updates/pcipeek.ko' "$(modinfo -F filename pcipeek)"
}

it_takes_the_boards_that_ids_names() {
	unload_module
	run modprobe pcipeek ids=1234:11e8
	succeeds_with ''
	must_equal 'driver' pcipeek "$(driver_of $edu)"
	must_equal 'driver of another' '' "$(driver_of $testdev)"
	udevadm settle
	run_as bob pcipeek read $edu bar0+0x00
	succeeds_with 0x010000ed
}

it_takes_boards_of_several_ids() {
	unload_module
	run modprobe pcipeek ids=1234:11e8,1b36:0005
	succeeds_with ''
	must_equal 'driver' pcipeek "$(driver_of $edu)"
	must_equal 'driver' pcipeek "$(driver_of $testdev)"
}

it_takes_no_board_from_its_driver() {
	unload_module
	run modprobe pcipeek ids=1b36:0002
	succeeds_with ''
	must_equal 'driver' serial "$(driver_of $serial)"
}

it_takes_the_boards_of_the_modprobe_example() {
	unload_module
	sed 's/ids=.*/ids=1234:11e8/' \
		/usr/local/share/doc/pcipeek/examples/pcipeek.modprobe.conf \
		>/etc/modprobe.d/pcipeek.conf
	run modprobe pcipeek
	succeeds_with ''
	must_equal 'driver' pcipeek "$(driver_of $edu)"
}

it_takes_a_board_granted_by_new_id() {
	echo 1234 11e8 >$pci/drivers/pcipeek/new_id
	must_equal 'driver' pcipeek "$(driver_of $edu)"
}

it_leaves_nothing_behind_when_it_is_unloaded() {
	grant $edu
	run modprobe -r pcipeek
	succeeds_with ''
	udevadm settle
	[[ ! -e /dev/pcipeek ]] || fail 'the node is still there'
	[[ ! -e $pci/drivers/pcipeek ]] || fail 'the driver is still there'
	must_equal 'driver' '' "$(driver_of $edu)"
	# grep fails when there is none, as there should be
	must_equal 'claims' '' "$(grep pcipeek /proc/iomem /proc/ioports || true)"
}

it_is_not_unloaded_under_an_open_file() {
	exec 4</dev/pcipeek
	run modprobe -r pcipeek
	status_is 1
	error_matches 'in use'
	exec 4<&-
	run modprobe -r pcipeek
	status_is 0
}
