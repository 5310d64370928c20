#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# chroot.sh SUITE COMMAND...: run the command in a chroot of that suite of Debian, which is
# made unless the cache has it, with compilers for all machines of the matrix. The tree and
# the cache are at their own paths there. Needs root and mmdebstrap.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
# shellcheck source=tests/matrix/apt.sh
. "$here/apt.sh"

suite=$1
shift
root=$matrix_cache/chroot-$suite

packages() {
	echo make gcc libc6-dev bc sparse pahole libelf1 python3-minimal
	echo gcc-{riscv64,aarch64,s390x}-linux-gnu libc6-dev-{riscv64,arm64,s390x}-cross
}

make_chroot() {
	local new mirror
	[[ ! -e $root ]] || return 0
	echo "chroot.sh: making a chroot of $suite" >&2
	mirror=$(matrix_mirror)
	new=$(mktemp -d "$matrix_cache/chroot.XXXXXX")
	mmdebstrap --quiet --mode=root --variant=minbase \
		--aptopt='Acquire::Check-Valid-Until "false"' \
		--include="$(packages | xargs | tr ' ' ,)" "$suite" "$new" "deb $mirror $suite main" >&2 || {
		rm -rf --one-file-system "$new"
		return 1
	}
	mv -T "$new" "$root"
}

# In a mount namespace of its own, whose mounts end with it.
enter() {
	local path
	mount --make-rprivate /
	for path in "$top" "$matrix_cache/kernels"; do
		mkdir -p "$root$path"
		mount --bind "$path" "$root$path"
	done
	mount --types proc proc "$root/proc"
	# shellcheck disable=SC2016 # the shell inside expands these
	exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
		chroot "$root" sh -c 'cd "$1" && shift && exec "$@"' sh "$PWD" "$@"
}

if [[ ${MATRIX_INSIDE:-} ]]; then
	enter "$@"
fi
((EUID == 0)) || {
	echo "chroot.sh: needs root for chroot and mount: sudo make check-matrix" >&2
	exit 1
}
mkdir -p "$matrix_cache"
(
	flock 9
	make_chroot
) 9>"$matrix_cache/chroot-$suite.lock"
MATRIX_INSIDE=1 exec unshare --mount --pid --fork --kill-child "$0" "$suite" "$@"
