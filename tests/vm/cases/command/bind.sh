# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2086,SC2154 # addresses of machine.sh have no blanks
#
# pcipeek bind and unbind: to grant a device, and to revoke the grant.

it_grants_a_device_and_revokes_it() {
	run pcipeek bind $edu
	succeeds_with ''
	must_equal 'driver' pcipeek "$(driver_of $edu)"
	run pcipeek unbind $edu
	succeeds_with ''
	must_equal 'driver' '' "$(driver_of $edu)"
}

it_makes_no_access() {
	run pcipeek bind $edu
	device_saw_nothing $edu
	run pcipeek unbind $edu
	device_saw_nothing $edu
}

it_grants_a_device_that_is_granted_already() {
	grant $edu
	run pcipeek bind $edu
	succeeds_with ''
}

it_does_not_lock_the_real_driver_out_for_ever() {
	run pcipeek bind --force $serial
	succeeds_with ''
	must_equal 'driver' pcipeek "$(driver_of $serial)"
	must_equal 'driver_override' '(null)' "$(cat "$(sysfs_of $serial)/driver_override")"
	run pcipeek unbind $serial
	succeeds_with ''
	echo "0000:$serial" >$pci/drivers_probe
	must_equal 'driver' serial "$(driver_of $serial)"
}

it_turns_bus_mastering_off() {
	setpci -s $edu COMMAND=4:4
	run pcipeek bind $edu
	succeeds_with ''
	must_equal 'bus master bit' 0 $((0x$(setpci -s $edu COMMAND) & 4))
}

it_leaves_bus_mastering_alone_for_who_only_looks() {
	grant $edu
	setpci -s $edu COMMAND=4:4
	run pcipeek info $edu
	status_is 0
	output_matches 'bus master on'
	run pcipeek info --json $edu
	output_matches '"bus_master": true'
	for command in 'ls -v' "read $edu bar0+0" "dump $edu bar0,4" "config $edu" "dump $edu config,4"; do
		run pcipeek $command
		status_is 0
		must_equal "bus master bit after $command" 4 $((0x$(setpci -s $edu COMMAND) & 4))
	done
	run pcipeek write $edu bar0+4=1
	status_is 0
	must_equal 'bus master bit after a write' 0 $((0x$(setpci -s $edu COMMAND) & 4))
}

it_wakes_a_sleeping_device() {
	setpci -s $nvme CAP_PM+4.w=3:3
	run pcipeek bind $nvme
	succeeds_with ''
	run pcipeek read $nvme bar0+0x08
	succeeds_with 0x00010400
}

it_needs_root() {
	run_as bob pcipeek bind $edu
	refused 4 'only root' $edu
	must_equal 'driver' '' "$(driver_of $edu)"
}

it_refuses_to_revoke_what_was_not_granted() {
	run pcipeek unbind $serial
	refused 4 'not granted to pcipeek' $serial
	must_equal 'driver' serial "$(driver_of $serial)"
}

it_refuses_a_device_that_cannot_mask_its_interrupt_and_says_how_to_allow_it() {
	flaw unmaskable $edu 1
	run pcipeek bind $edu
	refused 1 'its interrupt cannot be masked.*: pcipeek bind --unmaskable-interrupt 0000:'$edu'$' $edu
	must_equal 'driver' '' "$(driver_of $edu)"
}

it_binds_a_device_that_cannot_mask_its_interrupt_if_root_says_so() {
	local irq
	flaw unmaskable $edu 1
	flaw unmaskable $rtl8139 1
	run pcipeek bind --unmaskable-interrupt $edu
	succeeds_with ''
	irq=$(<"$(sysfs_of $edu)/irq") # another one than before it was enabled
	dmesg | grep "pcipeek 0000:$edu: its interrupt cannot be masked.* IRQ $irq " ||
		fail "nothing in the log"
	run pcipeek read $edu bar0+0
	succeeds_with 0x010000ed
	run pcipeek info $edu
	status_is 0
	output_matches "irq       $irq.*; cannot be masked"
	run pcipeek info --json $edu
	output_matches '"unmaskable_interrupt": true'
	run pcipeek bind $rtl8139
	refused 1 'cannot be masked' $rtl8139
}

# The firmware has two lines for all.
it_names_the_devices_that_share_the_interrupt_line() {
	local other irq
	irq=$(<"$(sysfs_of $edu)/irq")
	for other in "$pci"/devices/*; do
		if [[ $(<"$other/irq") == "$irq" && ${other##*/} != "0000:$edu" ]]; then
			run pcipeek info $edu
			output_matches "irq       $irq, shared with .*${other##*/} \("
			run pcipeek info --json $edu
			output_matches "\"address\": \"${other##*/}\""
			return
		fi
	done
	fail "no device shares line $irq with $edu"
}

it_takes_what_modprobe_says_of_unmaskable_interrupts() {
	modprobe -r pcipeek
	echo "options pcipeek unmaskable_interrupt=0000:$edu" >/etc/modprobe.d/pcipeek.conf
	modprobe pcipeek
	flaw unmaskable $edu 1
	run pcipeek bind $edu
	succeeds_with ''
	modprobe -r pcipeek
	echo 'options pcipeek unmaskable_interrupt=edu' >/etc/modprobe.d/pcipeek.conf
	! modprobe pcipeek || fail 'it took a bad list'
	dmesg | grep 'unmaskable_interrupt: "edu" is not domain:bus:device.function' ||
		fail 'nothing in the log'
}

it_serves_the_bars_that_have_an_address() {
	flaw unassign $rtl8139 1
	run pcipeek ls -v -s $rtl8139
	output_matches 'bar1  mem  no address  256 bytes, 32-bit'
	run pcipeek bind $rtl8139
	succeeds_with ''
	dmesg | grep "pcipeek 0000:$rtl8139: BAR 1 has no address" || fail 'nothing in the log'
	run pcipeek read $rtl8139 bar0+0.b
	succeeds_with 0x52
	device_saw $rtl8139 'read bar0+0x00.b 0x52'
	run pcipeek read $rtl8139 bar1+0.b
	refused 5 'the kernel gave it no address' $rtl8139
	run pcipeek info $rtl8139
	output_matches 'bar1  mem  no address  256 bytes, 32-bit'
	run pcipeek info --json $rtl8139
	output_matches '"addr": null,'
}

it_refuses_a_device_whose_bar_without_an_address_is_in_the_way() {
	flaw unassign $testdev 0
	setpci -s $testdev BASE_ADDRESS_0=0
	run pcipeek bind $testdev
	refused 1 'a BAR without an address blocks the others; see dmesg' $testdev
}
