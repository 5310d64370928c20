# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# pcipeek dump: hexdump's format, made of accesses of one width.

it_dumps_a_bar_with_accesses_of_the_stated_width() {
	run pcipeek dump $rtl8139 bar0.b,4
	status_is 0
	output_matches '^00000000  52 54 00 0c '
	device_saw $rtl8139 'read bar0+0x00.b 0x52' 'read bar0+0x01.b 0x54' \
		'read bar0+0x02.b 0x00' 'read bar0+0x03.b 0x0c'
}

it_dumps_in_32_bits_unless_told() {
	run pcipeek dump $rtl8139 bar0+0x00,2
	status_is 0
	output_matches '^00000000  52 54 00 0c 0f fe 00 00 '
	device_saw $rtl8139 'read bar0+0x00.l 0x0c005452' 'read bar0+0x04.l 0x0000fe0f'
}

it_dumps_in_64_bits() {
	run pcipeek dump $nvme bar0.q,1
	status_is 0
	must_equal 'accesses' 1 "$(device-trace since $mark $nvme | wc -l)"
	must_match 'access' '^read bar0\+0x00.q ' "$(device-trace since $mark $nvme)"
}

it_dumps_raw_bytes() {
	pcipeek dump $rtl8139 bar0+0x00.b,6 --raw >/run/vm/raw
	must_equal 'bytes' '525400 0c0ffe' "$(hexdump -e '3/1 "%02x" " " 3/1 "%02x"' /run/vm/raw)"
}

it_shows_256_bytes_of_a_large_bar_and_how_many_remain() {
	run pcipeek dump $edu bar0
	status_is 0
	must_equal 'accesses' 64 "$(device-trace since $mark $edu | wc -l)"
	output_matches "$((0x100000 - 256))"
}

it_dumps_all_of_a_large_bar_if_the_dump_is_raw() {
	pcipeek dump $ivshmem bar2 --raw >/run/vm/raw
	must_equal 'bytes' $((16 << 20)) "$(stat -c %s /run/vm/raw)"
	cmp /run/vm/raw /trace/memory || fail 'they are different'
}

it_dumps_the_rest_of_a_bar_if_the_dump_is_raw() {
	run pcipeek dump $rtl8139 bar0+0xfc --raw
	status_is 0
	must_equal 'bytes' 4 "$(stat -c %s /run/vm/output)"
	must_match 'access' '^read bar0\+0xfc.l [^ ]*$' "$(device-trace since $mark $rtl8139)"
}
