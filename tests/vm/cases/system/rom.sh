# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# pcipeek rom: the file that QEMU loaded into the ROM; no BAR is touched.

it_writes_the_rom_into_a_file() {
	run pcipeek rom $rtl8139 -o /run/vm/rom
	succeeds_with ''
	cmp /run/vm/rom /trace/rom || fail 'they are different'
	device_saw_nothing $rtl8139
}

it_writes_the_rom_to_standard_output() {
	pcipeek rom $rtl8139 -o - | cmp - /trace/rom || fail 'they are different'
}

it_switches_the_rom_off_again() {
	run pcipeek rom $rtl8139 --output /run/vm/rom
	succeeds_with ''
	must_equal 'the bit that switches it on' 0 $((0x$(setpci -s $rtl8139 ROM_ADDRESS) & 1))
}

it_dumps_the_beginning_of_the_rom() {
	run pcipeek dump $rtl8139 rom
	status_is 0
	output_matches '^00000000  55 aa '
	run pcipeek read $rtl8139 rom.w
	succeeds_with 0xaa55
}

it_dumps_all_of_the_rom_if_the_dump_is_raw() {
	run pcipeek dump $rtl8139 rom --raw
	status_is 0
	cmp /run/vm/output /trace/rom || fail 'they are different'
}

it_refuses_everybody_but_root() {
	run_as bob pcipeek rom $rtl8139 -o /tmp/rom
	refused 4 'root' $rtl8139
	[[ ! -e /tmp/rom ]] || fail 'there is a file'
}

it_refuses_a_device_without_a_rom() {
	run pcipeek rom $edu -o /run/vm/rom
	refused 5 '0000:00:03.0' $edu
}

it_refuses_to_write_there() {
	run pcipeek write $rtl8139 rom.b=1
	refused 1 'it is read-only' $rtl8139
}

it_refuses_a_file_that_cannot_be_written() {
	run pcipeek rom $rtl8139 -o /nowhere/rom
	refused 1 "cannot write '/nowhere/rom': No such file" $rtl8139
}

# read_over_and_over READER TIMES: leaves what went wrong.
read_over_and_over() {
	local i
	for ((i = 0; i < $2; i++)); do
		{ pcipeek rom $rtl8139 -o /run/vm/rom.$1 && cmp /run/vm/rom.$1 /trace/rom; } 2>&1 || true
	done >/run/vm/rom-failures.$1
}

# readers HOW-MANY TIMES: at once.
readers() {
	local reader
	local -a running=()
	for ((reader = 0; reader < $1; reader++)); do
		read_over_and_over $reader $2 &
		running+=($!)
	done
	wait "${running[@]}"
}

it_is_read_right_by_four_programs_at_once() {
	readers 4 8
	must_equal 'what went wrong' '' "$(cat /run/vm/rom-failures.*)"
	must_equal 'the bit that switches it on' 0 $((0x$(setpci -s $rtl8139 ROM_ADDRESS) & 1))
}

# As people read it, and other tools: they take no lock.
read_without_a_lock() {
	while [[ ! -e /run/vm/stop ]]; do
		echo 1 >"$(sysfs_of $rtl8139)/rom"
		cat "$(sysfs_of $rtl8139)/rom" >/dev/null 2>&1 || true
		echo 0 >"$(sysfs_of $rtl8139)/rom"
	done
}

it_is_read_right_or_not_at_all_beside_a_program_that_takes_no_lock() {
	rm -f /run/vm/stop /run/vm/rom-failures.*
	read_without_a_lock &
	local stranger=$!
	readers 2 8
	touch /run/vm/stop
	wait $stranger
	cat /run/vm/rom-failures.*
	(($(cat /run/vm/rom-failures.* | wc -l) < 16)) || fail 'it was never read'
	! grep -v 'another program, or a driver, reads it' /run/vm/rom-failures.* ||
		fail 'a wrong file, or a wrong reason'
}

it_tells_that_a_rom_has_no_image() {
	local before
	before=$(setpci -s $testdev COMMAND)
	setpci -s $testdev COMMAND=2:2
	run pcipeek rom $testdev -o /run/vm/no-rom
	setpci -s $testdev COMMAND=$before
	refused 1 'the kernel finds no valid image in it: one begins with 55 aa' $testdev
	[[ ! -e /run/vm/no-rom ]] || fail 'there is a file'
}

it_tells_that_a_device_does_not_decode() {
	setpci -s $rtl8139 COMMAND=0:2
	run pcipeek rom $rtl8139 -o /run/vm/rom
	refused 6 'does not decode its memory space; as root: pcipeek config' $rtl8139
	run pcipeek config $rtl8139 COMMAND=0x2:0x2
	run pcipeek rom $rtl8139 -o /run/vm/rom
	succeeds_with ''
}
