# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# Names of registers in place of their numbers: the same accesses, and no others.

export PCIPEEK_MAPS=/run/vm/maps

# Bit 8 of STATUS is no flag of the device; the map calls it one that a one clears.
maps() {
	mkdir -p $PCIPEEK_MAPS
	cat >$PCIPEEK_MAPS/1234-11e8.toml <<-'END'
		name  = "QEMU edu"
		match = ["1234:11e8"]
		[bar0.ID]
		offset = 0x00
		access = "ro"
		[bar0.STATUS]
		offset = 0x20
		fields.BUSY = { bits = "0", access = "ro" }
		fields.IRQ  = { bits = "7", values = { off = 0, on = 1 } }
		fields.FLAG = { bits = "8", access = "rw1c" }
		fields.TOP  = "31:28"
		[bar0.RAISE]
		offset = 0x60
		access = "wo"
		[bar0.SOURCE]
		offset = 0x80
		width  = 64
		[bar0.BEHIND]
		offset = 0x100000
		[bar2.NOWHERE]
		offset = 0x00
	END
	cat >$PCIPEEK_MAPS/config.toml <<-'END'
		name = "configuration space"
		[config.CAP_EXP]
		capability = 0x10
		[config.CAP_EXP.registers.LNKSTA]
		offset = 0x12
		width  = 16
		fields.WIDTH = "9:4"
		[config.CAP_EXP.registers.LNKCAP]
		offset = 0x0c
	END
}

it_reads_a_register_by_its_name_with_one_access_of_its_width() {
	maps
	run pcipeek read $edu ID
	succeeds_with 0x010000ed
	device_saw $edu 'read bar0+0x00.l 0x010000ed'
	pcipeek write $edu bar0+0x80.q=0
	run pcipeek read $edu bar0.source
	succeeds_with 0x0000000000000000
	device_saw $edu 'read bar0+0x80.q 0x0000000000000000'
}

it_reads_several_fields_of_a_register_at_once() {
	maps
	pcipeek write $edu bar0+0x20=0x80
	run pcipeek read $edu STATUS:IRQ ID STATUS:BUSY
	succeeds_with "$(printf '%s\n' 'STATUS:IRQ 0x1 on' 'ID 0x010000ed' 'STATUS:BUSY 0x0')"
	device_saw $edu 'read bar0+0x20.l 0x00000080' 'read bar0+0x00.l 0x010000ed'
}

it_changes_several_fields_with_one_read_and_one_write() {
	maps
	pcipeek write $edu bar0+0x20=0
	run pcipeek write $edu STATUS:IRQ=on STATUS:TOP=5
	succeeds_with ''
	device_saw $edu 'read bar0+0x20.l 0x00000000' 'write bar0+0x20.l 0x50000080'
}

it_writes_a_whole_register_without_reading_it() {
	maps
	run pcipeek write $edu RAISE=1 bar0+0x64=1
	succeeds_with ''
	device_saw $edu 'write bar0+0x60.l 0x00000001' 'write bar0+0x64.l 0x00000001'
}

it_waits_in_the_terms_of_the_map() {
	maps
	pcipeek write $edu bar0+0x20=0x80
	run pcipeek wait $edu STATUS:IRQ==on
	succeeds_with 0x1
	device_saw $edu 'read bar0+0x20.l 0x00000080'
	run pcipeek wait $edu STATUS:IRQ==off --timeout 1ms
	status_is 7
	error_is 'pcipeek: 0000:00:03.0: timed out after 1 ms: STATUS:IRQ is 0x1 on, expected 0x0 off'
}

it_knows_names_in_scripts() {
	maps
	pcipeek write $edu bar0+0x20=0
	run pcipeek run $edu -e 'STATUS:IRQ=on; wait STATUS:BUSY==0; expect STATUS:IRQ==on; ID'
	succeeds_with 0x010000ed
	device_saw $edu 'read bar0+0x20.l 0x00000000' 'write bar0+0x20.l 0x00000080' \
		'read bar0+0x20.l 0x00000080' 'read bar0+0x20.l 0x00000080' \
		'read bar0+0x00.l 0x010000ed'
}

it_knows_names_for_members_of_the_group() {
	maps
	grant $edu
	run_as bob pcipeek read $edu ID
	succeeds_with 0x010000ed
	device_saw $edu 'read bar0+0x00.l 0x010000ed'
}

it_reads_a_capability_by_the_names_of_the_map() {
	maps
	run pcipeek config $nvme LNKSTA CAP_EXP.LNKCAP
	succeeds_with "CAP_EXP.LNKSTA 0x$(setpci -s $nvme CAP_EXP+12.w)
CAP_EXP.LNKCAP 0x$(setpci -s $nvme CAP_EXP+c.l)"
	run pcipeek config $nvme CAP_EXP
	status_is 0
	output_matches '^CAP_EXP.LNKSTA 0x.{4}
CAP_EXP.LNKSTA:WIDTH 0x..
CAP_EXP.LNKCAP 0x.{8}$'
	run pcipeek config $nvme CAP_EXP+0x12.w
	succeeds_with "0x$(setpci -s $nvme CAP_EXP+12.w)"
	device_saw_nothing $nvme
}

it_refuses_wrong_names_without_an_access() {
	local use
	maps
	for use in 'read STATSU' 'read STATUS:BUZY' 'read RAISE' 'write ID=1' 'write STATUS:BUSY=1' \
		'write STATUS:IRQ=of' 'write STATUS:IRQ=2' 'write STATUS:IRQ=1_STATUS:IRQ=on' \
		'write STATUS:TOP=1_STATSU=1' 'wait STATUS:IRQ==maybe' 'run -e_STATUS=1;STATSU' \
		'fill RAISE:3,2=1' 'dump STATUS:IRQ' 'read ID_BEHIND' 'read NOWHERE' \
		'read LNKSTA' 'config LNKSTA' 'read ID_--map_/nowhere.toml'; do
		# shellcheck disable=SC2046 # words
		run pcipeek ${use%% *} $edu $(tr _ ' ' <<<"${use#* }")
		must_match "status of $use" '[25]' $status
		refused $status '^pcipeek: ' $edu
	done
}

it_says_that_there_is_no_map() {
	run env PCIPEEK_MAPS=/nowhere pcipeek read $testdev CTRL
	refused 5 'no register map applies to 0000:00:04.0; put 1b36-0005-.*1b36-0005.toml' $testdev
}
