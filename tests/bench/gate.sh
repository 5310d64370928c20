#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# gate.sh BUILD: fails if one of the hot paths takes more instructions than
# tests/bench/baseline allows. Status 77: it cannot be said, and why.
# gate.sh BUILD accept: writes what it measures into that file.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/vm/debian.sh
. "$here/../vm/debian.sh"

build=$(realpath "$1")
baseline=$here/baseline
figures=$build/bench/bench-gate.figures

# Of another kernel the floor is another, too.
require_the_kernel_of_the_baseline() {
	local measured
	measured=$(sed -n 's/^kernel //p' "$baseline")
	if [[ $(vm_kernel) != "$measured".* ]]; then
		echo "skipped: the baseline is of kernel $measured, and here is $(vm_kernel)" >&2
		exit 77
	fi
}

measure() {
	"$here/initramfs.sh" "$build"
	"$here/boot.sh" "$build" bench-gate instructions >"$figures"
}

# The new figures in place of the old; what was not measured stays.
accept() {
	awk 'FNR == NR { measured[$1] = $2; next }
		$1 in measured { $0 = $1 " " measured[$1] } { print }' "$figures" "$baseline" >"$figures.new"
	cp "$figures.new" "$baseline"
}

main() {
	require_the_kernel_of_the_baseline
	measure
	if [[ ${2:-} == accept ]]; then
		accept
	else
		awk -f "$here/gate.awk" "$baseline" "$figures"
	fi
}

main "$@"
