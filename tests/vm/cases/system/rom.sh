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
	refused 1 'it is for reading only' $rtl8139
}

it_refuses_a_file_that_cannot_be_written() {
	run pcipeek rom $rtl8139 -o /nowhere/rom
	refused 1 "cannot write '/nowhere/rom': No such file" $rtl8139
}
