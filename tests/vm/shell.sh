#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# shell.sh [BUILD]: root's shell in the machine, with everything installed; leave it
# with exit. /tests/machine.sh has names for the devices, /trace/accesses what they saw.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
build=${1:-$here/../../build/cmake}

"$here/../../scripts/quietly.sh" 'packing a virtual machine' "$here/initramfs.sh" "$build"
VM_TIMEOUT=0 exec "$here/run.sh" "$build" shell
