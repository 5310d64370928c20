# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# Errors that say what to run: whoever runs just that gets what was refused before.

# follow_the_hint: run as root what the last error advises, to the letter.
follow_the_hint() {
	local hint
	hint=$(sed -n 's/.*as root: //p' /run/vm/error)
	[[ -n $hint ]] || fail 'there is no hint in' "$error"
	echo "# $hint"
	eval "$hint" || fail "what the error advises fails: $hint"
}

# gives_no_hint_to_bind: since bind would refuse it.
gives_no_hint_to_bind() {
	[[ $error != *'pcipeek bind'* ]] || fail 'advises what is always refused:' "$error"
}

it_helps_a_member_to_a_device_that_is_not_bound() {
	run_as bob pcipeek read $edu bar0+0x00
	refused 4 'not granted to pcipeek' $edu
	follow_the_hint
	run_as bob pcipeek read $edu bar0+0x00
	succeeds_with 0x010000ed
}

it_helps_a_member_who_said_foreign() {
	run_as bob pcipeek read $edu bar0+0x00 --foreign
	refused 4 'CAP_SYS_RAWIO' $edu
	follow_the_hint
	run_as bob pcipeek read $edu bar0+0x00 --foreign
	refused 2 'open it without foreign' $edu
	run_as bob pcipeek read $edu bar0+0x00
	succeeds_with 0x010000ed
}

it_helps_root_to_a_device_that_a_driver_has() {
	run pcipeek read $serial bar0+0x07.b
	refused 8 'open it as foreign \(--foreign\), as root' $serial
	run pcipeek read $serial bar0+0x07.b --foreign
	status_is 0
	run pcipeek read $serial bar0+0x07.b
	follow_the_hint
	run pcipeek read $serial bar0+0x07.b
	status_is 0
}

it_helps_root_to_bind_a_device_that_a_driver_has() {
	run pcipeek bind $serial
	refused 8 'the driver serial has it' $serial
	follow_the_hint
	run pcipeek bind $serial
	succeeds_with ''
}

it_helps_root_to_reload_a_device_that_a_driver_has() {
	run pcipeek reload $serial
	refused 8 'the driver serial has it' $serial
	follow_the_hint
}

it_helps_with_an_override_of_somebody_else() {
	echo vfio-pci >"$(sysfs_of $edu)/driver_override"
	run pcipeek bind $edu
	refused 8 'driver_override reserves it for vfio-pci' $edu
	follow_the_hint
	run pcipeek bind $edu
	succeeds_with ''
}

it_helps_without_the_module() {
	local verb
	for verb in 'bind' 'read bar0+0x00'; do
		unload_module
		# shellcheck disable=SC2086 # words
		set -- $verb
		run pcipeek $1 $edu ${2:-}
		refused 1 'the module is not loaded' $edu
		follow_the_hint
		run pcipeek $1 $edu ${2:-}
		status_is 0
	done
}

# The kernel removes only the node that it made by itself.
# Those that were made by hand stay when the module goes.
make_the_nodes_anew() {
	rm /dev/pcipeek*
	unload_module
	modprobe pcipeek
}

missing="is not its node, nor is /dev/pcipeek; a container needs --device"

it_helps_with_nodes_that_are_missing() {
	grant $edu
	udevadm settle
	rm /dev/pcipeek*
	run_as bob pcipeek read $edu bar0+0x00
	refused 1 "the module is loaded, but /dev/pcipeek-0000-00-03.0 $missing" $edu
	follow_the_hint
	run_as bob pcipeek read $edu bar0+0x00
	succeeds_with 0x010000ed
	make_the_nodes_anew
}

it_helps_with_nodes_that_are_stale() {
	grant $edu
	udevadm settle
	rm /dev/pcipeek*
	mknod /dev/pcipeek c 10 250
	mknod /dev/pcipeek-0000-00-03.0 c 10 250
	run pcipeek read $edu bar0+0x00
	refused 1 "the module is loaded, but /dev/pcipeek-0000-00-03.0 $missing" $edu
	follow_the_hint
	run_as bob pcipeek read $edu bar0+0x00
	succeeds_with 0x010000ed
	make_the_nodes_anew
}

it_helps_with_the_common_node_that_is_missing() {
	rm /dev/pcipeek
	run pcipeek read $edu bar0+0x00 --foreign
	refused 1 'the module is loaded, but /dev/pcipeek is not its node' $edu
	follow_the_hint
	run pcipeek read $edu bar0+0x00 --foreign
	succeeds_with 0x010000ed
	make_the_nodes_anew
}

usermod() { # -aG GROUP USER
	sed -i "s/^$2:.*/&,$3/" /etc/group
}

it_helps_a_user_who_is_not_in_the_group() {
	grant $edu
	udevadm settle
	run_as alice pcipeek read $edu bar0+0x00
	refused 4 'you may not open /dev/pcipeek-0000-00-03.0 or /dev/pcipeek;' $edu
	sed -i -e 's/USER/alice/' -e 's/; then log in again//' /run/vm/error
	follow_the_hint
	run_as alice pcipeek read $edu bar0+0x00
	sed -i '/^pcipeek:/s/,alice//' /etc/group
	succeeds_with 0x010000ed
}

it_helps_a_user_to_the_one_board_of_a_group() {
	grant $edu
	udevadm settle
	chgrp bob /dev/pcipeek-0000-00-03.0
	run_as alice pcipeek read $edu bar0+0x00
	refused 4 'as root: usermod -aG bob USER' $edu
	sed -i -e 's/USER/alice/' -e 's/; then log in again//' /run/vm/error
	follow_the_hint
	run_as alice pcipeek read $edu bar0+0x00
	sed -i '/^bob:/s/,alice//' /etc/group
	succeeds_with 0x010000ed
}

it_never_advises_to_bind_a_bridge() {
	run pcipeek read $bridge bar0+0x00
	refused 8 'the driver pcieport has it' $bridge
	gives_no_hint_to_bind
	run pcipeek read $bridge bar0+0x00 --foreign
	status_is 0
	run_as bob pcipeek read $bridge bar0+0x00 --foreign
	refused 4 'it is a bridge.*only root can use it' $bridge
	gives_no_hint_to_bind
	run_as bob pcipeek read $bridge bar0+0x00
	gives_no_hint_to_bind
	run_as bob pcipeek info 00:1f.0
	output_matches 'it is a bridge.*only root can use it'
	[[ $output != *'pcipeek bind'* ]] || fail "$output"
}

it_helps_a_user_who_is_not_root() {
	local verb
	for verb in "bind $edu" "reload $edu" "config $edu INTERRUPT_LINE=1" "rom $rtl8139 -o /tmp/hints.rom"; do
		# shellcheck disable=SC2086 # words
		run_as bob pcipeek $verb
		status_is 4
		error_matches 'root'
		gives_no_hint_to_bind
		# shellcheck disable=SC2086 # words
		run pcipeek $verb
		status_is 0
	done
}

it_helps_a_program_with_a_useless_variable() {
	grant $edu
	PCIPEEK_FD=77 run pcipeek read $edu bar0+0x00
	refused 2 'PCIPEEK_FD is 77.*unset it' $edu
	unset PCIPEEK_FD
	run pcipeek read $edu bar0+0x00
	succeeds_with 0x010000ed
}
