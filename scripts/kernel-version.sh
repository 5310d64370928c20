#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# kernel-version.sh KDIR: print the version of the kernel as `uname -r` has it.
# (Not include/config/kernel.release: distributions put something else there.)
set -euo pipefail

release=$1/include/generated/utsrelease.h
if [[ ! -e $release ]]; then
	echo "no kernel headers in KDIR='$1': run 'make deps', or set KDIR" >&2
	exit 1
fi
sed -n 's/^#define UTS_RELEASE "\(.*\)"$/\1/p' "$release"
