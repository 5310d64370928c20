# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# The machine's devices (machine.conf), and how to bring them into a state.
# To be sourced.

# shellcheck disable=SC2034 # used by the cases
{
	edu=00:03.0
	testdev=00:04.0
	ivshmem=00:05.0
	rtl8139=00:06.0
	serial=00:08.0
	bridge=00:09.0
	nvme=01:00.0
}

pci=/sys/bus/pci
remembered=/run/vm/command

sysfs_of() {
	echo "$pci/devices/0000:$1"
}

driver_of() {
	local link
	link=$(readlink "$(sysfs_of "$1")/driver") || return 0
	basename "$link"
}

# The decode bits as the firmware left them, for fresh_machine.
remember_machine() {
	local device
	mkdir -p "$remembered"
	for device in "$pci"/devices/*; do
		device=${device##*/}
		setpci -s "$device" COMMAND >"$remembered/$device"
	done
}

restore_decode() {
	local file
	for file in "$remembered"/*; do
		setpci -s "${file##*/}" "COMMAND=$(cat "$file")"
	done
}

clear_overrides() {
	local device
	for device in "$pci"/devices/*; do
		echo >"$device/driver_override"
	done
}

unload_module() {
	if [[ -d /sys/module/pcipeek ]]; then
		modprobe -r pcipeek
	fi
}

# All devices there, nothing given, the serial port with its driver, the module loaded.
fresh_machine() {
	unload_module
	rm -f /etc/modprobe.d/* /etc/udev/rules.d/*
	echo 1 >$pci/rescan
	clear_overrides
	echo "0000:$serial" >$pci/drivers_probe
	restore_decode
	modprobe pcipeek
	udevadm settle
}

# give DEVICE: by the kernel's own means.
give() {
	echo pcipeek >"$(sysfs_of "$1")/driver_override"
	echo "0000:$1" >$pci/drivers_probe
	[[ $(driver_of "$1") == pcipeek ]]
}
