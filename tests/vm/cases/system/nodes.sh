# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# Boards' own nodes: alice's group has edu, bob's group has testdev, by udev rules, and
# /dev/pcipeek is closed to both.

node_of() {
	local address=0000:$1
	echo "/dev/pcipeek-${address//:/-}"
}

give_a_board_each() {
	cat >/etc/udev/rules.d/72-pcipeek-boards.rules <<'RULES'
SUBSYSTEM=="pcipeek", ATTRS{vendor}=="0x1234", ATTRS{device}=="0x11e8", GROUP="alice"
SUBSYSTEM=="pcipeek", KERNELS=="0000:00:04.0", GROUP="bob"
RULES
	udevadm control --reload
	grant $edu
	grant $testdev
	udevadm settle
	chmod 0600 /dev/pcipeek
}

# Others rely on the common node as the rule for it leaves it.
open_the_common_node_again() {
	chmod 0660 /dev/pcipeek
}
trap open_the_common_node_again EXIT

# may_not_open USER PATH
may_not_open() {
	run_as "$1" sh -c "exec 3<$2"
	((status != 0)) || fail "$1 could open $2"
	error_matches '[Pp]ermission denied'
}

it_makes_nodes_for_the_group_of_the_common_node() {
	grant $edu
	udevadm settle
	must_equal 'node' 'crw-rw---- root pcipeek' "$(stat -c '%A %U %G' "$(node_of $edu)")"
}

it_gives_each_group_its_own_board_and_no_other() {
	give_a_board_each
	run_as alice pcipeek read $edu bar0+0x00
	succeeds_with 0x010000ed
	device_saw $edu 'read bar0+0x00.l 0x010000ed'
	run_as bob pcipeek read $testdev bar0+0x00.b
	status_is 0
	device_saw $testdev 'read bar0+0x00.b 0x00'
	may_not_open alice "$(node_of $testdev)"
	may_not_open bob "$(node_of $edu)"
	may_not_open alice /dev/pcipeek
	may_not_open bob /dev/pcipeek
}

it_serves_every_verb_by_the_boards_own_node() {
	give_a_board_each
	run_as alice pcipeek write $edu bar0+0x04=0x5a
	succeeds_with ''
	device_saw $edu 'write bar0+0x04.l 0x0000005a'
	run_as alice pcipeek info $edu
	status_is 0
	output_matches 'granted'
	run_as alice pcipeek exec $edu --map -- pcipeek write $edu bar0+0x04=0x55
	succeeds_with ''
	device_saw $edu 'write bar0+0x04.l 0x00000055'
	run_as alice pcipeek exec $edu --read-only -- pcipeek write $edu bar0+0x04=1
	refused 4 'opened read-only' $edu
}

it_names_the_nodes_that_were_refused() {
	give_a_board_each
	run_as alice pcipeek read $testdev bar0+0x00.b
	refused 4 "you may not open $(node_of $testdev) or /dev/pcipeek; as root: usermod -aG bob USER" \
		$testdev
	run_as bob pcipeek write $edu bar0+0x04=1
	refused 4 "you may not open $(node_of $edu) or /dev/pcipeek; as root: usermod -aG alice USER" \
		$edu
	run_as bob pcipeek exec $edu -- true
	refused 4 "you may not open $(node_of $edu) or /dev/pcipeek" $edu
	chmod 0640 "$(node_of $edu)"
	run_as alice pcipeek read $edu bar0+0x00
	succeeds_with 0x010000ed
	run_as alice pcipeek write $edu bar0+0x04=1
	refused 4 "you may not open $(node_of $edu) or /dev/pcipeek" $edu
}

it_falls_back_to_the_common_node() {
	grant $edu
	udevadm settle
	chmod 0600 "$(node_of $edu)"
	run_as bob pcipeek read $edu bar0+0x00
	succeeds_with 0x010000ed
	rm "$(node_of $edu)"
	run_as bob pcipeek read $edu bar0+0x00
	succeeds_with 0x010000ed
	mknod -m 660 "$(node_of $edu)" c 10 250
	run pcipeek read $edu bar0+0x00
	succeeds_with 0x010000ed
	rm "$(node_of $edu)"
}

it_never_uses_a_node_that_leads_to_another_board() {
	give_a_board_each
	rm "$(node_of $edu)"
	cp -a "$(node_of $testdev)" "$(node_of $edu)"
	run pcipeek read $edu bar0+0x00
	refused 1 "$(node_of $edu) leads to 0000:00:04.0; a container needs --device" $edu
	device_saw_nothing $testdev
	rm "$(node_of $edu)"
}

it_refuses_the_other_board_by_symlink_and_descriptor() {
	local holder
	give_a_board_each
	ln -sf "$(node_of $edu)" /tmp/board
	may_not_open bob /tmp/board
	sleep 30 3<>"$(node_of $edu)" &
	holder=$!
	may_not_open bob /proc/$holder/fd/3
	kill $holder
	rm /tmp/board
	run_as bob sh -c "exec 3<>$(node_of $testdev) && PCIPEEK_FD=3 exec pcipeek read $edu bar0+0x00"
	refused 4 'allows 0000:00:04.0 and no other device' $edu
}

it_serves_a_namespace_that_holds_one_node() {
	local node
	give_a_board_each
	node=$(node_of $edu)
	cat >/tmp/one-node <<SCRIPT
touch /tmp/node && mount --bind $node /tmp/node && mount -t tmpfs none /dev &&
touch $node && mount --bind /tmp/node $node && ls /dev >&2 &&
exec pcipeek read $edu bar0+0x00
SCRIPT
	run unshare -m sh /tmp/one-node
	status_is 0
	output_is 0x010000ed
	error_is "${node#/dev/}"
	device_saw $edu 'read bar0+0x00.l 0x010000ed'
}
