# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# The table of refusals: exit status, one line that says why, no access at the device.

it_refuses_one_past_the_end() {
	run pcipeek read $rtl8139 bar0+0x100.b
	refused 5 'PCI addr space is 0x[0-9a-f]+-0x[0-9a-f]+ while tried to access' $rtl8139
	run pcipeek read $edu bar0+0x100000
	refused 5 'PCI addr space is' $edu
}

it_refuses_an_access_across_the_end() {
	run pcipeek read $edu bar0+0xffffc.q
	refused 5 'PCI addr space is' $edu
	run pcipeek read $edu bar0+0xffff8,3
	refused 5 'PCI addr space is' $edu
}

it_refuses_offset_2_to_63() {
	run pcipeek read $edu bar0+0x8000000000000000
	refused 5 'PCI addr space is' $edu
}

it_refuses_a_misaligned_offset() {
	run pcipeek read $edu bar0+0x02
	refused 5 'not a multiple of 4' $edu
	run pcipeek write $rtl8139 bar0+0x09.w=1
	refused 5 'not a multiple of 2' $rtl8139
}

it_refuses_width_3() {
	run pcipeek read $edu bar0+0x00.3
	refused 2 'not a width' $edu
}

it_refuses_64_bits_of_an_io_bar() {
	run pcipeek read $rtl8139 bar0+0x00.q
	refused 1 'I/O BAR does not support 64-bit accesses' $rtl8139
}

it_refuses_bar_6() {
	run pcipeek read $edu bar6+0x00
	refused 5 'BAR numbers are 0 to 5' $edu
}

it_refuses_a_bar_of_size_0() {
	run pcipeek read $edu bar1+0x00
	refused 5 'BAR 1 of 0000:00:03.0: the device does not have it' $edu
}

it_refuses_the_upper_half_of_a_64_bit_bar() {
	run pcipeek read $testdev bar3+0x00
	refused 5 'upper half of the 64-bit BAR 2; use BAR 2' $testdev
}

it_refuses_a_value_wider_than_its_width() {
	run pcipeek write $rtl8139 bar0+0x08.b=0x100
	refused 2 '0x100 needs 9 bits' $rtl8139
}

it_refuses_a_device_that_is_not_there() {
	run pcipeek read 00:1e.7 bar0+0x00
	refused 3 'no such device' $edu
}

it_refuses_a_bridge_that_its_driver_has() {
	run pcipeek read $bridge bar0+0x00
	refused 8 'driver pcieport has it' $bridge
	run pcipeek bind --force $bridge
	refused 1 'it is a bridge' $bridge
}

it_refuses_a_device_that_a_driver_has() {
	run pcipeek read $serial bar0+0x07.b
	refused 8 'the driver serial has it.*--foreign' $serial
	run pcipeek write $serial bar0+0x07.b=1
	refused 8 'the driver serial has it' $serial
	run pcipeek bind $serial
	refused 8 'the driver serial has it.*--force' $serial
}

it_refuses_a_granted_device_as_foreign() {
	grant $edu
	run pcipeek read $edu bar0+0x00 --foreign
	refused 2 'granted to pcipeek' $edu
}

it_refuses_when_decoding_is_off() {
	grant $edu
	setpci -s $edu COMMAND=0:2
	run pcipeek read $edu bar0+0x00
	refused 6 'does not decode its memory space' $edu
	run pcipeek write $edu bar0+0x04=1
	refused 6 'does not decode its memory space' $edu
}

it_refuses_when_io_decoding_is_off() {
	setpci -s $rtl8139 COMMAND=0:1
	run pcipeek read $rtl8139 bar0+0x00
	refused 6 'does not decode its I/O space' $rtl8139
	run pcipeek read $rtl8139 bar1+0x00
	succeeds_with 0x0c005452
}

it_refuses_when_the_device_is_asleep() {
	setpci -s $nvme CAP_PM+4.w=3:3
	run pcipeek read $nvme bar0+0x08
	refused 6 'asleep, in power state D3' $nvme
	setpci -s $nvme CAP_PM+4.w=0:3
	run pcipeek read $nvme bar0+0x08
	succeeds_with 0x00010400
}

it_refuses_a_device_that_was_removed() {
	echo 1 >"$(sysfs_of $edu)/remove"
	run pcipeek read $edu bar0+0x00
	refused 3 'no such device' $edu
}

it_refuses_without_the_module() {
	unload_module
	run pcipeek read $edu bar0+0x00
	refused 1 'modprobe pcipeek' $edu
	run pcipeek bind $edu
	refused 1 'modprobe pcipeek' $edu
}
