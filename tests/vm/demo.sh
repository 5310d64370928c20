#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# demo.sh BUILD: show the main job in the machine. Fails if a step did not go as told.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
build=$1

"$here/../../scripts/quietly.sh" 'packing a virtual machine' "$here/initramfs.sh" "$build"
echo 'booting Debian in it (about 10 seconds) ...'
"$here/run.sh" "$build" demo | tee "$build/vm/demo.txt"
if ! tail -n 1 "$build/vm/demo.txt" | grep -q '(done)'; then
	echo 'demo.sh: the demo did not come to its end' >&2
	exit 1
fi
