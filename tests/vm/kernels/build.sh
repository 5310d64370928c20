#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# build.sh NAME: build the kernel of NAME.config, unless the cache has it, and print its
# directory: the image is arch/x86/boot/bzImage there, and modules can be built for it
# with KDIR. The source is Debian's, of the version that the machine runs otherwise.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../../.." && pwd)
# shellcheck source=tests/vm/debian.sh
. "$here/../debian.sh"

name=$1
fragments=("$here/base.config" "$here/$name.config")
kernels=$cache/kernels
jobs=${JOBS:-$(nproc)}

# KMSAN is the work of a compiler, and only clang does it.
toolchain=()
packages=(kernel)
if grep -q '^CONFIG_KMSAN=y' "${fragments[@]}"; then
	toolchain=(LLVM=1)
	packages+=(llvm)
fi

# 6.1.0-56-amd64 is built from the package linux-source-6.1.
source_package() {
	vm_kernel | sed -E 's/^([0-9]+\.[0-9]+).*/linux-source-\1/'
}

# unpacked_source PACKAGE VERSION: print the directory of the source tree.
unpacked_source() {
	local dir=$kernels/$1_$2 package work
	if [[ ! -d $dir ]]; then
		package=$(unpacked "$1" "$2")
		work=$(mktemp -d "$kernels/unpack.XXXXXX")
		tar -C "$work" -xf "$package/usr/src/$1.tar.xz"
		mv -T "$work/$1" "$dir"
		rm -rf "$work"
	fi
	echo "$dir"
}

# kmake SOURCE DIR TARGET...
kmake() {
	make -s -C "$1" O="$2" "${toolchain[@]}" "${@:3}"
}

# Written as chains: the caller looks at the status, and then `set -e` does nothing.
configure() {
	local source=$1 dir=$2
	kmake "$source" "$dir" x86_64_defconfig &&
		(cd "$dir" && "$source/scripts/kconfig/merge_config.sh" -m .config "${fragments[@]}") \
			>"$dir/merge.log" &&
		"$source/scripts/config" --file "$dir/.config" --set-str LOCALVERSION "-$name" &&
		kmake "$source" "$dir" olddefconfig &&
		kmake "$source" "$dir" mod2noconfig &&
		check_options "$dir"
}

# What the fragments ask for must be what they get.
check_options() {
	local line missed=0
	while read -r line; do
		grep -Fqx "$line" "$1/.config" && continue
		[[ $line == *=n ]] && ! grep -q "^${line%=n}=" "$1/.config" && continue
		echo "build.sh: $name: the configuration has no $line" >&2
		missed=1
	done < <(sed -n '/^CONFIG_/p' "${fragments[@]}")
	return $missed
}

# The objects are not needed any more, but those of the tools that build modules.
drop_objects() {
	find "$1" \( -path "$1/scripts" -o -path "$1/tools" \) -prune -o \
		\( -name '*.o' -o -name '*.a' -o -name '*.cmd' \) -type f -exec rm -f {} +
}

build() {
	local source=$1 dir=$2
	configure "$source" "$dir" &&
		kmake "$source" "$dir" -j "$jobs" bzImage modules_prepare &&
		cp "$dir/vmlinux.symvers" "$dir/Module.symvers" &&
		drop_objects "$dir" &&
		touch "$dir/complete"
}

main() {
	local package version dir
	package=$(source_package)
	version=$(image_version "$(vm_kernel)")
	dir=$kernels/${name}_${version}_$(cat "${fragments[@]}" | sha256sum | head -c 12)
	mkdir -p "$dir"
	exec 9>"$dir.lock"
	flock 9
	if [[ ! -e $dir/complete ]]; then
		echo "build.sh: building the kernel \"$name\"; about 10 minutes" >&2
		"$top/scripts/deps.sh" "${packages[@]}" >&2
		build "$(unpacked_source "$package" "$version")" "$dir" >"$dir/build.log" 2>&1 || {
			tail -n 20 "$dir/build.log" >&2
			return 1
		}
	fi
	echo "$dir"
}

main
