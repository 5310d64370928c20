# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2034,SC2086,SC2154 # variables of machine.sh and dsl.sh
#
# A service of systemd that is confined to one board, as udev/README.md has it: by a device
# cgroup. systemd is the first process of a namespace, and ends with the service's status.

unit=/etc/systemd/system/board.service

# What the cases, and systemd at its first start, leave in /etc.
trap 'rm -rf /etc/systemd /etc/machine-id' EXIT

# make_service ALLOWED COMMAND...: of root, so that only the cgroup can refuse.
make_service() {
	mkdir -p /etc/systemd/system
	cat >$unit <<UNIT
[Unit]
DefaultDependencies=no
SuccessAction=exit-force
FailureAction=exit-force

[Service]
Type=oneshot
DevicePolicy=closed
DeviceAllow=$1
ExecStart=${*:2}
StandardOutput=file:/tmp/service-output
StandardError=file:/tmp/service-error
UNIT
}

# serve ALLOWED COMMAND...: run, as that service.
serve() {
	make_service "$@"
	: >/tmp/service-output
	: >/tmp/service-error
	run unshare -m -p -f --mount-proc sh -c "mount -t tmpfs none /run && exec env container=test \
		/lib/systemd/systemd --unit=board.service --log-target=console --show-status=no"
	output=$(</tmp/service-output)
	error=$(</tmp/service-error)
	cp /tmp/service-error /run/vm/error
	rm /tmp/service-*
}

it_uses_the_board_that_it_is_allowed() {
	grant $edu
	udevadm settle
	serve '/dev/pcipeek-0000-00-03.0 rw' /usr/local/bin/pcipeek read $edu bar0+0x00
	succeeds_with 0x010000ed
	device_saw $edu 'read bar0+0x00.l 0x010000ed'
	serve '/dev/pcipeek-0000-00-03.0 rw' /usr/local/bin/pcipeek write $edu bar0+0x04=0x5a
	succeeds_with ''
	device_saw $edu 'write bar0+0x04.l 0x0000005a'
}

it_may_be_allowed_only_to_read() {
	grant $edu
	udevadm settle
	serve '/dev/pcipeek-0000-00-03.0 r' /usr/local/bin/pcipeek read $edu bar0+0x00
	succeeds_with 0x010000ed
	serve '/dev/pcipeek-0000-00-03.0 r' /usr/local/bin/pcipeek write $edu bar0+0x04=1
	refused 4 'a service needs DeviceAllow=/dev/pcipeek-0000-00-03.0 rw' $edu
}

it_is_refused_the_other_board_by_the_name_of_its_node() {
	grant $edu
	grant $testdev
	udevadm settle
	serve '/dev/pcipeek-0000-00-04.0 rw' /usr/local/bin/pcipeek read $edu bar0+0x00
	refused 4 "a device cgroup keeps this process from /dev/pcipeek-0000-00-03.0 or /dev/pcipeek; \
a service needs DeviceAllow=/dev/pcipeek-0000-00-03.0 r," $edu
}
