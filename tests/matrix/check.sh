#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# check.sh [ROW...]: the module on the kernels and machines of tests/matrix/rows, all of
# them or those that are named: built with extra warnings, checked by sparse, booted with
# the client of this directory. Prints a table, a row a line; anything but "ok" is red.
# Logs are in build/matrix/ROW, downloads in ${XDG_CACHE_HOME:-~/.cache}/pcipeek/matrix.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
# shellcheck source=tests/matrix/machines.sh
. "$here/machines.sh"
red=0

rows() {
	sed 's/#.*//' "$here/rows" | awk 'NF { print $1 }'
}

# kmake ROW KERNEL LOG [ARGUMENT...]: build in build/matrix/ROW/module. Kernels name the
# compiler of their release; this machine's does.
kmake() {
	local machine prefix
	machine=$(row_machine "$1")
	prefix=$(machine_prefix "$machine")
	in_row "$1" env MODULE_TREE="$top/build/matrix/$1/module" "$top/scripts/module.sh" "$2/build" \
		ARCH="$(machine_arch "$machine")" CROSS_COMPILE="$prefix" CC="${prefix}gcc" \
		-j "$(nproc)" "${@:4}" >"$3" 2>&1
}

# Complaints about our own files. The kernel's headers have some of theirs on some machines.
complaints() {
	grep -E '/kmod/[a-z_]+\.[ch]:[0-9]+.*(warning|error)' "$1" | sort -u | wc -l || true
}

# A kernel whose headers lack the script that looks for sparse checks nothing, silently.
checked_files() {
	grep -c '^ *CHECK ' "$1" || true
}

test_row() {
	local row=$1 out=$top/build/matrix/$1 kernel since=$SECONDS
	local module=red warnings=- sparse=- client=-
	mkdir -p "$out"
	if kernel=$("$here/kernel.sh" "$row" 2>"$out/download.log"); then
		rm -rf "$out/module"
		if kmake "$row" "$kernel" "$out/build.log" W=1; then
			module=ok
			warnings=$(complaints "$out/build.log")
			kmake "$row" "$kernel" "$out/sparse.log" C=2 CF=-D__CHECK_ENDIAN__ || true
			sparse="$(complaints "$out/sparse.log") in $(checked_files "$out/sparse.log") files"
			client=$("$here/boot.sh" "$row" "$out/module/kmod/pcipeek.ko" 2>"$out/boot.log") ||
				module="red: client"
		fi
		kernel=$(cat "$kernel/version")
	else
		kernel="not downloaded, see $out/download.log"
	fi
	[[ $module == ok && $warnings == 0 && $sparse == 0\ in\ [1-9]* ]] || red=1
	printf '%-14s %-28s %-6s W=1: %s, sparse: %s; %s (%d s)\n' "$row" "$kernel" "$module" \
		"$warnings" "$sparse" "${client//$'\n'/; }" $((SECONDS - since))
}

main() {
	local row
	local -a names
	if (($# > 0)); then names=("$@"); else mapfile -t names < <(rows); fi
	for row in "${names[@]}"; do
		rows | grep -qx -- "$row" || {
			echo "check.sh: no row named '$row'; there are: $(rows | xargs)" >&2
			return 2
		}
		test_row "$row"
	done
	return $red
}

main "$@"
