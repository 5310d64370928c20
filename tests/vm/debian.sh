# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# Debian packages for the machine, unpacked into a cache; nothing is installed.
# To be sourced.

cache=${XDG_CACHE_HOME:-$HOME/.cache}/pcipeek

# The kernel of the machine: the one that linux-headers-ARCH stands for, since for
# that one headers are installed and an image can be downloaded.
vm_kernel() {
	local headers
	headers=$(dpkg-query -W -f '${Depends}' "linux-headers-$(dpkg --print-architecture)" |
		grep -o 'linux-headers-[^ ,]*' | head -n 1)
	echo "${headers#linux-headers-}"
}

download() {
	apt-get -q -o APT::Sandbox::User=root download "$1" >&2 && return
	echo "debian.sh: cannot download $1. If the lists are old: apt-get update," \
		"and apt-get install linux-headers-$(dpkg --print-architecture)" >&2
	return 1
}

# unpacked PACKAGE VERSION: print the directory that holds the package's files.
unpacked() {
	local package=$1 version=$2 dir=$cache/$1_$2 work
	if [[ ! -d $dir ]]; then
		mkdir -p "$cache"
		work=$(mktemp -d "$cache/unpack.XXXXXX")
		(cd "$work" && download "$package=$version" && dpkg -x ./*.deb root)
		mv -T "$work/root" "$dir" 2>/dev/null || [[ -d $dir ]]
		rm -rf "$work"
	fi
	echo "$dir"
}

candidate_version() {
	apt-cache policy "$1" | sed -n 's/^  Candidate: //p'
}

# The version of the image that the installed headers belong to.
image_version() {
	dpkg-query -W -f '${Version}' "linux-headers-$1"
}
