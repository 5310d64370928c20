#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# uninstall.sh BUILD: `make install` puts every kind of file in its place, and
# `make uninstall` takes away each of them, and nothing else.
set -euo pipefail

top=$(cd "$(dirname "$0")/../.." && pwd)
build=$(realpath "$1")
dest=$build/vm/uninstall

run_make() {
	env -u MAKEFLAGS -u MAKELEVEL make -s -C "$top" "$@" DESTDIR="$dest" CMAKE_BUILD="$build" >/dev/null
}

files() {
	(cd "$dest" && find . ! -type d | sort)
}

must_have() {
	files | grep -qE "$1" || {
		echo "uninstall.sh: not installed: $1" >&2
		return 1
	}
}

rm -rf "$dest"
mkdir -p "$dest/usr/local/bin"
touch "$dest/usr/local/bin/somebody-elses"

run_make install
for file in '/lib/modules/.*/updates/pcipeek\.ko$' '/bin/pcipeek$' '/lib/libpcipeek\.so$' \
	'/include/pcipeek/pcipeek\.hpp$' '/include/linux/pcipeek\.h$' '/pcipeek\.pc$' \
	'/man1/pcipeek\.1' '/udev/rules\.d/70-pcipeek\.rules$' '/sysusers\.d/pcipeek\.conf$' \
	'/examples/pcipeek\.modprobe\.conf$'; do
	must_have "$file"
done

run_make uninstall
left=$(files)
if [[ $left != ./usr/local/bin/somebody-elses ]]; then
	echo "uninstall.sh: wanted only somebody else's file to be left, found: $left" >&2
	exit 1
fi
