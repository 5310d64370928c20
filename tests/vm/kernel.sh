# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# Which kernel the machine runs: Debian's, or that of kernels/$VM_KERNEL.config, which
# is built when it is not in the cache. To be sourced.

# shellcheck source=tests/vm/debian.sh
. "$(dirname "${BASH_SOURCE[0]}")/debian.sh"

# Below the build directory: each kernel has an initramfs and results of its own.
vm_directory() {
	echo "vm${VM_KERNEL:+-$VM_KERNEL}"
}

vm_own_kernel() {
	"$(dirname "${BASH_SOURCE[0]}")/kernels/build.sh" "$VM_KERNEL"
}

vm_image() {
	if [[ -n ${VM_KERNEL:-} ]]; then
		echo "$(vm_own_kernel)/arch/x86/boot/bzImage"
		return
	fi
	kernel_image "$(vm_kernel)"
}

# By how much longer everything may take.
vm_slowness() {
	case ${VM_KERNEL:-} in
	'') echo 1 ;;
	coverage | fuzz) echo 2 ;;
	*) echo 5 ;;
	esac
}

# KCSAN reports the kernel's own races, too.
vm_panic_on_warn() {
	if [[ ${VM_KERNEL:-} == kcsan ]]; then echo 0; else echo 1; fi
}

# KASAN's shadow, what it keeps back of freed memory, and kmemleak's records.
vm_megabytes() {
	case ${VM_KERNEL:-} in
	'' | coverage) echo 768 ;;
	*) echo 2048 ;;
	esac
}

# KCSAN: more places to wait for a race, thirteen times as many. A register's few accesses
# were hardly ever one, and a race that was put into them was not seen.
#
# KMSAN: without what takes it minutes here, which are the tests of the kernel's own ciphers,
# and ECAM, of which it keeps account, too. It starts so slowly that it looks stuck, and all
# programs would take hours. Of 18 starts two ended in the first milliseconds, with the
# kernel's own stack for interrupts too small ("IRQ stack guard page was hit"): start again.
vm_kernel_options() {
	case ${VM_KERNEL:-} in
	kcsan) echo kcsan.skip_watch=300 ;;
	kmsan)
		echo pci=nommconf cryptomgr.notests=1 initcall_blacklist=jent_mod_init,drbg_init \
			nowatchdog rcupdate.rcu_cpu_stall_suppress=1 vm_only=leak_test
		;;
	esac
}

# Arguments of kbuild for pcipeek.ko.
vm_module_flags() {
	case ${VM_KERNEL:-} in
	coverage) echo GCOV_PROFILE=y KCOV_INSTRUMENT=y ;;
	fuzz) echo KCOV_INSTRUMENT=y ;;
	esac
}
