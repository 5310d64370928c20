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
	apt-get -q -o APT::Sandbox::User=root download "$@" >&2 && return
	echo "debian.sh: cannot download $*. If the lists are old: apt-get update," \
		"and apt-get install linux-headers-$(dpkg --print-architecture)" >&2
	return 1
}

# Debian 13 packages have everything below usr/, and so can have kernels of Debian 12's
# backports. Links make both forms look like an installed system, which has had such links
# since Debian 12. Made at each call: a cache may be older than this function.
link_to_usr() {
	local name
	for name in bin sbin lib; do
		[[ -e $1/$name || ! -d $1/usr/$name ]] || ln -sfT "usr/$name" "$1/$name"
	done
}

# fetch DIRECTORY PACKAGE=VERSION...: unpack them all into DIRECTORY/root.
fetch() {
	local deb
	(cd "$1" && download "${@:2}") || return
	for deb in "$1"/*.deb; do
		dpkg -x "$deb" "$1/root" || return
	done
}

# unpacked PACKAGE VERSION [PACKAGE...]: print the directory that holds the files of these
# packages of one version. Each is below bin, sbin or lib there if that is where an
# installed system has it. Another process may be faster.
unpacked() {
	local dir=$cache/$1_$2 version=$2 work
	local -a packages=("$1" "${@:3}")
	if [[ ! -d $dir ]]; then
		mkdir -p "$cache"
		work=$(mktemp -d "$cache/unpack.XXXXXX")
		if fetch "$work" "${packages[@]/%/=$version}"; then
			mv -T "$work/root" "$dir" 2>/dev/null || true
		fi
		rm -rf "$work"
	fi
	[[ -d $dir ]] || return
	link_to_usr "$dir"
	echo "$dir"
}

candidate_version() {
	apt-cache policy "$1" | sed -n 's/^  Candidate: //p'
}

# The version of the image that the installed headers belong to.
image_version() {
	dpkg-query -W -f '${Version}' "linux-headers-$1"
}

# kernel_files KERNEL: print the directory that holds the kernel and its modules. From
# Linux 7.2 on, linux-image is an empty package, and three others have the files.
kernel_files() {
	local -a parts=()
	if dpkg --compare-versions "$1" ge 7.2; then
		parts=("linux-binary-$1" "linux-modules-$1" "linux-base-$1")
	fi
	unpacked "linux-image-$1" "$(image_version "$1")" "${parts[@]}"
}

# kernel_image KERNEL: print the path of the kernel that QEMU boots.
kernel_image() {
	local dir image
	dir=$(kernel_files "$1")
	image=$dir/boot/vmlinuz-$1
	[[ -e $image ]] || image=$dir/lib/modules/$1/vmlinuz
	echo "$image"
}

# install_modules_below ROOT KERNEL MODULE...: those modules and what they depend on. As
# plain files: kmod of Debian 13 reads its compressed modules by a library that it opens
# at run time, and that the machine does not have.
install_modules_below() {
	local root=$1 kernel=$2 from file module
	shift 2
	from=$(kernel_files "$kernel")
	depmod -b "$from" "$kernel"
	for module in "$@"; do
		modprobe -d "$from" -S "$kernel" --show-depends "$module"
	done | sed -n "s|^insmod $from/*\(usr/\)\?||p" | sort -u | while read -r file; do
		install -D -m 644 "$from/$file" "$root/usr/$file"
		[[ $file != *.xz ]] || xz --decompress "$root/usr/$file"
	done
}
