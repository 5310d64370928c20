#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# result.sh DIR NAME: what the machine said about one case or test; CTest asks it for
# each. Prints what the console showed of it. No word of it is a failure.
# result.sh DIR PROGRAM --gtest_...: the same for GoogleTest: as the "emulator" of the
# programs it lists their tests on the host, and looks the results up.
set -euo pipefail

dir=$1
name=$2

if [[ ${3:-} == --gtest_list_tests ]]; then
	"$name" "${@:3}" | sed 's/  # GetParam.*//'
	exit
fi
if [[ ${3:-} == --gtest_filter=* ]]; then
	section=$(basename "$name")
	name=$section.${3#--gtest_filter=}
fi

tr -d '\r' <"$dir/console.log" |
	awk -v section="--- ${section:-$name}" '/^--- / { shown = $0 == section } shown'
grep -Fqx "pass $name" "$dir/verdict" && exit
echo "result.sh: no 'pass $name' in $dir/verdict" >&2
exit 1
