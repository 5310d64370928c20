# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# What each of Debian's architectures needs: compilers, kbuild's names, QEMU. To be sourced.

# row_field ROW NUMBER: a column of tests/matrix/rows
row_field() {
	awk -v row="$1" -v field="$2" '$1 == row { print $field }' \
		"$(dirname "${BASH_SOURCE[0]}")/rows"
}

row_machine() {
	row_field "$1" 2
}

# in_row ROW COMMAND...: where that row's programs are built.
in_row() {
	if [[ $(row_field "$1" 6) == chroot ]]; then
		"$(dirname "${BASH_SOURCE[0]}")/chroot.sh" "$(row_field "$1" 3)" "${@:2}"
	else
		"${@:2}"
	fi
}

machine_prefix() {
	case $1 in
	amd64) ;;
	arm64) echo aarch64-linux-gnu- ;;
	armhf) echo arm-linux-gnueabihf- ;;
	i386) echo i686-linux-gnu- ;;
	ppc64el) echo powerpc64le-linux-gnu- ;;
	riscv64) echo riscv64-linux-gnu- ;;
	s390x) echo s390x-linux-gnu- ;;
	esac
}

# Of 32-bit programs that the kernel runs, too: of this machine's compilers.
machine_narrow_prefix() {
	case $1 in
	amd64) echo i686-linux-gnu- ;;
	arm64) echo arm-linux-gnueabihf- ;;
	esac
}

# ARCH= of kbuild
machine_arch() {
	case $1 in
	amd64) echo x86_64 ;;
	armhf) echo arm ;;
	ppc64el) echo powerpc ;;
	riscv64) echo riscv ;;
	s390x) echo s390 ;;
	*) echo "$1" ;;
	esac
}

machine_emulator() {
	case $1 in
	amd64) echo qemu-system-x86_64 ;;
	arm64) echo qemu-system-aarch64 ;;
	armhf) echo qemu-system-arm ;;
	ppc64el) echo qemu-system-ppc64 ;;
	*) echo "qemu-system-$1" ;;
	esac
}

machine_console() {
	case $1 in
	arm64 | armhf) echo ttyAMA0 ;;
	ppc64el) echo hvc0 ;;
	s390x) echo ttysclp0 ;;
	*) echo ttyS0 ;;
	esac
}

# QEMU's s390x has no device of these but virtio's.
machine_devices() {
	case $1 in
	s390x)
		echo "-device zpci,uid=3,fid=3,target=network -device zpci,uid=4,fid=4,target=random"
		echo "-netdev user,id=wire2,restrict=on"
		echo "-device virtio-net-pci,id=network,disable-legacy=on,netdev=wire2,mac=52:54:00:0c:0f:fd,romfile="
		echo "-device virtio-rng-pci,id=random,disable-legacy=on"
		;;
	*)
		echo "-device edu,addr=03.0 -device pci-testdev,addr=04.0,membar=1M"
		echo "-object memory-backend-ram,id=shared,size=16M"
		echo "-device ivshmem-plain,addr=05.0,memdev=shared"
		echo "-netdev user,id=wire,restrict=on"
		echo "-device rtl8139,addr=06.0,mac=52:54:00:0c:0f:fe,netdev=wire,romfile="
		echo "-drive if=none,id=disk,format=raw,file=$2/disk"
		echo "-device nvme,addr=07.0,drive=disk,serial=pcipeek"
		echo "-netdev user,id=wire2,restrict=on"
		echo "-device virtio-net-pci,addr=08.0,disable-legacy=on,netdev=wire2,mac=52:54:00:0c:0f:fd,romfile="
		;;
	esac
}

# machine_arguments MACHINE DIRECTORY: arguments of QEMU
machine_arguments() {
	case $1 in
	amd64) echo "-machine q35 -cpu max -smp 2" ;;
	i386) echo "-machine q35 -cpu max -smp 1" ;;
	arm64) echo "-machine virt,gic-version=3 -cpu max,pauth-impdef=on -smp 2" ;;
	# with two processors Debian 12's kernel stops before it starts the first process
	armhf) echo "-machine virt,highmem=off -cpu cortex-a15 -smp 1" ;;
	riscv64) echo "-machine virt -cpu rv64 -smp 2" ;;
	s390x) echo "-machine s390-ccw-virtio -cpu max -smp 2" ;;
	ppc64el) echo "-machine pseries,cap-cfpc=broken,cap-sbbc=broken,cap-ibs=broken,cap-ccf-assist=off -cpu power9 -smp 2" ;;
	esac
	machine_devices "$@"
}
