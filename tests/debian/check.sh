#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# check.sh RELEASE: follow the README on a Debian release, as a stranger would: a fresh
# machine with nothing but make and git, a fresh clone of HEAD, the commands of the
# section "Try it without hardware". The machine is a chroot without /dev/kvm.
#
# Needs root and mmdebstrap. What it downloads is kept in
# ${XDG_CACHE_HOME:-~/.cache}/pcipeek/debian-RELEASE: machine.tar, made once, and Debian
# packages. Remove the directory to start from nothing. Logs are in build/debian/RELEASE.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
release=$1
cache=${XDG_CACHE_HOME:-$HOME/.cache}/pcipeek/debian-$release
logs=$top/build/debian/$release

fail() {
	echo "check.sh: $*" >&2
	exit 1
}

# A mount namespace, so that nothing outside sees a mount of ours, and a PID namespace, so
# that whatever the commands leave running ends with it.
enter_namespaces() {
	((EUID == 0)) || fail "needs root for chroot and mount: sudo make check-debian"
	command -v mmdebstrap >/dev/null || fail "needs mmdebstrap: scripts/deps.sh debian"
	exec env CHECK_DEBIAN_INSIDE=1 unshare --mount --pid --fork --kill-child "$0" "$release"
}

# repository SUITE: the address from which this machine itself gets that suite of Debian.
repository() {
	# shellcheck disable=SC2016 # apt expands these
	apt-get indextargets --format '$(CODENAME) $(REPO_URI)' 'Created-By: Packages' \
		'Origin: Debian' | awk -v suite="$1" '$1 == suite { print $2; exit }'
}

# The sources of the release, from the mirrors of this machine.
sources() {
	local host main security
	host=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
	main=$(repository "$host")
	security=$(repository "$host-security")
	[[ $main ]] || fail "apt on this machine names no mirror of Debian $host"
	echo "deb $main $release main"
	echo "deb $main $release-updates main"
	[[ -z $security ]] || echo "deb $security $release-security main"
}

make_machine() {
	local new
	[[ ! -e $cache/machine.tar ]] || return 0
	echo "check.sh: making a machine of Debian $release" >&2
	mkdir -p "$cache"
	new=$(mktemp "$cache/machine.XXXXXX")
	sources | mmdebstrap --quiet --mode=root --format=tar --variant=minbase \
		--include=make,git,ca-certificates "$release" "$new" - ||
		{ rm -f "$new" && fail "mmdebstrap failed"; }
	mv "$new" "$cache/machine.tar"
}

# /dev is what the tar has: null, zero, full, random, urandom, tty and the links. Nothing
# of the host's /dev is in reach, whatever happens to this directory later.
start_machine() {
	root=$(mktemp -d "$cache/root.XXXXXX")
	trap stop_machine EXIT
	tar -C "$root" --extract --file "$cache/machine.tar"
	mkdir -p "$cache/archives"
	mount --types proc proc "$root/proc"
	mount --types sysfs --options ro sysfs "$root/sys"
	mount --types tmpfs tmpfs "$root/dev/shm"
	mount --bind "$cache/archives" "$root/var/cache/apt/archives"
	cp --dereference /etc/resolv.conf /etc/hosts "$root/etc"
}

# Removes nothing while something is still mounted there.
stop_machine() {
	umount --lazy "$root"/{var/cache/apt/archives,dev/shm,sys,proc} &&
		rm -rf --one-file-system "$root"
}

clone() {
	[[ -z $(git -C "$top" status --porcelain) ]] ||
		echo "check.sh: the clone is HEAD, without changes that are not committed" >&2
	git clone --quiet --no-hardlinks "$top" "$root/root/pcipeek"
}

readme_commands() {
	sed -n '/^## Try it without hardware/,/^## /s/^    \([^#]*[^# ]\) *#.*/\1/p' \
		"$root/root/pcipeek/README.md"
}

on_machine() {
	env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
		LC_ALL=C.UTF-8 chroot "$root" sh -c "cd ~/pcipeek && $1" </dev/null
}

# run COMMAND: the line about it goes to standard output last, when all have run.
run() {
	local log status=0 since=$SECONDS
	log=$logs/${1//[^a-z0-9]/-}.log
	on_machine "$1" 2>&1 | tee "$log" || status=$?
	summary+=("$release: $1: status $status, $((SECONDS - since)) s$(
		sed -n 's/.*\(, [0-9]* tests failed out of [0-9]*\)/\1/p' "$log")")
	((status == 0)) || failed=1
}

main() {
	local -a commands summary=()
	local command failed=0
	[[ ${CHECK_DEBIAN_INSIDE:-} ]] || enter_namespaces
	mount --make-rprivate /
	mkdir -p "$logs"
	make_machine
	start_machine
	clone
	mapfile -t commands < <(readme_commands)
	((${#commands[@]} > 0)) || fail "README.md names no command to try"
	for command in "${commands[@]}"; do
		run "$command"
	done
	printf '%s\n' "${summary[@]}"
	return $failed
}

main
