# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# A program with registers by name, from a header that the command made of a map:
# lib/examples/edu.cpp.

# What edu saw, but for the reads of a register that is polled until it changes.
saw_except() {
	device-trace since $mark $edu | grep -v -F "read $1"
}

it_computes_a_factorial() {
	run edu $edu
	succeeds_with '10! is 3628800'
	must_equal 'accesses' "$(printf '%s\n' 'write bar0+0x08.l 0x0000000a' \
		'read bar0+0x08.l 0x00375f00')" "$(saw_except bar0+0x20.l)"
}

# Bus mastering is off: nothing leaves the device.
it_starts_a_transfer_with_two_fields_in_one_update() {
	run edu $edu 0x1000
	succeeds_with '10! is 3628800'
	must_equal 'accesses' "$(printf '%s\n' 'write bar0+0x80.q 0x0000000000040000' \
		'write bar0+0x88.q 0x0000000000001000' 'write bar0+0x90.q 0x0000000000000010' \
		'write bar0+0x98.q 0x0000000000000003')" \
		"$(device-trace since $mark $edu | grep '^write bar0+0x[89]')"
}
