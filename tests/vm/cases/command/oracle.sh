# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# The oracle itself: it sees accesses that the kernel's own files make, and no others.

ports_of_rtl8139() {
	echo "$(sysfs_of "$rtl8139")/resource0"
}

it_shows_one_read_for_a_byte_read_through_sysfs() {
	run dd if="$(ports_of_rtl8139)" bs=1 count=1 of=/dev/null status=none
	device_saw "$rtl8139" 'read bar0+0x00.b 0x52'
}

it_shows_width_value_and_order() {
	run dd if="$(ports_of_rtl8139)" bs=2 count=2 of=/dev/null status=none
	device_saw "$rtl8139" 'read bar0+0x00.w 0x5452' 'read bar0+0x02.w 0x0c00'
}

it_shows_nothing_where_nothing_was_accessed() {
	run true
	device_saw_nothing "$rtl8139"
}

it_does_not_count_configuration_space() {
	run setpci -s "$rtl8139" VENDOR_ID
	output_is 10ec
	device_saw_nothing "$rtl8139"
}

it_does_not_take_one_device_for_another() {
	run dd if="$(ports_of_rtl8139)" bs=1 count=1 of=/dev/null status=none
	device_saw_nothing "$edu"
	device_saw_nothing "$nvme"
}
