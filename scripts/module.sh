#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# module.sh KDIR [MAKE-ARGUMENT...]: build pcipeek.ko for the kernel of KDIR, in
# build/module/VERSION/kmod, through links to the sources: kbuild writes beside what
# it reads, every version of it, and kmod/ stays clean that way.
set -euo pipefail

top=$(cd "$(dirname "$0")/.." && pwd)

link_sources() {
	mkdir -p "$1/kmod"
	ln -sfnT "$top/include" "$1/include"
	find "$1/kmod" -xtype l -delete
	find "$top/kmod" -maxdepth 1 -type f \( -name '*.[ch]' ! -name '*.mod.c' -o -name Kbuild \) \
		-exec ln -sft "$1/kmod" {} +
}

main() {
	local kdir=$1 version tree toolchain
	shift
	toolchain=$("$top/scripts/toolchain.sh" "$kdir")
	version=$("$top/scripts/kernel-version.sh" "$kdir")
	tree=${MODULE_TREE:-$top/build/module/$version}
	link_sources "$tree"
	make -C "$kdir" M="$tree/kmod" ${toolchain:+"$toolchain"} "$@" modules
}

main "$@"
