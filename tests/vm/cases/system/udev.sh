# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# The rule that grants boards as they are plugged in, as an administrator would use it:
# uncommented, with his own ids.

install_plug_in_rule() {
	sed -n -e 's/0x1147/0x1234/' -e 's/0x0c8e/0x11e8/' -e '/^#ACTION/,$s/^#//p' \
		/usr/local/lib/udev/rules.d/70-pcipeek.rules \
		>/etc/udev/rules.d/71-pcipeek-boards.rules
	udevadm control --reload
}

plug_in_again() {
	echo 1 >"$(sysfs_of "$1")/remove"
	echo 1 >$pci/rescan
	udevadm settle
}

it_grants_a_board_that_is_plugged_in() {
	install_plug_in_rule
	plug_in_again $edu
	must_equal 'driver' pcipeek "$(driver_of $edu)"
	run_as bob pcipeek read $edu bar0+0x00
	succeeds_with 0x010000ed
}

it_loads_the_module_for_a_board_that_is_plugged_in() {
	unload_module
	install_plug_in_rule
	plug_in_again $edu
	must_equal 'driver' pcipeek "$(driver_of $edu)"
	must_equal 'node' 'crw-rw---- root pcipeek' "$(stat -c '%A %U %G' /dev/pcipeek)"
}

it_grants_no_other_board() {
	install_plug_in_rule
	plug_in_again $testdev
	must_equal 'driver' '' "$(driver_of $testdev)"
}

it_grants_nothing_while_it_is_commented_out() {
	plug_in_again $edu
	must_equal 'driver' '' "$(driver_of $edu)"
}
