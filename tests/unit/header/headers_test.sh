#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
#
# usage: headers_test.sh PCIPEEK CXX INCLUDE MAPS
#
# A header is made of each map that ships with registers in a BAR, and the compiler takes it.
set -eu

pcipeek=$1
cxx=$2
include=$3
maps=$4
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

: >"$scratch/all.cpp"
for map in "$maps"/*.toml; do
	name=m_$(basename "$map" .toml | tr -c 'a-z0-9\n' _)
	grep -q '^\[bar[0-5]\.' "$map" || continue
	"$pcipeek" header "$map" --namespace "$name" >"$scratch/$name.hpp"
	echo "#include \"$name.hpp\"" >>"$scratch/all.cpp"
done
[[ -s $scratch/all.cpp ]]
"$cxx" -std=c++20 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror -fsyntax-only \
	-I"$include" "$scratch/all.cpp"
