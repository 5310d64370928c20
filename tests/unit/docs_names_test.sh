#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# docs_names_test.sh: each test that docs/safety.md and docs/security.md name is there.
# Names with * or … stand for several; one that begins with a dot leaves its suite out.
set -euo pipefail

cd "$(dirname "$0")/../.."

# shellcheck disable=SC2016 # backticks of Markdown
names_in_the_documents() {
	tr '\n' ' ' <docs/safety.md | cat - <(tr '\n' ' ' <docs/security.md) | grep -o '`[^`]*`' |
		tr -d '`' | sed -E 's/^(storm: )?([a-z_]+_test )?//' |
		grep -E '^[A-Z][A-Za-z0-9]*\.[A-Z][A-Za-z0-9]*$|^\.[A-Z][A-Za-z0-9]*$|(^|\.)it_[a-z0-9_]+$' |
		sed 's/^vm\.module\.//' | sort -u
}

# Suite.Name of the programs, subject.it_... of the cases.
names_of_tests() {
	cat tests/unit/*/*_test.cpp tests/vm/*_test.cpp tests/vm/*/*_test.cpp |
		sed -nE 's/^TEST(_F|_P)?\(([A-Za-z0-9]+), ([A-Za-z0-9]+)\).*/\2.\3/p'
	sed -nE 's/.*tell\("([A-Za-z0-9]+\.[A-Za-z0-9]+)".*/\1/p' tests/vm/compat32.c
	for file in tests/vm/cases/*/*.sh tests/vm/module.sh tests/unit/tools/command_test.sh; do
		sed -nE "s/^(it_[a-z0-9_]+)\(\) \{$/$(basename "$file" .sh).\1/p" "$file"
	done
}

missing=0
all=$(names_of_tests)
count=0
while read -r name; do
	count=$((count + 1))
	case $name in
	.* | it_*) pattern="(^|.*\.)${name#.}" ;;
	*) pattern=${name//./\\.} ;;
	esac
	if ! grep -qxE "$pattern" <<<"$all"; then
		echo "there is no test $name"
		missing=1
	fi
done < <(names_in_the_documents)
echo "$count names"
((count > 50)) && exit $missing
