# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# pcipeek config: the same as setpci, in our numbers; no BAR is touched.

# agrees DEVICE REGISTER...: with setpci.
agrees() {
	local device=$1
	shift
	run pcipeek config $device "$@"
	status_is 0
	must_equal "registers of $device" "$(setpci -s $device "$@")" \
		"$(sed 's/.*0x//' /run/vm/output)"
}

it_agrees_with_setpci_on_the_header_of_every_device() {
	local device
	for device in "$pci"/devices/*; do
		agrees "${device##*/}" VENDOR_ID DEVICE_ID COMMAND STATUS REVISION CLASS_PROG \
			CLASS_DEVICE CACHE_LINE_SIZE LATENCY_TIMER HEADER_TYPE BIST \
			CAPABILITIES INTERRUPT_LINE INTERRUPT_PIN VENDOR_ID+1.b
	done
}

it_agrees_with_setpci_on_addresses_and_subsystems() {
	local device
	for device in $edu $testdev $ivshmem $rtl8139 $serial $nvme; do
		agrees $device BASE_ADDRESS_0 BASE_ADDRESS_1 BASE_ADDRESS_2 BASE_ADDRESS_3 \
			BASE_ADDRESS_4 BASE_ADDRESS_5 SUBSYSTEM_VENDOR_ID SUBSYSTEM_ID \
			ROM_ADDRESS command.l
	done
	agrees $bridge PRIMARY_BUS SECONDARY_BUS SUBORDINATE_BUS MEMORY_BASE BRIDGE_CONTROL
}

it_agrees_with_setpci_on_capabilities() {
	agrees $nvme CAP_PM+4.w CAP_EXP+2.w CAP10+0xc.l CAP_EXP+0x12.w CAP_MSIX+2.w
	agrees $bridge CAP_EXP+2.w ECAP_AER.l ECAP0001+8.l
}

it_agrees_with_lspci_on_every_byte() {
	run pcipeek dump $nvme config..0xfff --raw
	status_is 0
	cmp /run/vm/output "$(sysfs_of $nvme)/config" || fail 'they are different'
}

it_shows_the_header_and_the_capabilities() {
	run pcipeek config $nvme
	status_is 0
	output_matches 'ids +1b36:0010'
	output_matches 'CAP_EXP'
	device_saw_nothing $nvme
}

it_writes_what_setpci_then_reads() {
	run pcipeek config $edu INTERRUPT_LINE=0x0b
	succeeds_with ''
	must_equal 'INTERRUPT_LINE' 0b "$(setpci -s $edu INTERRUPT_LINE)"
	run pcipeek config $edu INTERRUPT_LINE=0xf0:0xf0 INTERRUPT_LINE:3:0=5
	succeeds_with ''
	must_equal 'INTERRUPT_LINE' f5 "$(setpci -s $edu INTERRUPT_LINE)"
	device_saw_nothing $edu
}

it_turns_decoding_off_and_on() {
	run pcipeek config $edu COMMAND=0:2
	run pcipeek read $edu bar0+0x00
	refused 6 'does not decode its memory space' $edu
	run pcipeek config $edu COMMAND:1=1
	run pcipeek read $edu bar0+0x00
	succeeds_with 0x010000ed
}

it_is_a_region_of_read_and_write() {
	run pcipeek read $edu config+0x00.w config+0x02.w
	succeeds_with "$(printf '%s\n' 'config+0x00 0x1234' 'config+0x02 0x11e8')"
	run pcipeek write $edu config+0x3c.b=0x0a --verify
	succeeds_with ''
	must_equal 'INTERRUPT_LINE' 0a "$(setpci -s $edu INTERRUPT_LINE)"
}

# The bridge forgets, until the case ends, that the bus is its own: nobody answers there.
cut_off() {
	# shellcheck disable=SC2064 # now: what it is now comes back
	trap "setpci -s $bridge PRIMARY_BUS.l=$(setpci -s $bridge PRIMARY_BUS.l)" EXIT
	setpci -s $bridge PRIMARY_BUS.w=0 SUBORDINATE_BUS=0
}

it_calls_a_write_to_a_board_that_is_away_an_error() {
	cut_off
	local command
	for command in 'config nvme 0x04.w=2' 'config nvme COMMAND=2' 'config nvme CAP_PM+4.w=0' \
		'config nvme 0x04.w' 'config nvme' 'config nvme --json' \
		'config nvme 0x04.w=0x2:0x2' 'write nvme config+4.w=2' \
		'write nvme config+4.w=2 --verify' 'read nvme config,4' 'dump nvme config' \
		'dump nvme config --raw'; do
		run pcipeek ${command/nvme/$nvme}
		refused 6 'does not answer' $nvme
	done
}

it_prints_json() {
	run pcipeek config $edu VENDOR_ID --json
	status_is 0
	output_matches '"hex": ?"0x1234"'
}

it_shows_the_header_to_everybody() {
	run_as alice pcipeek config $edu VENDOR_ID
	succeeds_with 0x1234
	run_as alice pcipeek config $nvme
	status_is 0
	output_matches 'capabilities +unknown: .*root'
}

it_refuses_what_only_root_may() {
	run_as bob pcipeek config $edu INTERRUPT_LINE=1
	refused 4 'root' $edu
	run_as bob pcipeek config $nvme 0x40.b
	refused 4 'root' $nvme
	run_as bob pcipeek config $nvme CAP_PM+4.w
	refused 4 'root' $nvme
}

it_refuses_a_capability_that_is_not_there() {
	run pcipeek config $edu CAP_AGP
	refused 5 '0000:00:03.0' $edu
}

# What published recipes for setpci say. There the numbers are hexadecimal.
it_refuses_numbers_that_setpci_reads_differently() {
	local recipe before
	before=$(lspci -xxx -s $edu)$(lspci -xxx -s $bridge)
	for recipe in 68.w=5930 COMMAND=547 LATENCY_TIMER=40 44.l INTERRUPT_LINE=0x40:40; do
		run pcipeek config $edu $recipe
		refused 2 'has two readings in configuration space; write 0x' $edu
	done
	run pcipeek config $bridge BRIDGE_CONTROL=40:40
	refused 2 'write 0x28 \(decimal 40\) or 0x40 \(as setpci reads it\)' $bridge
	run pcipeek config $bridge CAP_EXP+10.w=20:20
	refused 2 'write 0xa \(decimal 10\) or 0x10 \(as setpci reads it\)' $bridge
	run pcipeek write $edu config+68.w=1
	refused 2 'write 0x44 \(decimal 68\) or 0x68 \(as setpci reads it\)' $edu
	run pcipeek config $edu COMMAND=00000002
	refused 2 'write 2$' $edu
	must_equal 'configuration space' "$before" "$(lspci -xxx -s $edu)$(lspci -xxx -s $bridge)"
}

it_refuses_what_is_no_register() {
	run pcipeek config $edu COMAND
	refused 5 "'COMAND' is not a register" $edu
	run pcipeek config $edu 0x1000.b
	refused 5 'its configuration space has' $edu
	run pcipeek config $edu 0x01.w
	refused 5 'not a multiple of 2' $edu
	run pcipeek config $edu COMMAND=0x10000
	refused 2 'needs 17 bits' $edu
}

it_tells_everybody_how_much_is_hidden() {
	local register
	for register in 0x40.b 0x100 0xffc; do
		run_as alice pcipeek config $nvme $register
		refused 4 'all users can read the first 64 of its 4096 bytes, but only root' $nvme
	done
	run_as alice pcipeek read $nvme config+0x100
	refused 4 'the first 64 of its 4096 bytes' $nvme
	run_as alice pcipeek read $nvme config,17
	refused 4 'the first 64 of its 4096 bytes' $nvme
	run_as alice pcipeek write $nvme config+0x100=0
	refused 4 'the first 64 of its 4096 bytes' $nvme
	run_as alice pcipeek config $nvme 0x1000
	refused 5 'its configuration space has 4096 bytes' $nvme
	run_as alice pcipeek config $edu 0x100
	refused 5 'its configuration space has 256 bytes' $edu
}

it_dumps_for_everybody_what_is_shown_and_tells_what_is_not() {
	run_as alice pcipeek dump $nvme config
	status_is 0
	output_matches '00000040
4032 of 4096 bytes of config remain$'
	error_is_one_line
	error_matches 'all users can read the first 64 of its 4096 bytes, but only root'
	run_as alice pcipeek dump $nvme config --raw
	refused 4 'the first 64 of its 4096 bytes.* or give a count: config,COUNT' $nvme
	run_as alice pcipeek dump $nvme config,16 --raw
	status_is 0
	error_is ''
	must_equal 'bytes' 64 "$(stat -c %s /run/vm/output)"
}

it_dumps_all_of_it_if_the_dump_is_raw() {
	run pcipeek dump $nvme config --raw
	status_is 0
	cmp /run/vm/output "$(sysfs_of $nvme)/config" || fail 'they are different'
	must_equal 'bytes' 4096 "$(stat -c %s /run/vm/output)"
}

it_writes_nothing_when_a_later_argument_is_wrong() {
	setpci -s $edu INTERRUPT_LINE=1
	run pcipeek config $edu INTERRUPT_LINE=0x0c 0x1000.b
	status_is 5
	must_equal 'INTERRUPT_LINE' 01 "$(setpci -s $edu INTERRUPT_LINE)"
}
