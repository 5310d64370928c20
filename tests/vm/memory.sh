#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# memory.sh [BUILD]: measure the peak memory of every verb on a BAR of 16 GiB, in the
# machine, and print the table of docs/memory.md. Takes ten minutes. BUILD has what
# `make modules tests` makes.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
build=${1:-$here/../../build/cmake}

"$here/initramfs.sh" "$build" >&2
VM_TIMEOUT=${VM_TIMEOUT:-3600} "$here/run.sh" "$build" memory
cat "$build/vm/memory/verdict"
if ! grep -q '(done)' "$build/vm/memory/verdict"; then
	echo "memory.sh: it did not come to its end; see $build/vm/memory/console.log" >&2
	exit 1
fi
