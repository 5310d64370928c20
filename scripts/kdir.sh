#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# kdir.sh: print the build directory of the kernel to build for: the running one,
# or else the newest whose headers are installed. Prints nothing where there is none.
set -euo pipefail

running=/lib/modules/$(uname -r)/build
if [[ -e $running/Makefile ]]; then
	echo "$running"
	exit
fi
newest=$(find /lib/modules -mindepth 2 -maxdepth 2 -name build 2>/dev/null | sort -V | tail -n 1)
echo "$newest"
