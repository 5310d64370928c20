#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# fuzz.sh [run|keep]: run builds the fuzzers of tests/fuzz below build/fuzz and lets each
# look for FUZZ_SECONDS (120) in all, or, if it is said, for FUZZ_RUNS inputs in all; only
# FUZZ_TARGETS, if those are named. keep makes what was found, as far as it reaches
# something, the corpus of the tree.
set -euo pipefail

cd "$(dirname "$0")/.."

build=build/fuzz/cmake
corpus=tests/fuzz/corpus

# What each gets of 100 runs, and its longest input. The checks of the module are many
# times faster than the parsers.
declare -A share=([validate]=60 [program]=24 [argument]=2 [assign]=2 [bar_table]=2
	[location]=2 [map_litex]=1 [map_svd]=2 [map_toml]=1 [pci_ids]=2 [script]=2)
declare -A longest=([validate]=160 [program]=1024 [argument]=64 [assign]=96 [bar_table]=400
	[location]=96 [map_litex]=400 [map_svd]=1024 [map_toml]=400 [pci_ids]=200 [script]=200)
# shellcheck disable=SC2206 # words
targets=(${FUZZ_TARGETS:-$(printf '%s\n' "${!share[@]}" | sort)})

compile() {
	[[ -e $build/CMakeCache.txt ]] || cmake -S . -B $build -DPCIPEEK_FUZZ=ON \
		-DCMAKE_C_COMPILER=clang -DCMAKE_CXX_COMPILER=clang++
	cmake --build $build -j "${JOBS:-$(nproc)}" --target pcipeek_fuzzers
}

# The time or the number of inputs that a target has.
limit_of() {
	if [[ -n ${FUZZ_RUNS:-} ]]; then
		echo "-runs=$((FUZZ_RUNS * ${share[$1]} / 100))"
	else
		echo "-max_total_time=$((${FUZZ_SECONDS:-120} / ${#targets[@]}))"
	fi
}

look() {
	local target=$1
	local -a words=()
	mkdir -p "build/fuzz/found/$target"
	[[ ! -e tests/fuzz/$target.dict ]] || words+=("-dict=tests/fuzz/$target.dict")
	"$build/tests/fuzz/fuzz_$target" "$(limit_of "$target")" -max_len="${longest[$target]}" \
		"${words[@]}" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
		-artifact_prefix="build/fuzz/$target-" \
		"build/fuzz/found/$target" "$corpus/$target" >"build/fuzz/$target.log" 2>&1
}

# TARGET, runs, runs a second, edges of code that were reached
figures_of() {
	awk -v target="$1" '
		/^stat::number_of_executed_units:/ { runs = $2 }
		/^Done / { seconds = $5 }
		match($0, / cov: [0-9]+/) { edges = substr($0, RSTART + 6, RLENGTH - 6) }
		END { printf "%-12s%12d%10d%10d\n", target, runs, seconds, edges }
	' "build/fuzz/$1.log"
}

# A target that finds something fails: complain() tells of it, by what it left.
run_all() {
	local target
	printf '%-12s%12s%10s%10s\n' target runs seconds edges
	for target in "${targets[@]}"; do
		look "$target" || true
		figures_of "$target"
	done | tee build/fuzz/figures
	awk '{ sum += $2 } END { printf "%-12s%12d\n", "all", sum }' build/fuzz/figures
}

complain() {
	local target broken=0
	for target in "${targets[@]}"; do
		grep -q '^Done ' "build/fuzz/$target.log" && continue
		broken=1
		echo "fuzz: $target found something: build/fuzz/$target.log" >&2
		grep -E 'not so|^SUMMARY|runtime error|Test unit written' \
			"build/fuzz/$target.log" >&2 || true
	done
	return $broken
}

keep() {
	local target
	for target in "${targets[@]}"; do
		rm -rf "build/fuzz/kept/$target"
		mkdir -p "build/fuzz/kept/$target" "build/fuzz/found/$target"
		"$build/tests/fuzz/fuzz_$target" -set_cover_merge=1 -use_counters=0 \
			-max_len="${longest[$target]}" "build/fuzz/kept/$target" \
			"$corpus/$target" "build/fuzz/found/$target" >"build/fuzz/$target.log" 2>&1
		rm -rf "${corpus:?}/$target"
		cp -r "build/fuzz/kept/$target" "$corpus/"
	done
	find $corpus -type f | wc -l
}

main() {
	case ${1:-run} in
	run)
		compile
		run_all
		complain
		;;
	keep)
		compile
		keep
		;;
	*)
		echo "fuzz.sh: run or keep, not: $1" >&2
		return 2
		;;
	esac
}

main "$@"
