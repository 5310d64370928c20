#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# boot.sh ROW MODULE: boot that row's kernel with the module and the client, and compare
# what the client says it accessed with QEMU's trace. Leaves console.log and accesses in
# build/matrix/ROW. Prints "checks N, accesses N in the trace, left out N", or what failed.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
# shellcheck source=tests/matrix/machines.sh
. "$here/machines.sh"

row=$1
module=$2
kernel=$("$here/kernel.sh" "$row")
machine=$(row_machine "$row")
out=$top/build/matrix/$row

# compile [WHERE...] COMPILER OUTPUT
compile() {
	"${@:1:$#-1}" -std=gnu11 -O2 -static -Wall -Wextra -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 \
		-I"$top/include/uapi" "$here"/client/*.c -o "${!#}"
}

pack() {
	local root=$out/root narrow
	rm -rf "$root"
	mkdir -p "$root"
	compile in_row "$row" "$(machine_prefix "$machine")gcc" "$root/init"
	narrow=$(machine_narrow_prefix "$machine")
	[[ -z $narrow ]] || compile "${narrow}gcc" "$root/client32"
	cp "$module" "$root/pcipeek.ko"
	(cd "$root" && find . -print0 |
		cpio --null --create --format=newc --owner=+0:+0 --quiet | gzip -1) >"$out/initramfs"
}

image() {
	local file
	for file in "$kernel"/boot/vmlinu[xz]-* "$kernel"/usr/lib/modules/*/vmlinu[xz]; do
		[[ ! -e $file ]] || {
			echo "$file"
			return
		}
	done
	echo "boot.sh: $row: the package has no image of the kernel" >&2
	return 1
}

boot() {
	local -a arguments
	mapfile -t arguments < <(machine_arguments "$machine" "$out" | xargs -n1)
	truncate -s 1M "$out/disk"
	# shellcheck disable=SC2046 # words
	timeout --foreground "${MATRIX_TIMEOUT:-300}" "$(machine_emulator "$machine")" \
		"${arguments[@]}" -accel tcg,thread=single -m 1024 -nodefaults -display none \
		-no-reboot -serial "file:$out/console.log" -msg timestamp=off \
		-trace memory_region_ops_read -trace memory_region_ops_write -D "$out/accesses" \
		-kernel "$(image)" -initrd "$out/initramfs" \
		-append "console=$(machine_console "$machine") panic=-1 panic_on_warn=1 ${MATRIX_APPEND:-quiet}"
}

# What the client says it did to a device, in its order: "r 4 0x0".
expected() {
	tr -d '\r' <"$out/console.log" | sed -n "s/^EXPECT $1 //p"
}

# The accesses of that device in the trace, in the same form.
seen() {
	sed -n "s/^.*memory_region_ops_\(.\)[a-z]* .* addr \(0x[0-9a-f]*\) .* size \([0-9]*\) name '$1'\$/\1 \3 \2/p" \
		"$out/accesses"
}

# Addresses in the trace are those of the machine; offsets begin with the lowest of them.
compare_trace() {
	local device
	for device in $(tr -d '\r' <"$out/console.log" | awk '$1 == "EXPECT" { print $2 }' | sort -u); do
		expected "$device" >"$out/$device.expected"
		seen "$device" | "$here/offsets.py" >"$out/$device.seen"
		diff "$out/$device.expected" "$out/$device.seen" >"$out/$device.diff" || {
			echo "$device: the trace differs, see $out/$device.diff"
			return 1
		}
	done
}

verdict() {
	local checks failed
	read -r checks failed < <(tr -d '\r' <"$out/console.log" |
		awk '$1 == "VERDICT" { checks += $3; failed += $5; end = 1 }
			END { if (end) print checks, failed }') || {
		echo "did not come to its end, see $out/console.log"
		return 1
	}
	tr -d '\r' <"$out/console.log" | grep '^FAILED' | head -n 5 || true
	((failed == 0)) || return 1
	compare_trace || return
	echo "checks $checks, accesses $(cat "$out"/*.seen 2>/dev/null | wc -l) in the trace," \
		"left out $(grep -c '^LEFT OUT' "$out/console.log" || true)"
}

mkdir -p "$out"
rm -f "$out"/{accesses,console.log} "$out"/*.{seen,expected,diff}
pack
boot || echo "boot.sh: $row: QEMU's status is $?" >&2
verdict
