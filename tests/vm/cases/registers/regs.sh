# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# pcipeek regs, decode and map: exactly the accesses that the listing shows, or none.

maps=/run/vm/maps

# write_map NAME LINE...: the only map of that name that pcipeek finds.
write_map() {
	mkdir -p $maps
	printf '%s\n' 'name = "of a case"' "${@:2}" >$maps/$1
	export PCIPEEK_MAPS=$maps
}

# The accesses since run, without their values, each on a line.
places_of() {
	device-trace since $mark "$1" | cut -d' ' -f1,2
}

it_reads_each_register_of_edu_once_with_its_own_width() {
	run pcipeek regs $edu
	status_is 0
	error_is ''
	must_equal 'accesses of edu' "$(printf 'read bar0+0x%s\n' 00.l 04.l 08.l 20.l 24.l \
		80.q 88.q 90.q 98.q)" "$(places_of $edu)"
	output_matches '  IDENT +0x00  32  0x010000ed +MAGIC=0xed MINOR=0 MAJOR=1'
	output_matches '  IRQ_RAISE +0x60  32  \(write only\)'
	output_matches '  CTRL +0x98  64  0x[0-9a-f]{16}  START=0 DIRECTION='
}

it_shows_the_values_that_the_device_gave() {
	local trace register offset value
	run pcipeek regs $edu
	trace=$(device-trace since $mark $edu)
	while read -r register offset _ value _; do
		[[ $value != 0x* || $trace == *"read bar0+$offset".?" $value"* ]] ||
			fail "the trace has no $value of $register" "$trace"
	done < <(tail -n +2 /run/vm/output)
	must_equal 'values' "$(wc -l <<<"$trace")" "$(grep -c ' 0x[^ ]* .* 0x' /run/vm/output)"
}

it_reads_only_what_was_named() {
	run pcipeek regs $edu IDENT
	status_is 0
	device_saw $edu 'read bar0+0x00.l 0x010000ed'
	run pcipeek regs $edu 'dma_*'
	must_equal 'accesses of edu' "$(printf 'read bar0+0x%s\n' 80.q 88.q 90.q)" \
		"$(places_of $edu)"
	run pcipeek regs $edu IRQ_ACK --json
	output_matches '"reason":"write only"'
	device_saw_nothing $edu
}

it_reads_a_granted_device() {
	grant $edu
	run pcipeek regs $edu IDENT --fields
	status_is 0
	device_saw $edu 'read bar0+0x00.l 0x010000ed'
	output_matches ' 31:24  MAJOR  1'
}

it_reads_nothing_that_changes_by_it() {
	write_map 1234-11e8.toml '[bar0.A]' 'offset = 0' 'access = "rc"' \
		'[bar0.B]' 'offset = 4' 'fields.X = { bits = "0", read = "modifies" }' \
		'[bar0.C]' 'offset = 8'
	run pcipeek regs $edu
	status_is 0
	must_equal 'accesses of edu' 'read bar0+0x08.l' "$(places_of $edu)"
	run pcipeek regs $edu A
	output_matches "read clears it; 'pcipeek read 0000:00:03.0 A' reads it"
	device_saw_nothing $edu
}

# touches_nothing ARGUMENT...: pcipeek succeeds with them, and edu saw nothing.
touches_nothing() {
	run pcipeek "$@"
	status_is 0
	error_is ''
	device_saw_nothing $edu
}

it_reads_nothing_for_a_list() {
	touches_nothing regs $edu --no-read
	output_matches '  STATUS +0x20  32  BUSY\[0\] IRQ\[7\]'
	touches_nothing regs $edu STATUS CAP_EXP --no-read --json
}

it_decodes_without_an_access() {
	touches_nothing decode $edu CTRL 3
	output_matches ' 1  DIRECTION  1  to_ram'
	touches_nothing decode 1234-11e8 CTRL 0x3
	output_matches ' 1  DIRECTION  1  to_ram'
}

it_reads_nothing_for_a_map() {
	touches_nothing map show $edu
	touches_nothing map which $edu
	output_matches '1234-11e8 +/usr/local/share/pcipeek/maps/1234-11e8.toml'
	touches_nothing map check /usr/local/share/pcipeek/maps/1234-11e8.toml
	touches_nothing map convert /usr/local/share/pcipeek/maps/1234-11e8.toml
}

it_reads_ports_and_memory_of_a_network_board() {
	write_map 10ec-8139.toml '[bar0.ID]' 'offset = 0' 'count = 2' \
		'[bar0.CR]' 'offset = 0x37' 'width = 8' '[bar0.WIDE]' 'offset = 0' 'width = 64' \
		'overlaps = true' '[bar1.IMR]' 'offset = 0x3c' 'width = 16'
	run pcipeek regs $rtl8139
	status_is 0
	# The trace has BAR 1 of this board where its registers are: in BAR 0.
	must_equal 'accesses of rtl8139' "$(printf 'read bar0+0x%s\n' 00.l 04.l 37.b 3c.w)" \
		"$(places_of $rtl8139)"
	output_matches 'WIDE +0x00  64  \(64 bits: an I/O BAR has no such access\)'
}

it_finds_the_map_of_a_class() {
	run pcipeek regs $nvme VS CSTS
	status_is 0
	output_matches '  VS +0x08  32  0x00010400'
	must_equal 'accesses of nvme' "$(printf 'read bar0+0x%s\n' 08.l 1c.l)" \
		"$(places_of $nvme)"
}

# agrees REGISTER NAME-IN-SETPCI: of the board behind the bridge.
agrees() {
	run pcipeek regs $nvme "$1" --json
	status_is 0
	must_equal "$1" "0x$(setpci -s $nvme "$2")" "$(grep -o '"hex":"[^"]*"' /run/vm/output |
		head -n 1 | cut -d'"' -f4)"
	device_saw_nothing $nvme
}

it_agrees_with_setpci_on_configuration_space() {
	agrees VENDOR_ID VENDOR_ID
	agrees COMMAND COMMAND
	agrees CAP_EXP.LNKSTA CAP_EXP+0x12.w
	agrees CAP_EXP.LNKCAP CAP_EXP+0xc.l
	agrees CAP_PM.CTRL CAP_PM+4.w
}

it_says_which_capabilities_the_device_does_not_have() {
	run pcipeek regs $edu 'CAP_EXP.*'
	status_is 0
	output_is 'CAP_EXP  config, capability 0x10  (no such capability)'
	device_saw_nothing $edu
}

it_stops_where_the_device_stops_answering() {
	grant $edu
	setpci -s $edu COMMAND=0:2
	run pcipeek regs $edu
	status_is 6
	error_is_one_line
	error_matches 'does not decode its memory space'
	device_saw_nothing $edu
}

it_wraps_nothing_in_a_pipe() {
	run pcipeek regs $nvme CAP
	must_equal 'lines' 2 "$(wc -l </run/vm/output)"
	if grep -q $'\033' /run/vm/output; then
		fail 'there are escape sequences in a pipe'
	fi
}
