#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
#
# The manual and the command say the same. Usage: tools_man_page_test.sh PCIPEEK PAGE
set -u

binary=$1
page=$2
verbs=(ls info read write fill wait run dump regs decode map config rom bind unbind reload exec header)
failures=0

complain() {
	echo "FAILED: $1"
	failures=$((failures + 1))
}

# Options in the text on standard input, one a line, sorted: "--json", "-d".
options() {
	grep -oE '(^|[ ,[])--?[a-z][a-z-]*' | tr -d ' ,[' | sort -u
}

# The option lines of a --help.
help_of() {
	"$binary" "$@" --help | grep -E '^ +-'
}

# The macros of mdoc that make options, as people see them: "Fl -json" is --json.
shown_options() {
	grep -oE '\bFl -?[a-z][a-z-]*' | sed 's/^Fl /-/' | sort -u
}

section() { # TITLE
	sed -n "/^\.Sh $1\$/,/^\.Sh /p" "$page"
}

synopsis_of() { # VERB
	section SYNOPSIS | sed -n "/^\.Cm $1\$/,/^\.Nm\$/p"
}

# Two spellings of one option are one line of --help; the synopsis has either.
check_synopsis() { # VERB
	local line spelling found shown
	shown=$(synopsis_of "$1" | shown_options)
	while read -r line; do
		[[ $line == --help* ]] && continue
		found=no
		for spelling in $(options <<<"$line"); do
			grep -qxe "$spelling" <<<"$shown" && found=yes
		done
		[[ $found == yes ]] || complain "the synopsis of $1 lacks: $line"
	done < <(help_of "$1")
	for spelling in $shown; do
		help_of "$1" | options | grep -qxe "$spelling" ||
			complain "$1 has no $spelling, but its synopsis says so"
	done
}

check_same() { # WHAT LEFT RIGHT
	diff <(echo "$2") <(echo "$3") || complain "$1"
}

in_help=$({
	help_of
	for verb in "${verbs[@]}"; do
		help_of "$verb"
	done
} | options)

for verb in "${verbs[@]}"; do
	[[ -n $(synopsis_of "$verb") ]] || complain "$verb is not in the synopsis"
	check_synopsis "$verb"
done
check_same 'the options of the command (<) and those of OPTIONS (>) differ' \
	"$in_help" "$(section OPTIONS | grep '^\.It' | shown_options)"

((failures == 0)) || exit 1
if ! command -v mandoc >/dev/null; then
	echo 'skipped: mandoc, which checks the form of the page, is not installed'
	exit 77
fi
# Pages of other packages that are not installed here are no fault of this one.
lint=$(mandoc -T lint "$page" 2>&1 | grep -F "${page##*/}:" | grep -v 'referenced manual not found')
[[ -z $lint ]] || complain "$lint"
((failures == 0))
