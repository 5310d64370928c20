#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# initramfs.sh BUILD: make BUILD/vm/initramfs: what `make install` installs, a few of
# Debian's programs with their libraries, and the tests. BUILD is the CMake build.
# With VM_KERNEL=NAME for the kernel of kernels/NAME.config, in BUILD/vm-NAME.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
# shellcheck source=tests/vm/kernel.sh
. "$here/kernel.sh"
PATH=$PATH:/usr/sbin:/sbin

build=$(realpath "$1")
vm=$build/$(vm_directory)
root=$vm/root
if [[ -n ${VM_KERNEL:-} ]]; then
	kdir=$(vm_own_kernel)
	kernel=$("$top/scripts/kernel-version.sh" "$kdir")
else
	kernel=$(vm_kernel)
	kdir=/lib/modules/$kernel/build
fi

programs=(bash setpriv setpci lspci kmod nvme)
# Opened at run time, which ldd does not tell: by the command, and by udev from Debian 13 on.
opened_libraries=(libudev.so.1 libkmod.so.2)
modules=(virtio_pci virtio_console 9pnet_virtio 9p pci-pf-stub aer_inject)

make_root() {
	rm -rf "$root"
	mkdir -p "$root"/{usr/{bin,sbin,lib,lib64},etc,root,proc,sys,dev,run,tmp,trace,tests}
	ln -s usr/bin usr/sbin usr/lib usr/lib64 "$root"
	echo root:x:0:0:root:/root:/bin/bash >"$root/etc/passwd"
	echo root:x:0: >"$root/etc/group"
	printf '/usr/local/lib\ninclude /etc/ld.so.conf.d/*.conf\n' >"$root/etc/ld.so.conf"
}

# Not the make that may have started us: its options are not for this one.
install_pcipeek() {
	env -u MAKEFLAGS -u MAKELEVEL make -s -C "$top" install DESTDIR="$root" \
		PREFIX=/usr/local KDIR="$kdir" CMAKE_BUILD="$build" KFLAGS="$(vm_module_flags)"
}

install_programs() {
	local program
	for program in "${programs[@]}"; do
		install -m 755 "$(command -v "$program")" -t "$root/usr/bin"
	done
	ln -sft "$root/usr/sbin" ../bin/kmod
	for program in depmod insmod lsmod modinfo modprobe rmmod; do
		ln -sfT ../bin/kmod "$root/usr/sbin/$program"
	done
	install -D -m 644 /usr/share/misc/pci.ids -t "$root/usr/share/misc"
}

install_busybox() {
	local applet
	install -m 755 "$(command -v busybox)" -t "$root/usr/bin"
	for applet in $(busybox --list); do
		[[ -e $root/usr/bin/$applet || -e $root/usr/sbin/$applet ]] ||
			ln -s busybox "$root/usr/bin/$applet"
	done
}

install_udev() {
	local package dir
	for package in udev systemd-standalone-sysusers; do
		dir=$(unpacked "$package" "$(candidate_version "$package")")
		cp -a "$dir/bin/." "$root/usr/bin"
		[[ ! -d $dir/lib ]] || cp -a "$dir/lib/." "$root/usr/lib"
	done
}

# The first process of a namespace, in the cases of a service; nothing else of it is here.
install_systemd() {
	local name
	for name in systemd systemd-executor systemd-shutdown; do
		[[ ! -e /lib/systemd/$name ]] ||
			install -D -m 755 "/lib/systemd/$name" -t "$root/usr/lib/systemd"
	done
}

# A script of bash; its udev rule asks systemd to run it, which is not here.
install_driverctl() {
	local dir
	dir=$(unpacked driverctl "$(candidate_version driverctl)")
	install -m 755 "$dir/usr/sbin/driverctl" -t "$root/usr/sbin"
}

# What the image has built in, and the few modules that the machine itself needs. Our
# own kernels have those built in, too.
install_modules() {
	local lib=$root/lib/modules/$kernel
	mkdir -p "$lib"
	if [[ -n ${VM_KERNEL:-} ]]; then
		cp "$kdir"/modules.{builtin,builtin.modinfo} "$lib"
		: >"$lib/modules.order"
	else
		install_debian_modules
	fi
}

install_debian_modules() {
	install_modules_below "$root" "$kernel" "${modules[@]}"
	cp "$(kernel_files "$kernel")/lib/modules/$kernel"/modules.{builtin,builtin.modinfo,order} \
		"$root/lib/modules/$kernel"
}

install_test_programs() {
	mkdir -p "$root/tests/$2"
	find "$1" -maxdepth 1 -type f -name '*_test' -exec cp -t "$root/tests/$2" {} +
}

install_tests() {
	local plan
	cmake --build "$build" --target device-trace peak-memory hand_over edu
	cp -a "$here/guest/." "$root/tests"
	mv "$root/tests/init" "$root/init"
	install -D -m 644 "$root/tests/users.conf" -t "$root/usr/lib/sysusers.d"
	cp -a "$here/cases" "$root/tests/cases"
	install_test_programs "$build/tests/vm" programs
	for plan in storm hotplug paths faults fuzz; do
		install_test_programs "$build/tests/vm/$plan" "$plan"
	done
	cp "$here/fuzz/corpus.txt" "$root/tests/fuzz"
	install -m 755 "$build"/tests/vm/{device-trace,peak-memory} "$build"/lib/examples/{hand_over,edu} \
		-t "$root/usr/bin"
	[[ ! -e $build/tests/vm/map_in_32_bits ]] ||
		install -m 755 "$build/tests/vm/map_in_32_bits" -t "$root/usr/bin"
}

# Modules of the tests' own.
install_test_modules() {
	local dir=$vm/mover toolchain
	toolchain=$("$top/scripts/toolchain.sh" "$kdir")
	mkdir -p "$dir"
	cp "$here"/mover/* "$dir"
	make -s -C "$kdir" M="$dir" ${toolchain:+"$toolchain"} modules >"$dir/log"
	install -D -m 644 "$dir"/*.ko -t "$root/lib/modules/$kernel/updates"
}

elf_files() {
	find "$@" -type f -exec sh -c 'head -c 4 "$1" | grep -q ELF' sh {} \; -print
}

# None for those that are static, of which ldd complains.
libraries_of() {
	LD_LIBRARY_PATH=$root/usr/local/lib ldd "$@" 2>/dev/null |
		sed -n 's|.*[[:space:]]\(/[^ ]*\) (.*|\1|p' | grep -v "^$root" | sort -u
}

paths_of_opened_libraries() {
	local name
	for name in "${opened_libraries[@]}"; do
		ldconfig -p | awk -v name="$name" '$1 == name && !found++ { print $NF }'
	done
}

install_libraries() {
	local library
	local -a elf opened
	mapfile -t elf < <(elf_files "$root"/{usr/bin,usr/lib/udev,usr/lib/systemd,usr/local,tests})
	mapfile -t opened < <(paths_of_opened_libraries)
	for library in "${opened[@]}" $(libraries_of "${elf[@]}" "${opened[@]}"); do
		install -D -m 755 "$library" "$root$library"
	done
	ldconfig -r "$root"
}

# What is not there need not be unpacked at every boot.
make_small() {
	rm -rf "$root"/usr/lib/udev/hwdb.d "$root"/usr/local/{include,share/man}
	elf_files "$root"/{tests,usr/local,usr/bin/device-trace,usr/bin/peak-memory,usr/bin/hand_over,usr/bin/edu} | xargs strip
	find "$root/lib/modules/$kernel" -name '*.ko' -exec strip --strip-debug {} +
}

pack() {
	(cd "$root" && find . -print0 |
		cpio --null --create --format=newc --owner=+0:+0 --quiet) >"$vm/initramfs"
}

main() {
	make_root
	install_pcipeek
	install_programs
	install_udev
	install_systemd
	install_driverctl
	install_modules
	install_tests
	install_test_modules
	install_libraries
	install_busybox
	make_small
	pack
}

main
