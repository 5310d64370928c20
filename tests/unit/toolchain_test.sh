#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# toolchain_test.sh FUNCTION: what kbuild is told of the compiler (scripts/toolchain.sh).
set -euo pipefail

cd "$(dirname "$0")/../.."

kdir=$(mktemp -d)
trap 'rm -rf "$kdir"' EXIT

# is_told EXPECTED
is_told() {
	local told
	told=$(scripts/toolchain.sh "$kdir")
	[[ $told == "$1" ]] || {
		echo "kbuild is told '$told', and not '$1'"
		return 1
	}
}

it_takes_llvm_for_a_kernel_that_clang_has_built() {
	printf 'CONFIG_CC_IS_CLANG=y\nCONFIG_CLANG_VERSION=140006\n' >"$kdir/.config"
	is_told LLVM=1
}

it_leaves_the_choice_to_a_kernel_that_gcc_has_built() {
	printf 'CONFIG_CC_IS_GCC=y\n# CONFIG_CC_IS_CLANG is not set\n' >"$kdir/.config"
	is_told ''
}

it_leaves_the_choice_to_a_kernel_without_a_configuration() {
	is_told ''
}

"$1"
