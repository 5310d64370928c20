#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# initramfs.sh BUILD: make BUILD/bench/initramfs: the machine's (tests/vm/initramfs.sh),
# and after it an archive with what measures.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
build=$(realpath "$1")
root=$build/bench/root

install_programs() {
	install -D -m 755 "$here/guest/main" -t "$root/tests/bench"
	find "$build/tests/bench" -maxdepth 1 -type f -name '*_bench' \
		-exec install -s -m 755 -t "$root/tests/bench" {} +
}

pack() {
	(cd "$root" && find . -print0 |
		cpio --null --create --format=newc --owner=+0:+0 --quiet)
}

main() {
	rm -rf "$root"
	mkdir -p "$root"
	install_programs
	{
		cat "$build/vm/initramfs"
		pack
	} >"$build/bench/initramfs"
}

main
