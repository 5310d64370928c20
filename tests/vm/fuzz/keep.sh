#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# keep.sh BUILD: make the corpus of the tree of what the last run in BUILD reached. That was
# on a kernel with KCOV, and was asked to show it, for example:
#   VM_KERNEL=fuzz VM_APPEND="vm_fuzz=3000000 vm_fuzz_keep=1" tests/vm/run.sh BUILD fuzz
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
console=$1/vm-${VM_KERNEL:-fuzz}/fuzz/console.log
corpus=$here/corpus.txt

kept() {
	tr -d '\r' <"$console" | sed -n 's/^keep \([0-9a-f]*\)$/\1/p'
}

main() {
	local comment
	[[ -n $(kept) ]] || {
		echo "keep.sh: no corpus in $console" >&2
		return 1
	}
	comment=$(grep '^#' "$corpus")
	{
		echo "$comment"
		kept
	} >"$corpus.new"
	mv "$corpus.new" "$corpus"
	echo "$(kept | wc -l) sequences"
}

main
