# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# The words that cases are written in. `run` runs a command and remembers what it
# printed, how it ended, and what the devices saw; the others say what that had to be.
# To be sourced.

mark=/run/vm/mark

fail() {
	printf 'FAILED: %s\n' "$@"
	exit 1
}

must_equal() { # WHAT WANTED GOT
	[[ $2 == "$3" ]] || fail "$1" "wanted: $2" "got:    $3"
}

must_match() { # WHAT REGEX GOT
	[[ $3 =~ $2 ]] || fail "$1" "wanted a match of: $2" "got: $3"
}

# run COMMAND...: sets output, error, status.
run() {
	device-trace mark "$mark"
	status=0
	echo "\$ $*"
	"$@" >/run/vm/output 2>/run/vm/error || status=$?
	output=$(</run/vm/output)
	error=$(</run/vm/error)
	cat /run/vm/output /run/vm/error
}

# run_as USER COMMAND...
run_as() {
	local user=$1
	shift
	run setpriv --reuid="$user" --regid="$user" --init-groups -- "$@"
}

status_is() {
	must_equal 'exit status' "$1" "$status"
}

output_is() {
	must_equal 'output' "$1" "$output"
}

output_matches() {
	must_match 'output' "$1" "$output"
}

error_is() {
	must_equal 'error output' "$1" "$error"
}

error_matches() {
	must_match 'error output' "$1" "$error"
}

error_is_one_line() {
	must_equal 'lines of error output' 1 "$(wc -l </run/vm/error)"
}

# device_saw DEVICE ACCESS...: exactly these, in this order, and nothing else.
device_saw() {
	local device=$1
	shift
	must_equal "accesses of $device" "$(printf '%s\n' "$@")" "$(device-trace since $mark "$device")"
}

device_saw_nothing() {
	must_equal "accesses of $1" '' "$(device-trace since $mark "$1")"
}

# succeeds_with OUTPUT
succeeds_with() {
	status_is 0
	output_is "$1"
	error_is ''
}

# refused STATUS REGEX DEVICE: one line says why, and the device saw nothing.
refused() {
	status_is "$1"
	output_is ''
	error_is_one_line
	error_matches "$2"
	device_saw_nothing "$3"
}
