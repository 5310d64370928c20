#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# kernel.sh ROW: print the directory that holds the kernel of that row of the matrix, which
# is downloaded unless the cache has it: its image, its modules and its headers, laid out as
# on an installed system. "build" there is the KDIR, "version" a file with `uname -r`.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/matrix/apt.sh
. "$here/apt.sh"

row=$1
read -r machine suite flavour release < <(
	awk -v row="$row" '$1 == row { print $2, $3, $4, $5 }' "$here/rows") || {
	echo "kernel.sh: no row named $row in tests/matrix/rows" >&2
	exit 2
}
dir=$matrix_cache/kernels/$row

# The newest first. Mirrors do not have every version that their lists have.
versions() {
	apt-cache "${apt_options[@]}" search --names-only "^linux-headers-${release//./\\.}.*-$flavour\$" |
		sed -n "s/^linux-headers-\(${release//./\\.}[^ ]*\)-$flavour .*/\1/p" |
		grep -vE 'cloud|rt$' | sort -rV
}

# What the package says it needs, as far as it is a part of the kernel.
parts_of() {
	apt-cache "${apt_options[@]}" show "$1" | sed -n 's/^\(Pre-\)\?Depends: //p' | head -n 2 |
		tr ',|' '\n' | sed 's/^ *//; s/[ :(].*//' | grep -E '^linux-(binary|modules|headers|image)-[0-9]' |
		sort -u || true
}

# The programs of the kernel's build, for the machine that builds.
kbuild_of() {
	apt-cache "${apt_options[@]}" show "$1" | sed -n 's/^Depends: .*\(linux-kbuild-[^ ,]*\).*/\1/p' |
		head -n 1
}

unpack_version() {
	local root=$1 name=$2 package kbuild
	local -a parts=("linux-headers-$name")
	mapfile -t -O 1 parts < <(parts_of "linux-headers-$name")
	for package in "linux-image-$name" "linux-image-$name-unsigned"; do
		apt-cache "${apt_options[@]}" show "$package" >/dev/null 2>&1 || continue
		parts+=("$package")
		mapfile -t -O "${#parts[@]}" parts < <(parts_of "$package")
		break
	done
	matrix_unpack "$root" "${parts[@]}" || return
	kbuild=$(kbuild_of "linux-headers-$name")
	matrix_options "$(dpkg --print-architecture)" "$suite" || return
	matrix_unpack "$root" "$kbuild"
}

# Paths in Debian's headers are those of an installed system.
lay_out() {
	local root=$1 name=$2 headers=$1/usr/src/linux-headers-$2 link common
	sed -i "s#\(^\|[^.]\)/usr/src/#\1$dir/usr/src/#g; s#\(^\|[^.]\)/usr/lib/#\1$dir/usr/lib/#g" \
		"$headers/Makefile"
	# from 7.x on, without this script kbuild says that there is no sparse; Debian lacks it
	for common in "$root"/usr/src/linux-headers-*-common*; do
		if grep -q checker-valid.sh "$common/Makefile" &&
			[[ ! -e $common/scripts/checker-valid.sh ]]; then
			printf '#!/bin/sh\necho 1\n' >"$common/scripts/checker-valid.sh"
			chmod 755 "$common/scripts/checker-valid.sh"
		fi
	done
	for link in bin sbin lib; do
		[[ -e $root/$link || ! -d $root/usr/$link ]] || ln -s "usr/$link" "$root/$link"
	done
	ln -s "usr/src/linux-headers-$name" "$root/build"
	echo "$name" >"$root/version"
}

fetch() {
	local work version
	mkdir -p "$matrix_cache/kernels"
	matrix_options "$machine" "$suite" || return
	for version in $(versions); do
		work=$(mktemp -d "$matrix_cache/kernels/unpack.XXXXXX")
		matrix_options "$machine" "$suite" || return
		if unpack_version "$work" "$version-$flavour" && lay_out "$work" "$version-$flavour"; then
			mv -T "$work" "$dir"
			return
		fi
		rm -rf "$work"
		echo "kernel.sh: $row: $version cannot be downloaded" >&2
	done
	echo "kernel.sh: $row: no kernel $release*-$flavour in $suite for $machine" >&2
	return 1
}

main() {
	mkdir -p "$matrix_cache"
	exec 9>"$matrix_cache/$row.lock"
	flock 9
	[[ -d $dir ]] || fetch
	echo "$dir"
}

main
