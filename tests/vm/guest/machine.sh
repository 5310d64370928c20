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
	large=00:07.0 # plans large and memory
	serial=00:08.0
	bridge=00:09.0
	nvme=01:00.0
}

pci=/sys/bus/pci
remembered=/run/vm/registers
flawed=/run/vm/flawed

sysfs_of() {
	echo "$pci/devices/0000:$1"
}

driver_of() {
	local link
	link=$(readlink "$(sysfs_of "$1")/driver") || return 0
	basename "$link"
}

# The decode bits as the firmware left them, and awake, for fresh_machine: arguments of
# one setpci, since starting a program is what takes time in this machine.
remember_machine() {
	local device
	for device in "$pci"/devices/*; do
		device=${device##*/}
		echo "-s $device COMMAND=$(setpci -s "$device" COMMAND)"
	done >$remembered
	echo "-s $nvme CAP_PM+4.w=0:3" >>$remembered
}

# shellcheck disable=SC2046 # words
restore_registers() {
	setpci $(<$remembered)
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

# What cases put into /etc.
forget_configuration() {
	rm -f /etc/modprobe.d/*
	if compgen -G "/etc/udev/rules.d/*" >/dev/null; then
		rm -f /etc/udev/rules.d/*
		udevadm control --reload
	fi
}

# Nothing was granted since it was loaded, neither by its parameter nor otherwise.
module_is_untouched() {
	[[ -d /sys/module/pcipeek && $(</sys/module/pcipeek/parameters/ids) == '(null)' &&
		-z $(</sys/module/pcipeek/parameters/unmaskable_interrupt) ]] &&
		! compgen -G "$pci/drivers/pcipeek/*:*" >/dev/null
}

# Or what acts as that; loading is half of the time that a case takes.
load_module_afresh() {
	if ! module_is_untouched; then
		unload_module
		modprobe pcipeek
	fi
}

# flaw NAME DEVICE NUMBER: a flaw of pci_flaws (tests/vm/mover), until the next case.
flaw() {
	modprobe pci_flaws
	echo "0000:$2 $3" >"/sys/module/pci_flaws/parameters/$1"
	echo "$2" >>$flawed
}

# A device that the kernel finds anew has none; fresh_machine looks for it.
mend_flaws() {
	local device
	[[ -e $flawed ]] || return 0
	sort -u $flawed | while read -r device; do
		echo 1 >"$(sysfs_of "$device")/remove"
	done
	rm $flawed
	modprobe -r pci_flaws
}

# All devices there, nothing granted, the serial port with its driver, the module loaded.
fresh_machine() {
	forget_configuration
	mend_flaws
	clear_overrides
	load_module_afresh
	echo 1 >"$pci/rescan"
	echo "0000:$serial" >"$pci/drivers_probe"
	restore_registers
	udevadm settle
}

# grant DEVICE: by the kernel's own means.
grant() {
	echo pcipeek >"$(sysfs_of "$1")/driver_override"
	echo "0000:$1" >"$pci/drivers_probe"
	[[ $(driver_of "$1") == pcipeek ]]
}
