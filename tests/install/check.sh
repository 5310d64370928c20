#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
#
# check.sh CMAKE BUILD_DIR CXX SANITIZERS: installs into a directory, moves that elsewhere, and
# builds and runs a program against it, once with pkg-config and once with find_package.
set -eu
cmake=$1 build=$2 cxx=$3 sanitizers=$4
here=$(dirname "$(readlink -f "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say() { echo "-- $*"; }
sanitize=${sanitizers:+-fsanitize=$sanitizers}

say 'install'
"$cmake" --install "$build" --prefix "$work/first" >/dev/null
mv "$work/first" "$work/moved"
pc=$(find "$work/moved" -name pcipeek.pc)
libdir=$(dirname "$(dirname "$pc")")
export LD_LIBRARY_PATH="$libdir"

say 'pkg-config'
export PKG_CONFIG_PATH="${pc%/*}"
# shellcheck disable=SC2046,SC2086 # flags are words
"$cxx" -std=c++20 -Wall -Wextra -Wpedantic -Werror $sanitize "$here/consumer/program.cpp" \
	$(pkg-config --cflags --libs pcipeek) -o "$work/program"
"$work/program"

say 'pkg-config where only this package is known'
for option in '' --static; do
	# shellcheck disable=SC2086 # an option or none
	PKG_CONFIG_PATH='' PKG_CONFIG_LIBDIR="${pc%/*}" \
		pkg-config $option --print-errors --cflags --libs pcipeek >/dev/null
done

say 'each header compiles alone'
find "$work/moved/include/pcipeek" -name '*.hpp' | while read -r header; do
	# shellcheck disable=SC2046,SC2086 # flags are words
	"$cxx" -std=c++20 -Wall -Wextra -Wpedantic -Werror -fsyntax-only -x c++ \
		$(pkg-config --cflags pcipeek) -include "$header" /dev/null
done

say 'the example that testing.hpp names'
example=$(sed -n 's|^ \* \(share/doc/[^ ]*\.cpp\) .*|\1|p' "$work"/moved/include/pcipeek/testing.hpp)
# shellcheck disable=SC2046,SC2086 # flags are words
"$cxx" -std=c++20 $sanitize "$work/moved/${example:?testing.hpp names none}" \
	$(pkg-config --cflags --libs pcipeek) -o "$work/example"
"$work/example"

say 'find_package'
"$cmake" -S "$here/consumer" -B "$work/build" -DCMAKE_PREFIX_PATH="$work/moved" \
	-DCMAKE_CXX_COMPILER="$cxx" -DCMAKE_CXX_FLAGS="$sanitize" >/dev/null
"$cmake" --build "$work/build" >/dev/null
"$work/build/program"
