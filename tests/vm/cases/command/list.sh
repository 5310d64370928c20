# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# pcipeek ls and info: for everybody, with the module or without.

it_lists_without_privilege_and_without_the_module() {
	unload_module
	run_as alice pcipeek ls
	status_is 0
	output_matches '0000:00:03.0 1234:11e8'
	output_matches '0000:00:08.0 1b36:0002 serial'
}

it_touches_no_device() {
	run pcipeek ls -v
	status_is 0
	device_saw_nothing $edu
	device_saw_nothing $rtl8139
	device_saw_nothing $serial
}

it_lists_those_of_one_vendor() {
	run pcipeek ls -d 10ec:
	status_is 0
	output_matches '^0000:00:06.0 10ec:8139 [^[:space:]]* *Realtek'
	must_equal 'lines' 1 "$(wc -l </run/vm/output)"
}

it_shows_the_bars_that_sysfs_has() {
	local first last
	read -r first last _ <"$(sysfs_of $edu)/resource"
	run pcipeek info $edu --json
	status_is 0
	output_matches "\"addr\": $((first)),"
	output_matches "\"size\": $((last - first + 1)),"
	output_matches '"type": "mem"'
	output_matches '"vendor_id": 4660'
}

it_says_who_has_the_device() {
	run pcipeek info $serial
	output_matches 'driver +serial'
	grant $edu
	run pcipeek info $edu
	output_matches 'driver +pcipeek'
	output_matches 'granted +yes'
}
