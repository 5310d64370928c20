# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# pcipeek exec: a program that may use a device, and no more.

as_alice=(setpriv --reuid=alice --regid=alice --init-groups --)

it_lets_a_program_use_a_device_that_it_could_not_open() {
	grant $edu
	run pcipeek exec $edu -- "${as_alice[@]}" pcipeek write $edu bar0+0x04=0x55
	succeeds_with ''
	device_saw $edu 'write bar0+0x04.l 0x00000055'
	run pcipeek exec $edu -- "${as_alice[@]}" pcipeek read $edu bar0+0x00 bar0+0x04
	succeeds_with "$(printf '%s\n' 'bar0+0x00 0x010000ed' 'bar0+0x04 0xffffffaa')"
}

it_lets_a_program_read_only() {
	grant $edu
	run pcipeek exec $edu --read-only -- "${as_alice[@]}" pcipeek read $edu bar0+0x00
	succeeds_with 0x010000ed
	run pcipeek exec $edu --read-only -- "${as_alice[@]}" pcipeek write $edu bar0+0x04=1
	refused 4 '0000:00:03.0' $edu
	run pcipeek exec $edu --read-only -- "${as_alice[@]}" \
		pcipeek write $edu bar0+0x20=0x80:0x80
	refused 4 '0000:00:03.0' $edu
	run pcipeek exec $edu --read-only -- "${as_alice[@]}" pcipeek run $edu -e bar0+0x04=1
	refused 4 '0000:00:03.0' $edu
}

# dma_test has the DMA itself.
it_keeps_bus_mastering_on_for_a_program_that_may_have_it() {
	grant $edu
	run pcipeek exec $edu --bus-master -- "${as_alice[@]}" pcipeek info $edu
	status_is 0
	output_matches 'bus master on \(requested\)'
	must_equal 'bus master bit afterwards' 0 $((0x$(setpci -s $edu COMMAND) & 4))
	run pcipeek exec $edu --bus-master -- "${as_alice[@]}" \
		pcipeek run $edu --bus-master -e bar0+0x00
	succeeds_with 0x010000ed
	run pcipeek exec $edu -- "${as_alice[@]}" pcipeek run $edu --bus-master -e bar0+0x00
	refused 4 'handed to this program \(PCIPEEK_FD\) without the right' $edu
}

it_gives_bus_mastering_to_root_only() {
	local verb
	local needs='bus mastering needs CAP_SYS_RAWIO.* pcipeek exec 0000:00:03.0 --bus-master'
	grant $edu
	for verb in "exec $edu --bus-master -- true" "write $edu bar0+0x04=1 --bus-master" \
		"fill $edu bar0+0x04,1=1 --bus-master" "run $edu --bus-master -e bar0+0x04=1"; do
		run_as bob pcipeek $verb
		refused 4 "$needs" $edu
	done
	must_equal 'bus master bit' 0 $((0x$(setpci -s $edu COMMAND) & 4))
	run pcipeek exec $serial --bus-master -- true
	refused 8 'the driver serial has it' $serial
}

it_keeps_bus_mastering_on_while_a_verb_runs() {
	grant $edu
	pcipeek run $edu --bus-master -e 'bar0+0x04=1; delay 2s' &
	until [[ $(pcipeek info $edu) == *'bus master on (requested)'* ]]; do
		[[ -n $(jobs -r) ]] || fail 'it was never on'
	done
	wait
	must_match 'afterwards' 'bus master off,' "$(pcipeek info $edu)"
	run pcipeek write $edu bar0+0x04=2 --bus-master
	succeeds_with ''
	device_saw $edu 'write bar0+0x04.l 0x00000002'
	run pcipeek fill $edu bar0+0x04,1=3 --bus-master
	succeeds_with ''
	device_saw $edu 'write bar0+0x04.l 0x00000003'
	must_equal 'bus master bit' 0 $((0x$(setpci -s $edu COMMAND) & 4))
}

it_lets_a_program_use_some_bars_only() {
	grant $testdev
	run pcipeek exec $testdev --bar 1 --bar 2 -- "${as_alice[@]}" \
		pcipeek read $testdev bar1+0x00.b
	status_is 0
	run pcipeek exec $testdev --bar 1 --bar 2 -- "${as_alice[@]}" \
		pcipeek read $testdev bar0+0x00.b
	refused 4 '0000:00:04.0' $testdev
}

it_hands_no_more_to_root() {
	grant $edu
	run pcipeek exec $edu --read-only -- pcipeek write $edu bar0+0x04=1
	refused 4 '0000:00:03.0' $edu
}

it_lets_a_program_use_no_other_device() {
	grant $edu
	grant $ivshmem
	run pcipeek exec $edu -- pcipeek read $ivshmem bar0+0x00
	refused 4 'PCIPEEK_FD allows 0000:00:03.0 and no other device' $ivshmem
	run pcipeek exec $edu -- "${as_alice[@]}" pcipeek read $ivshmem bar0+0x00
	refused 4 'PCIPEEK_FD allows 0000:00:03.0 and no other device' $ivshmem
}

# bob could open the node: what he was handed is all that he gets by the variable.
it_never_opens_the_node_in_place_of_what_was_handed_on() {
	local as_bob=(setpriv --reuid=bob --regid=bob --init-groups --)
	grant $edu
	run pcipeek exec $edu --read-only -- "${as_bob[@]}" \
		sh -c "eval \"exec \$PCIPEEK_FD>&-\"; pcipeek write $edu bar0+0x04=1"
	refused 2 'PCIPEEK_FD is [0-9]+, a descriptor that is not open' $edu
	run pcipeek exec $edu --read-only -- "${as_bob[@]}" \
		env PCIPEEK_FD=none pcipeek write $edu bar0+0x04=1
	refused 2 "PCIPEEK_FD is 'none', which is not a descriptor" $edu
	run pcipeek exec $edu --read-only -- "${as_bob[@]}" \
		env PCIPEEK_FD=0 pcipeek write $edu bar0+0x04=1
	refused 2 'PCIPEEK_FD is 0, which is not an open file of /dev/pcipeek' $edu
}

# What the documents say that it does not do.
it_takes_no_right_from_a_user_who_may_open_the_node() {
	grant $edu
	run pcipeek exec $edu --read-only -- setpriv --reuid=bob --regid=bob --init-groups -- \
		env -u PCIPEEK_FD pcipeek write $edu bar0+0x04=1
	succeeds_with ''
	run pcipeek exec $edu --read-only -- "${as_alice[@]}" \
		env -u PCIPEEK_FD pcipeek write $edu bar0+0x04=1
	refused 4 'you may not open /dev/pcipeek-0000-00-03.0 or /dev/pcipeek;' $edu
}

it_hands_over_a_foreign_device_when_that_is_said() {
	run pcipeek exec $serial --foreign --read-only -- "${as_alice[@]}" \
		pcipeek read $serial bar0+0x07.b
	status_is 0
	device_saw $serial "read bar0+0x07.b $output"
}

it_ends_as_the_program_ends() {
	grant $edu
	run pcipeek exec $edu -- sh -c 'echo here; exit 42'
	status_is 42
	output_is here
}

it_leaves_the_options_of_the_program_to_it() {
	grant $edu
	run pcipeek exec $edu -- printf '%s,' --bar -- --help
	succeeds_with '--bar,--,--help,'
}

it_hands_on_one_descriptor_and_says_which() {
	grant $edu
	# shellcheck disable=SC2016 # for that shell
	run pcipeek exec $edu -- sh -c 'readlink /proc/self/fd/$PCIPEEK_FD; ls /proc/self/fd | wc -l'
	must_match 'descriptors' '^/dev/pcipeek-0000-00-03.0' "$output"
}

it_lets_a_broken_pipe_end_the_program() {
	grant $edu
	run pcipeek exec $edu -- sh -c 'kill -PIPE $$; exit 0'
	status_is 141
}

it_says_that_there_is_no_such_program() {
	grant $edu
	run pcipeek exec $edu -- /nothing
	refused 127 "cannot run '/nothing': No such file" $edu
}

it_says_that_a_program_cannot_be_run() {
	grant $edu
	run pcipeek exec $edu -- /etc
	refused 126 "cannot run '/etc': Permission denied" $edu
}

it_refuses_a_bar_that_is_not_there() {
	grant $edu
	run pcipeek exec $edu --bar 1 -- true
	refused 5 'BAR 1 of 0000:00:03.0' $edu
	run pcipeek exec $edu --bar 6 -- true
	refused 2 'there is no such BAR; use 0 to 5' $edu
}

it_refuses_a_member_a_device_that_was_not_granted() {
	run_as bob pcipeek exec $edu -- true
	refused 4 'not granted to pcipeek' $edu
}

it_refuses_a_device_that_a_driver_has() {
	run pcipeek exec $serial -- true
	refused 8 'the driver serial has it' $serial
}
