#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# initramfs.sh BUILD [peers]: make BUILD/bench/initramfs: the machine's (that of
# tests/vm/initramfs.sh), and after it an archive with what measures; with what it is
# compared with only if that is asked for.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/vm/debian.sh
. "$here/../vm/debian.sh"
PATH=$PATH:/usr/sbin:/sbin

build=$(realpath "$1")
root=$build/bench/root
kernel=$(vm_kernel)

install_programs() {
	install -D -m 755 "$here"/guest/* -t "$root/tests/bench"
	find "$build/tests/bench" -maxdepth 1 -type f \( -name '*_bench' -o -name load_once \) \
		-exec install -s -m 755 -t "$root/tests/bench" {} +
}

package() {
	unpacked "$1" "$(candidate_version "$1")"
}

install_debian_programs() {
	install -m 755 "$(package memtool)/usr/bin/memtool" "$(package ioport)/usr/bin/inb" \
		-t "$root/tests/bench"
}

# Compiled against the packages as they were unpacked: nothing is installed here.
install_pciaccess() {
	local headers libraries
	headers=$(package libpciaccess-dev)/usr/include
	libraries=$(dirname "$(find "$(package libpciaccess0)" -name libpciaccess.so.0)")
	install -D -m 644 "$libraries/libpciaccess.so.0" -t "$root/usr/lib/${libraries##*/lib/}"
	c++ -std=c++20 -O2 -I "$here" -isystem "$headers" "$here/pciaccess_bench.cpp" \
		-o "$root/tests/bench/pciaccess_bench" \
		"$build/tests/bench/libbench_support.a" "$libraries/libpciaccess.so.0"
}

pack() {
	(cd "$root" && find . -print0 |
		cpio --null --create --format=newc --owner=+0:+0 --quiet)
}

main() {
	rm -rf "$root"
	mkdir -p "$root"
	install_programs
	if [[ ${2:-} == peers ]]; then
		install_debian_programs
		install_pciaccess
		install_modules_below "$root" "$kernel" vfio-pci vfio_iommu_type1
	fi
	{
		cat "$build/vm/initramfs"
		pack
	} >"$build/bench/initramfs"
}

main "$@"
