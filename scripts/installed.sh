#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# installed.sh KERNEL: after files came or went in the live system, tell the parts of
# it that keep an index: module dependencies, shared libraries, groups, udev.
set -euo pipefail

PATH=$PATH:/usr/sbin:/sbin

run_if_there() {
	if command -v "$1" >/dev/null; then
		echo "$*"
		"$@"
	fi
}

depmod "$1"
ldconfig
run_if_there systemd-sysusers
if [[ -S /run/udev/control ]]; then
	run_if_there udevadm control --reload
fi
