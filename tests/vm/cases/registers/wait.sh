# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# pcipeek wait: the kernel looks, the last value is printed, exit 7 when the time is up.

it_prints_the_value_that_it_waited_for() {
	run pcipeek wait $edu bar0+0x00==0x010000ed
	succeeds_with 0x010000ed
	device_saw $edu 'read bar0+0x00.l 0x010000ed'
}

it_waits_for_some_bits() {
	run pcipeek wait $edu bar0+0x00==0xe0:0xf0
	succeeds_with 0x010000ed
	run pcipeek wait $edu bar0+0x00:7:4==0xe
	succeeds_with 0xe
}

it_waits_for_something_else() {
	run pcipeek wait $edu 'bar0+0x00!=0'
	succeeds_with 0x010000ed
}

it_waits_until_edu_has_computed() {
	pcipeek write $edu bar0+0x08=12
	run pcipeek wait $edu bar0+0x20==0:1 --timeout 10s
	status_is 0
	run pcipeek read $edu bar0+0x08
	succeeds_with "$(printf '0x%08x' 479001600)"
}

it_wakes_when_the_register_changes() {
	pcipeek write $edu bar0+0x04=0
	(sleep 1 && pcipeek write $edu bar0+0x04=0x55) &
	run pcipeek wait $edu bar0+0x04==0xffffffaa --timeout 20s
	succeeds_with 0xffffffaa
	wait
}

it_says_that_the_time_is_up_and_what_the_register_is() {
	pcipeek write $edu bar0+0x04=0
	run pcipeek wait $edu bar0+0x04==1 --timeout 50ms
	status_is 7
	output_is 0xffffffff
	error_is 'pcipeek: 0000:00:03.0: timed out after 50 ms: bar0+0x04 is 0xffffffff, expected 0x00000001'
}

it_names_the_bit_field_that_it_waited_for() {
	pcipeek write $edu bar0+0x04=0
	run pcipeek wait $edu bar0+0x04:7:4==5 --timeout 50ms
	status_is 7
	output_is 0xf
	error_is 'pcipeek: 0000:00:03.0: timed out after 50 ms: bar0+0x04:7:4 is 0xf, expected 0x5'
}

it_is_one_read_when_it_may_not_wait() {
	pcipeek write $edu bar0+0x04=0
	run pcipeek wait $edu bar0+0x04==1 --timeout 0s
	status_is 7
	output_is 0xffffffff
	device_saw $edu 'read bar0+0x04.l 0xffffffff'
}

it_looks_at_the_interval_that_was_asked_for() {
	local looks
	run pcipeek wait $edu bar0+0x00==0 --timeout 50ms --interval 20ms
	status_is 7
	looks=$(device-trace since $mark $edu | wc -l)
	((looks >= 2 && looks <= 4)) || fail "looks: $looks"
}

it_waits_on_a_granted_device() {
	grant $edu
	run_as bob pcipeek wait $edu bar0+0x00==0x010000ed
	succeeds_with 0x010000ed
}

it_refuses_a_time_without_a_unit() {
	run pcipeek wait $edu bar0+0x00==0 --timeout 5
	refused 2 'the unit of time is missing' $edu
}

it_refuses_an_assignment() {
	run pcipeek wait $edu bar0+0x00=0
	refused 2 'a condition is LOCATION==VALUE' $edu
}

it_refuses_a_condition_outside_the_bar() {
	run pcipeek wait $edu bar0+0x100000==0
	refused 5 'PCI addr space is' $edu
}

it_refuses_a_device_that_a_driver_has() {
	run pcipeek wait $serial bar0.b==0
	refused 8 'the driver serial has it' $serial
}

it_refuses_when_decoding_is_off() {
	grant $edu
	setpci -s $edu COMMAND=0:2
	run pcipeek wait $edu bar0+0x00==0
	refused 6 'does not decode its memory space' $edu
}
