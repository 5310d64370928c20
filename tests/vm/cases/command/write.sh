# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# pcipeek write: exactly the accesses that were asked for, and no read.

it_writes_32_bits_in_one_access() {
	run pcipeek write $edu bar0+0x04=0x12345678
	succeeds_with ''
	device_saw $edu 'write bar0+0x04.l 0x12345678'
	run pcipeek read $edu bar0+0x04
	succeeds_with 0xedcba987
}

it_writes_64_bits_in_one_access() {
	run pcipeek write $edu bar0+0x80.q=0x1122334455667788
	succeeds_with ''
	device_saw $edu 'write bar0+0x80.q 0x1122334455667788'
}

it_writes_an_io_bar_in_each_width() {
	run pcipeek write $rtl8139 bar0+0x08.b=0xa5 bar0+0x0a.w=0xbeef bar0+0x0c=0xdeadbeef
	succeeds_with ''
	device_saw $rtl8139 'write bar0+0x08.b 0xa5' 'write bar0+0x0a.w 0xbeef' \
		'write bar0+0x0c.l 0xdeadbeef'
}

it_has_edu_compute_a_factorial() {
	run pcipeek write $edu bar0+0x08=10
	succeeds_with ''
	until [[ $(pcipeek read $edu bar0+0x20:0:0) =~ ^0x0+$ ]]; do
		: # the case's own time limit
	done
	run pcipeek read $edu bar0+0x08
	succeeds_with "$(printf '0x%08x' 3628800)"
}

it_keeps_64_bits_together_in_memory() {
	run pcipeek write $ivshmem bar2+0x10.q=0x1122334455667788
	succeeds_with ''
	run pcipeek read $ivshmem bar2+0x10.q bar2+0x10 bar2+0x14
	succeeds_with "$(printf '%s\n' 'bar2+0x10 0x1122334455667788' \
		'bar2+0x10 0x55667788' 'bar2+0x14 0x11223344')"
}

it_writes_nothing_when_a_later_argument_is_wrong() {
	run pcipeek write $edu bar0+0x04=1 bar0+0x100000=2
	refused 5 'bar0\+0x100000' $edu
}

it_reads_back_only_when_asked_to() {
	run pcipeek write $rtl8139 bar0+0x08.b=0x5a --verify
	succeeds_with ''
	device_saw $rtl8139 'write bar0+0x08.b 0x5a' 'read bar0+0x08.b 0x5a'
}

it_tells_when_the_register_is_different_afterwards() {
	run pcipeek write $edu bar0+0x04=0 --verify
	status_is 9
	error_is_one_line
	device_saw $edu 'write bar0+0x04.l 0x00000000' 'read bar0+0x04.l 0xffffffff'
}

it_logs_the_first_write_to_a_device_that_was_not_granted() {
	run pcipeek write $edu bar0+0x04=1
	succeeds_with ''
	run pcipeek write $edu bar0+0x04=2
	must_match 'kernel log' "pcipeek.*$edu|$edu.*pcipeek" "$(dmesg)"
}
