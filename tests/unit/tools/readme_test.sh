#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
#
# The program in README.md builds, and names only files that are there.
# Usage: tools_readme_test.sh README CXX LIBRARY FLAG...
set -eu

readme=$1
cxx=$2
library=$3
shift 3
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# shellcheck disable=SC2016 # the backquotes are Markdown's
sed -n '/^```cpp$/,/^```$/{/^```/!p}' "$readme" >"$scratch/board.cpp"
[[ -s $scratch/board.cpp ]]
"$cxx" -std=c++20 -Wall -Wextra -Werror "$@" "$scratch/board.cpp" "$library" -o "$scratch/board"

cd "$(dirname "$readme")"
for target in $(grep -oE '\]\([^)#:]+\)' "$readme" | tr -d ']()'); do
	[[ -e $target ]] || {
		echo "README.md names $target, which is not there"
		exit 1
	}
done
