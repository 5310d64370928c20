#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# plot.sh BUILD DIR: draw DIR/performance.svg and DIR/growth.svg from the figures of bench.sh.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
build=$(realpath "$1")
target=$(realpath "$2")
dir=$build/bench/plot

# "registers.read.64 VALUE" becomes the line "64 VALUE" of the series registers.read.
split_series() {
	cat "$build"/bench/growth.* | awk -v dir="$dir" '/^[a-z]/ {
		series = $1
		sub(/\.[0-9]+$/, "", series)
		count = $1
		sub(/.*\./, "", count)
		print count, $2 | ("sort -n >" dir "/" series)
	}'
}

# What one register costs, each way, the cheapest first.
bars() {
	awk 'FNR == NR { words[$1] = substr($0, length($1) + 2); next }
		$1 in words { print $2 "\t" words[$1] "\t" (words[$1] ~ /pcipeek/ ? ours : theirs) }' \
		ours=$((0x1f5fa8)) theirs=$((0xa0a0a0)) - "$build/bench/table.1" <<-'END' | sort -n
		floor.getppid getppid()
		floor.ioctl unknown ioctl
		read.memory pcipeek READ
		batch.read pcipeek BATCH, each of 256
		block.read.dword pcipeek BLOCK, each of 1024
		library.read libpcipeek read()
		devport.pread port node, pread
		vfio.pread vfio-pci, pread
		sysfs.io.pread sysfs I/O, pread
		sysfs.config.pread sysfs config, pread
	END
}

# The licence of the figures is that of the documents.
sign() {
	sed -i '2i <!-- SPDX-FileCopyrightText: The pcipeek developers -->\
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->' "$1"
}

main() {
	rm -rf "$dir"
	mkdir -p "$dir"
	split_series
	bars >"$dir/bars"
	gnuplot -e "dir='$dir'" -e "target='$target'" "$here/plot.gnuplot"
	sign "$target/performance.svg"
	sign "$target/growth.svg"
}

main
