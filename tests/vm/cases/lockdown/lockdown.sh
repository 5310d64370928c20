# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# A kernel that is locked down. There is no way back, so this is a boot of its own.

# Instead of machine.sh's: what is locked down cannot load a module again.
fresh_machine() {
	if [[ ! -d /sys/module/pcipeek ]]; then
		modprobe pcipeek
		grant $edu
		echo integrity >/sys/kernel/security/lockdown
	fi
}

it_refuses_to_read_a_granted_device() {
	run pcipeek read $edu bar0+0x00
	refused 4 'locked down' $edu
}

it_refuses_to_write() {
	run pcipeek write $edu bar0+0x04=1
	refused 4 'locked down' $edu
}

it_refuses_a_foreign_device() {
	run pcipeek read $rtl8139 bar0+0x00
	refused 4 'locked down' $rtl8139
}

it_still_lists() {
	run pcipeek ls
	status_is 0
	output_matches '1234:11e8'
}
