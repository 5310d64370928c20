#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# deps.sh GROUP...: install the packages of the groups that are missing.
# Groups: build, test, style, bench, kernel, fuzz, coverage, mutants, llvm, debian, matrix. Debian
# and its derivatives; sudo when not root.
set -euo pipefail

kernel_headers() {
	local running
	running=linux-headers-$(uname -r)
	echo "linux-headers-$(dpkg --print-architecture)"
	if [[ -d /lib/modules/$(uname -r)/build ]] || ! apt-cache show "$running" >/dev/null 2>&1; then
		return
	fi
	echo "$running"
}

packages_of() {
	case $1 in
	build)
		echo make g++ cmake pkg-config kmod
		echo libudev-dev libcli11-dev libfmt-dev zlib1g-dev
		echo nlohmann-json3-dev libtomlplusplus-dev libpugixml-dev
		kernel_headers
		;;
	test)
		echo libgtest-dev libgmock-dev umockdev libumockdev-dev libglib2.0-dev
		echo qemu-system-x86 busybox-static cpio pciutils nvme-cli pci.ids mandoc acpica-tools xz-utils
		echo python3 python3-jsonschema systemd
		;;
	style)
		echo sparse clang-format clang-tidy shellcheck codespell perl
		;;
	bench)
		echo gnuplot-nox
		;;
	kernel)
		echo make gcc flex bison bc libelf-dev libssl-dev xz-utils perl
		;;
	fuzz)
		echo clang libclang-rt-dev llvm
		;;
	coverage)
		echo gcovr
		;;
	mutants)
		echo python3 python3-clang
		;;
	llvm)
		echo clang lld llvm
		;;
	debian)
		echo mmdebstrap debian-archive-keyring git
		;;
	matrix)
		echo mmdebstrap debian-archive-keyring
		echo make gcc bc cpio python3 sparse pahole qemu-system-x86 qemu-system-arm
		echo qemu-system-misc qemu-system-ppc
		echo gcc-{aarch64,s390x,i686,powerpc64le}-linux-gnu gcc-arm-linux-gnueabihf
		echo libc6-dev-{arm64,s390x,i386,ppc64el,armhf}-cross
		;;
	*)
		echo "deps.sh: no such group: $1 (build, test, style, bench, kernel, fuzz," \
			"coverage, mutants, llvm, debian, matrix)" >&2
		return 2
		;;
	esac
}

is_installed() {
	[[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

missing_of() {
	local package
	for package in "$@"; do
		is_installed "$package" || echo "$package"
	done
}

as_root() {
	if ((EUID == 0)); then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		echo "deps.sh: run as root, or install sudo: $*" >&2
		return 1
	fi
}

lists_are_missing() {
	! compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null
}

update_lists() {
	echo "deps: apt-get update"
	as_root apt-get -q update
}

apt_install() {
	as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get -q -y --no-install-recommends install "$@"
}

# A list that is older than the archive names packages that are gone.
install_packages() {
	echo "deps: installing $*"
	apt_install "$@" && return
	update_lists
	apt_install "$@"
}

main() {
	local -a wanted missing
	if lists_are_missing; then
		update_lists
	fi
	mapfile -t wanted < <(for group in "$@"; do packages_of "$group"; done | xargs -n1)
	mapfile -t missing < <(missing_of "${wanted[@]}")
	if ((${#missing[@]} == 0)); then
		echo "deps: nothing is missing for: $*"
		return
	fi
	install_packages "${missing[@]}"
}

main "$@"
