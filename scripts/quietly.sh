#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# quietly.sh WHAT COMMAND...: run the command, and show its output only if it fails.
set -euo pipefail

what=$1
shift
log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "$what ..."
if ! "$@" >"$log" 2>&1; then
	cat "$log"
	echo "$what: failed" >&2
	exit 1
fi
