# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2016,SC2086,SC2154 # addresses of machine.sh have no blanks
#
# Where /sys or /dev is not the kernel's own: what cannot be seen is not "not there".

verbs=(
	ls 'ls --json' "ls -s $edu" "info $edu" "read $edu bar0" "write $edu bar0=1"
	"fill $edu bar0,2=0" "wait $edu bar0==0" "run $edu -e bar0" "dump $edu bar0"
	"config $edu" "rom $edu -o /tmp/rom" "bind $edu" "unbind $edu" "reload $edu"
	"exec $edu -- true" 'info 1234:11e8'
)

# every_verb_says SETUP REGEX: each verb fails like that, in a mount namespace of its own.
every_verb_says() {
	local verb
	for verb in "${verbs[@]}"; do
		run unshare -m sh -c "$1 && exec pcipeek $verb"
		refused 1 "$2" $edu
	done
}

it_says_that_sys_is_not_mounted() {
	every_verb_says 'umount -l /sys' '/sys is not mounted; as root: mount -t sysfs sysfs /sys'
}

it_works_again_once_sys_is_mounted_as_it_says() {
	run unshare -m sh -c 'umount -l /sys && pcipeek ls'
	status_is 1
	run unshare -m sh -c "umount -l /sys && $(sed -n 's/.*as root: //p' /run/vm/error) && pcipeek ls"
	status_is 0
	output_matches '0000:00:03.0 1234:11e8'
}

it_says_that_sys_has_no_pci() {
	every_verb_says 'mount -t tmpfs none /sys/bus' \
		'there is no /sys/bus/pci: the kernel has no PCI, or another file system is mounted'
}

it_says_that_the_devices_of_sys_are_hidden() {
	every_verb_says 'mount -t tmpfs none /sys/devices' \
		'/sys/devices is not there, or another file system is mounted over it'
}

it_says_that_a_device_is_hidden() {
	run unshare -m sh -c \
		'mount -t tmpfs none $(realpath /sys/bus/pci/devices/0000:01:00.0)/.. && pcipeek info 01:00.0'
	refused 1 'its directory below /sys/devices is not there' $nvme
	run unshare -m sh -c \
		'mount -t tmpfs none $(realpath /sys/bus/pci/devices/0000:01:00.0)/.. && pcipeek info 01:00.1'
	refused 3 'there is no such device' $nvme
}

# A machine without a device is not an error.
it_lists_nothing_where_there_is_nothing() {
	run unshare -m sh -c 'mount -t tmpfs none /sys/bus/pci/devices && pcipeek ls'
	succeeds_with ''
	run unshare -m sh -c "mount -t tmpfs none /sys/bus/pci/devices && pcipeek info $edu"
	refused 3 'there is no such device' $edu
}

it_says_that_the_node_is_missing_and_not_the_module() {
	run unshare -m sh -c "mount -t tmpfs none /dev && pcipeek read $edu bar0"
	refused 1 'the module is loaded, but /dev/pcipeek is not its node; a container needs --device' $edu
}

# Removed and found again for some seconds, while bind and unbind go on.
it_tells_a_container_which_node_a_granted_board_has() {
	grant $edu
	run unshare -m sh -c "mount -t tmpfs none /dev && pcipeek read $edu bar0"
	refused 1 'a container needs --device /dev/pcipeek-0000-00-03.0;' $edu
}

it_tells_the_truth_of_a_device_that_comes_and_goes() {
	local end=$((SECONDS + 10)) line
	while ((SECONDS < end)); do
		echo 1 >"$(sysfs_of $edu)/remove" || true
		echo 1 >$pci/rescan
	done 2>/dev/null &
	while ((SECONDS < end)); do
		pcipeek bind $edu && pcipeek unbind $edu
	done 2>/run/vm/errors || true
	wait
	echo 1 >$pci/rescan
	sort /run/vm/errors | uniq -c
	while read -r line; do
		case $line in
		*': the device is gone' | *': there is no such device; '* | \
			*'removed and found again in the meantime; try again' | \
			*'it is not granted to pcipeek; it has no driver') ;;
		*) fail 'another cause' "$line" ;;
		esac
	done </run/vm/errors
	[[ -s /run/vm/errors ]] || fail 'nothing was refused in 10 seconds'
}
