# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# Names and maps that are wrong: exit status, one line that says why, no access.

maps=/run/vm/maps

# write_map NAME LINE...: the only map of that name that pcipeek finds.
write_map() {
	mkdir -p $maps
	printf '%s\n' 'name = "of a case"' "${@:2}" >$maps/$1
	export PCIPEEK_MAPS=$maps
}

it_refuses_names_that_are_not_in_the_map() {
	run pcipeek regs $edu IDENT STATSU
	refused 5 "'STATSU' is not in the map; did you mean STATUS" $edu
	run pcipeek regs $edu IDENT 'X*'
	refused 5 "no register matches 'X\\*'" $edu
	run pcipeek decode $edu CTLR 1
	refused 5 "'CTLR' is not in the map; did you mean CTRL" $edu
}

it_refuses_a_name_of_several_registers() {
	write_map 1234-11e8.toml '[bar0.CH]' 'count = 2' 'stride = 8' \
		'registers.GO = { offset = 0 }'
	run pcipeek regs $edu GO
	refused 5 'matches 2 registers: bar0.CH0.GO, bar0.CH1.GO' $edu
}

it_refuses_a_register_outside_its_bar() {
	write_map 1234-11e8.toml '[bar0.A]' 'offset = 0' '[bar0.B]' 'offset = 0x100000'
	run pcipeek regs $edu
	refused 5 "cannot list B of 0000:00:03.0: it is 4 bytes at bar0\\+0x100000, and bar0 has \
1048576 bytes; .*'origin'" $edu
}

it_refuses_a_register_in_a_bar_that_is_not_there() {
	write_map 1234-11e8.toml '[bar0.A]' 'offset = 0' '[bar1.B]' 'offset = 0'
	run pcipeek regs $edu
	refused 5 'cannot list B of .* bar1\+0x0, and there is no usable bar1' $edu
}

it_refuses_a_device_without_a_map() {
	run pcipeek regs $ivshmem
	refused 5 'no register map for 0000:00:05.0: none of 1af4-1110-1af4-1100, 1af4-1110, ' \
		$ivshmem
}

it_refuses_maps_that_are_malformed() {
	write_map 1234-11e8.toml '[bar0.A]' 'ofset = 0'
	run pcipeek regs $edu
	refused 2 '/run/vm/maps/1234-11e8.toml:3: ' $edu
	run pcipeek map show $edu
	refused 2 '/run/vm/maps/1234-11e8.toml:3: ' $edu
	run pcipeek map check $maps/1234-11e8.toml
	refused 2 '/run/vm/maps/1234-11e8.toml:3: ' $edu
	run pcipeek map convert $maps/1234-11e8.toml
	refused 2 '/run/vm/maps/1234-11e8.toml:3: ' $edu
}

it_refuses_maps_that_are_not_there() {
	run pcipeek regs $edu --map /no/such.toml
	refused 2 '/no/such.toml: ' $edu
	run pcipeek regs $edu --map /etc/passwd
	refused 2 '/etc/passwd: ' $edu
	run pcipeek decode no-such CTRL 1
	refused 5 "'no-such' is neither a device nor a map" $edu
	run pcipeek map check
	refused 2 'FILE is required' $edu
}

it_refuses_values_that_do_not_fit() {
	run pcipeek decode $edu IDENT 0x100000000
	refused 2 '0x100000000 needs 33 bits, and IDENT has 32' $edu
	run pcipeek decode $edu CTRL twelve
	refused 2 "'twelve'" $edu
	run pcipeek decode $nvme COMMAND 10
	refused 2 'two readings' $nvme
}

it_refuses_devices_that_are_not_there() {
	run pcipeek regs 00:1e.7
	refused 3 'no such device' $edu
	run pcipeek map which 00:1e.7
	refused 3 'no such device' $edu
}

it_refuses_actions_and_options_that_make_no_sense() {
	run pcipeek map chek $edu
	refused 2 "'chek' is not an action; use check, show, which or convert" $edu
	run pcipeek map
	refused 2 'an action is missing' $edu
	run pcipeek regs $edu --json --fields
	refused 2 '--json' $edu
	run pcipeek regs $edu --no-read --foreign
	refused 2 '--foreign' $edu
}

it_refuses_a_device_that_a_driver_has() {
	run pcipeek regs $serial SCR
	refused 8 'the driver serial has it' $serial
}
