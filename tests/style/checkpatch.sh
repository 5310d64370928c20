#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# checkpatch.sh FILE...: the kernel's own checkpatch, with .checkpatch.conf. Debian has
# it in the source of the kernel only, from which three files are kept in the cache.
set -euo pipefail

# shellcheck source=tests/vm/debian.sh
. "$(dirname "$0")/../vm/debian.sh"

source_package() {
	apt-cache depends linux-source | sed -n 's/^ *Depends: *//p' | head -n 1
}

# The archive is large, and xz is slow: what is needed of it is unpacked once.
fetch_scripts() {
	local package=$1 dir=$2 work
	work=$(mktemp -d "$cache/unpack.XXXXXX")
	(
		cd "$work"
		download "$package"
		dpkg --fsys-tarfile ./*.deb | tar xO "./usr/src/$package.tar.xz" |
			tar xJ --strip-components=2 --wildcards '*/scripts/checkpatch.pl' \
				'*/scripts/spelling.txt' '*/scripts/const_structs.checkpatch'
		rm ./*.deb
	)
	mv -T "$work" "$dir"
}

main() {
	local package dir
	package=$(source_package)
	dir=$cache/checkpatch_$package
	mkdir -p "$cache"
	[[ -d $dir ]] || fetch_scripts "$package" "$dir"
	trap 'rm -f .checkpatch-camelcase.*' EXIT
	perl "$dir/checkpatch.pl" --strict --terse --show-types --quiet -f "$@"
}

main "$@"
