#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# coverage.sh BUILD: which lines and branches of the module the tests in the machine run,
# its exit paths included. Runs them all on the kernel "coverage", as sanitizers.sh does.
# The report is build/coverage/kmod/index.html; fails if a run does, or below 95 percent of
# the lines (COVERAGE_LEAST), or 85 percent of the branches (COVERAGE_LEAST_BRANCHES).
# coverage.sh BUILD report: only the report, of runs that were made before.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
build=$(realpath "$1")
export VM_KERNEL=coverage
# shellcheck source=tests/vm/kernel.sh
. "$here/kernel.sh"

runs=$build/$(vm_directory)
report=$top/build/coverage/kmod

# compiled: what the compiler left beside the module's objects, for gcov.
compiled() {
	local version
	version=$("$top/scripts/kernel-version.sh" "$(vm_own_kernel)")
	echo "$top/build/module/$version/kmod"
}

# One run's counts, as gcovr keeps them.
read_counts() {
	local counts=$1 plan work
	plan=$(basename "$(dirname "$counts")")
	work=$report/$plan
	mkdir -p "$work"
	cp "$(compiled)"/*.gcno "$work"
	tar -C "$work" -xf "$counts"
	(cd "$top" && gcovr --root . --filter kmod/ --object-directory "$(vm_own_kernel)" \
		--json "$report/$plan.json" "$work")
	rm -r "$work"
}

write_report() {
	local counts
	rm -rf "$report"
	mkdir -p "$report"
	for counts in "$runs"/*/counts.tar; do
		if [[ -s $counts ]]; then
			read_counts "$counts"
		else
			echo "coverage.sh: nothing in $counts; $(dirname "$counts")/console.log says why"
		fi
	done
	(cd "$top" && gcovr --root . --add-tracefile "$report/*.json" \
		--html-details "$report/index.html" \
		--html-title 'pcipeek.ko: the lines that the tests in the machine run' \
		--txt --print-summary \
		--fail-under-line "${COVERAGE_LEAST:-95}" \
		--fail-under-branch "${COVERAGE_LEAST_BRANCHES:-85}")
}

main() {
	local failed=0
	[[ ${2:-} == report ]] || "$here/sanitizers.sh" "$build" coverage || failed=1
	write_report || failed=1
	echo "coverage: $report/index.html"
	return $failed
}

main "$@"
