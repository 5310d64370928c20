#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# coverage.sh: which lines of the library, the command and the module's pure files the
# unit tests run. The report is build/coverage/index.html; fails below COVERAGE_LEAST (90)
# percent of the lines of one of them.
set -euo pipefail

cd "$(dirname "$0")/.."

build=build/coverage/cmake
counts=build/coverage/counts.json
targets=(pcipeek pcipeek_command pcipeek_unit_tests pcipeek_command_tests
	pcipeek_kmod_tests pcipeek_mapping_accessors fake_board_test)

# Not optimised: lines are counted as they stand.
compile() {
	cmake -S . -B $build -DPCIPEEK_COVERAGE=ON -DCMAKE_BUILD_TYPE=Debug
	cmake --build $build -j "${JOBS:-$(nproc)}" --target "${targets[@]}"
}

# Without those that read the code of accessors, as it is when it is optimised.
run_tests() {
	find $build -name '*.gcda' -delete
	ctest --test-dir $build -L unit -E unit.mapping -j "${JOBS:-$(nproc)}" --output-on-failure
}

count() {
	gcovr --root . --object-directory $build --exclude-throw-branches \
		--filter 'lib/(src|format|include)/' --filter tools/ --filter kmod/ \
		--json $counts $build
	gcovr --root . --add-tracefile $counts --html-details build/coverage/index.html \
		--html-title 'pcipeek: the lines that unit tests run'
}

# Says how much of the files that match is run, and whether that is enough. To a file: gcovr
# removes what it is told to write to, first, and root may remove /dev/null.
judge() {
	echo "== $1"
	gcovr --root . --add-tracefile $counts --filter "$1" --print-summary \
		--fail-under-line "${COVERAGE_LEAST:-90}" --output build/coverage/files.txt
}

main() {
	local part failed=0
	compile
	run_tests
	count
	for part in lib/ tools/ kmod/; do
		judge $part || failed=1
	done
	echo "coverage: build/coverage/index.html"
	return $failed
}

main
