#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# uninstall.sh PATTERN DESTDIR: remove from below DESTDIR each file that is below
# PATTERN, a fresh install, and then our own directories.
set -euo pipefail

pattern=$1
destdir=$2

below() {
	(cd "$pattern" && find . -depth "$@") | sed 's|^\.||'
}

below ! -type d | while read -r file; do
	echo "rm $destdir$file"
	rm -f -- "$destdir$file"
done
below -type d -name '*pcipeek*' | while read -r dir; do
	if [[ -d $destdir$dir ]]; then
		rmdir --ignore-fail-on-non-empty -- "$destdir$dir"
	fi
done
rm -rf -- "$pattern"
