# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# pcipeek run: one script, one batch.

factorials=(1 1 2 6 24 120 720 5040 40320 362880 3628800 39916800 479001600)

it_has_edu_compute_factorials_in_one_batch_each() {
	local n
	for n in {1..12}; do
		run pcipeek run $edu -e "bar0+0x08=$n; wait bar0+0x20==0:1 5s; bar0+0x08"
		succeeds_with "$(printf '0x%08x' ${factorials[n]})"
	done
	must_match 'accesses' "^write bar0\+0x08.l 0x0000000c.*read bar0\+0x08.l 0x1c8cfc00$" \
		"$(device-trace since $mark $edu)"
}

it_makes_the_accesses_in_order_each_of_its_width() {
	cat >/run/vm/script <<-'END'
		# the multicast registers
		bar0+0x08.b=0xa5
		bar0+0x0a.w=0xbeef     # two bytes
		bar0+0x08.b=0x5:0xf; flush

		bar0+0x08.b
		bar0+0x0a.w
	END
	run pcipeek run $rtl8139 /run/vm/script
	succeeds_with "$(printf '%s\n' 'bar0+0x08 0xa5' 'bar0+0x0a 0xbeef')"
	device_saw $rtl8139 'write bar0+0x08.b 0xa5' 'write bar0+0x0a.w 0xbeef' \
		'read bar0+0x08.b 0xa5' 'write bar0+0x08.b 0xa5' \
		'read bar0+0x08.b 0xa5' 'read bar0+0x0a.w 0xbeef'
}

it_runs_1024_operations() {
	local n
	for n in {1..512}; do
		echo "bar0+0x04=$n; bar0+0x04"
	done >/run/vm/script
	run pcipeek run $edu - </run/vm/script
	status_is 0
	must_equal 'values' 512 "$(wc -l </run/vm/output)"
	must_equal 'accesses' "$(for n in {1..512}; do
		printf 'write bar0+0x04.l 0x%08x\nread bar0+0x04.l 0x%08x\n' \
			$n $((~n & 0xffffffff))
	done)" "$(device-trace since $mark $edu)"
}

it_refuses_1025_operations() {
	local n
	for n in {1..1025}; do
		echo flush
	done >/run/vm/script
	run pcipeek run $edu /run/vm/script
	refused 2 '/run/vm/script:1025: more than 1024 operations' $edu
}

it_ends_at_what_was_not_expected() {
	run pcipeek run $edu -e 'expect bar0+0x00==0xed:0xff; expect bar0+0x00==1; bar0+0x04=1'
	status_is 9
	error_is_one_line
	error_matches '-e:1: 0000:00:03.0: bar0\+0x00 is 0x010000ed, expected 0x00000001; nothing after'
	device_saw $edu 'read bar0+0x00.l 0x010000ed' 'read bar0+0x00.l 0x010000ed'
}

it_ends_when_the_time_of_a_wait_is_up() {
	run pcipeek run $edu -e $'bar0+0x00\nwait bar0+0x00==0 20ms\nbar0+0x04=1'
	status_is 7
	output_is 0x010000ed
	error_is 'pcipeek: run: -e:2: 0000:00:03.0: timed out after 20 ms: bar0+0x00 is 0x010000ed, expected 0x00000000'
	must_equal 'writes' '' "$(device-trace since $mark $edu | grep write)"
}

it_ends_when_its_own_time_is_up() {
	run pcipeek run $edu -e 'delay 20ms; wait bar0+0x00==0 20ms' --timeout 30ms
	status_is 7
	error_is_one_line
}

it_runs_on_a_granted_device() {
	grant $edu
	run_as bob pcipeek run $edu -e 'bar0+0x04=0; bar0+0x04' --hold
	succeeds_with 0xffffffff
	device_saw $edu 'write bar0+0x04.l 0x00000000' 'read bar0+0x04.l 0xffffffff'
}

it_prints_json() {
	run pcipeek run $edu -e 'bar0+0x00; flush' --json
	status_is 0
	output_matches '"value": ?16777453'
}

it_makes_no_access_in_a_dry_run() {
	run_as alice pcipeek run $edu -e 'bar0+8=5;wait bar0+0x20==0:1;bar0+8' --dry-run
	succeeds_with "$(printf '%s\n' 'bar0+0x08.l=0x00000005' \
		'wait bar0+0x20.l==0x00000000:0x00000001 1s' 'bar0+0x08.l')"
	device_saw_nothing $edu
}

it_runs_none_of_a_script_with_a_mistake() {
	printf '%s\n' 'bar0+0x04=1' '' '# wait' 'bar0+0x04=0x' >/run/vm/script
	run pcipeek run $edu /run/vm/script
	refused 2 "/run/vm/script:4: 'bar0\+0x04=0x', column 13" $edu
}

it_runs_none_of_a_script_with_a_step_outside_the_bar() {
	run pcipeek run $edu -e $'bar0+0x04=1\nbar0+0x100000'
	refused 5 '-e:2: cannot access bar0\+0x100000 of 0000:00:03.0: PCI addr space is' $edu
}

it_refuses_a_step_in_configuration_space() {
	run pcipeek run $edu -e 'config+4.w'
	refused 2 'only BARs are allowed here' $edu
}

it_refuses_more_time_than_a_batch_can_have() {
	run pcipeek run $edu -e flush --timeout 11s
	refused 2 'a batch takes at most 10s' $edu
	run pcipeek run $edu -e 'delay 9s; delay 2s'
	refused 2 'the delays add up to more than 10s' $edu
}

it_refuses_a_member_a_device_that_was_not_granted() {
	run_as bob pcipeek run $edu -e 'bar0+0x04=1'
	refused 4 'not granted to pcipeek' $edu
}

it_refuses_a_device_that_a_driver_has() {
	run pcipeek run $serial -e 'bar0.b=1'
	refused 8 'the driver serial has it' $serial
}
