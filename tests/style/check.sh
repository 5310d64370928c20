#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# check.sh [CHECK...]: the style checks and static checkers, all of them or those that
# are named. Says at the end which ones failed.
set -euo pipefail

cd "$(dirname "$0")/../.."

all=(checkpatch kernel_warnings clang_format clang_tidy shell spelling licences manual
	gates)

tracked() {
	git ls-files -- "$@"
}

check_checkpatch() {
	tracked 'kmod/*.[ch]' 'tests/vm/mover/*.c' 'include/uapi/**.h' | xargs tests/style/checkpatch.sh
}

# sparse and the compiler's extra warnings, in a build of its own, since only what is
# compiled anew is warned about. Silence is the test.
check_kernel_warnings() {
	local log=build/style/kernel.log
	rm -rf build/style/module
	MODULE_TREE=$PWD/build/style/module scripts/module.sh "$(scripts/kdir.sh)" \
		W=1 C=2 CF=-D__CHECK_ENDIAN__ >"$log" 2>&1 || cat "$log"
	[[ -e build/style/module/kmod/pcipeek.ko ]] && ! grep -E 'warning|error' "$log"
}

check_clang_format() {
	tracked 'lib/*.?pp' 'tools/*.?pp' 'tests/*.?pp' | xargs clang-format --dry-run -Werror
}

# lib/examples/edu.cpp includes a header that the command makes, which is not built here.
# The analyzer follows calls only a little way: all the way takes longer than all the rest.
check_clang_tidy() {
	local shallow=(-Xclang -analyzer-config -Xclang mode=shallow)
	cmake -S . -B build/style/cmake -DPCIPEEK_BUILD_TESTS=ON \
		-DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON >/dev/null || return
	tracked 'lib/*.cpp' 'tools/*.cpp' ':!lib/examples/edu.cpp' |
		xargs -P "$(nproc)" -n 1 clang-tidy --quiet -p build/style/cmake \
			"${shallow[@]/#/--extra-arg=}" 2>/dev/null
}

scripts_of_bash() {
	tracked | xargs grep -lE '^#!/bin/bash|^# shellcheck shell=bash' --
}

check_shell() {
	scripts_of_bash | xargs shellcheck
}

check_spelling() {
	tracked ':!LICENSES' ':!tests/fuzz/corpus' | xargs codespell --ignore-words tests/style/words
}

# Of what can hold a comment.
check_licences() {
	local without
	without=$(tracked ':!LICENSES' ':!.gitignore' ':!tests/style/words' ':!tests/fuzz/corpus' |
		xargs grep -L 'SPDX-License-Identifier: ')
	[[ -z $without ]] || {
		echo "without an SPDX line: $without"
		return 1
	}
}

check_manual() {
	tracked 'tools/*.1' | xargs mandoc -T lint -W warning
}

# none WHAT PATTERN PATH...: no tracked line says that.
none() {
	local what=$1 pattern=$2
	shift 2
	! git grep -nE "$pattern" -- "$@" ':!tests/style' || {
		echo "$what" >&2
		return 1
	}
}

check_gates() {
	local failed=0
	none 'only documents mention /dev/mem, and the bench' '/dev/mem\b' ':!*.md' ':!docs' \
		':!tools/*.1' ':!tests/bench' ||
		failed=1
	none 'the module hunts no symbols' 'kallsyms|kprobe' kmod || failed=1
	none 'only kmod/bar.c maps a BAR' 'ioremap|pci_iomap' 'kmod/*.[ch]' ':!kmod/bar.c' ||
		failed=1
	none 'paths of a developer, or a mirror' '(^|[^A-Za-z.])/(home|work)/[a-z]|https?://[^ ]*/debian' \
		':!LICENSES' || failed=1
	return $failed
}

main() {
	local check failed=()
	mkdir -p build/style
	(($# > 0)) || set -- "${all[@]}"
	for check in "$@"; do
		echo "== $check"
		"check_$check" || failed+=("$check")
	done
	if ((${#failed[@]} > 0)); then
		echo "style: failed: ${failed[*]}" >&2
		return 1
	fi
	echo "style: all well: $*"
}

main "$@"
