# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# The same registers by pcipeek regs and by programs of others. The host reads what the
# console shows of these cases, and compares it field by field: tests/vm/peers.

ahci=00:1f.2
shipped=/usr/local/share/pcipeek/maps

# Both, of the configuration space of one device.
by_lspci() {
	run lspci -vvv -s $1
	status_is 0
	run pcipeek regs $1 --map $shipped/config.toml --json
	status_is 0
}

# Neither all zeros nor what the firmware leaves: masks, enables and a power state.
with_other_values() {
	setpci -s $bridge ECAP_AER+8.l=02142000 ECAP_AER+c.l=00455010 ECAP_AER+14.l=000021c1 \
		CAP_EXP+8.w=0005:000f CAP_EXP+18.w=0ac8:0ff8 3e.w=0009:0009
	setpci -s $nvme CAP_EXP+8.w=280a:ffff CAP_PM+4.w=3:3 COMMAND=0140:0140
	setpci -s $edu COMMAND=0400:0400
}

it_shows_what_lspci_shows_of_every_device() {
	local device
	for device in "$pci"/devices/*; do
		by_lspci ${device##*/0000:}
	done
}

it_shows_what_lspci_shows_of_other_values() {
	local was
	was=$(setpci -s $bridge ECAP_AER+8.l ECAP_AER+c.l ECAP_AER+14.l CAP_EXP+8.w CAP_EXP+18.w \
		3e.w | tr '\n' ' ')
	with_other_values
	by_lspci $bridge
	by_lspci $nvme
	by_lspci $edu
	read -ra was <<<"$was"
	setpci -s $bridge ECAP_AER+8.l=${was[0]} ECAP_AER+c.l=${was[1]} ECAP_AER+14.l=${was[2]} \
		CAP_EXP+8.w=${was[3]} CAP_EXP+18.w=${was[4]} 3e.w=${was[5]}
	setpci -s $nvme CAP_PM+4.w=0:3
}

# The program finds the registers by the sysfs of a driver. That one is not here, so show it
# a /sys/class of our own.
nvme_show_regs() {
	# shellcheck disable=SC2016 # expanded there
	unshare -m bash -euc '
		mount -t tmpfs none /sys/class
		mkdir -p /sys/class/nvme/nvme0 /sys/class/nvme-subsystem/nvme-subsys0/nvme0
		cd /sys/class/nvme/nvme0
		echo nqn.pcipeek | tee subsysnqn >../../nvme-subsystem/nvme-subsys0/subsysnqn
		echo nqn.pcipeek >hostnqn
		echo 0 >hostid
		echo pcie >transport
		echo "$1" >address
		ln -s "/sys/bus/pci/devices/$1" device
		rm -f /run/vm/nvme0
		mknod /run/vm/nvme0 c 1 3
		nvme show-regs /run/vm/nvme0 -H
	' - 0000:$nvme
}

# As a driver leaves it: queues of two sizes, at two addresses, and enabled.
it_shows_what_nvme_show_regs_shows() {
	pcipeek write $nvme AQA:ASQS=15 AQA:ACQS=7 ASQ=0x12345000 ACQ=0x23456000 INTMS=5
	pcipeek write $nvme CC:IOSQES=6 CC:IOCQES=4 CC:EN=1
	pcipeek wait $nvme CSTS:RDY==1
	run nvme_show_regs
	status_is 0
	run pcipeek regs $nvme --json
	status_is 0
	pcipeek write $nvme CC:EN=0
}

# QEMU tells in its trace which of the specification's registers it was asked for.
it_shows_what_the_controller_of_disks_was_asked_for() {
	run pcipeek regs $ahci --json
	status_is 0
}
