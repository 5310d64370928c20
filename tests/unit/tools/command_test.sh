#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
#
# The whole command, on the boards of boards.umockdev in place of the machine's
# own. Usage: tools_command_test.sh PCIPEEK [CLAIM]...; each function it_... is a claim.
set -u

binary=$1
shift
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

fail() {
	printf 'FAILED: %s\n' "$@"
	exit 1
}

# pcipeek ARGUMENT...: sets output, error, status.
pcipeek() {
	status=0
	"$binary" "$@" >"$scratch/output" 2>"$scratch/error" || status=$?
	output=$(cat "$scratch/output")
	error=$(cat "$scratch/error")
}

# is STATUS OUTPUT ERROR
is() {
	[[ $status == "$1" ]] || fail "exit status $status, not $1" "$error"
	[[ $output == "$2" ]] || fail 'output' "$output" 'and not' "$2"
	[[ $error == "$3" ]] || fail 'error output' "$error" 'and not' "$3"
}

prints() {
	is 0 "$1" ''
}

refuses() {
	is "$1" '' "pcipeek: $2"
}

skip_with_module() {
	[[ -e /dev/pcipeek ]] || return 0
	echo 'skipped: /dev/pcipeek is there, and this is about a machine without it'
	exit 77
}

it_lists_the_devices_and_their_bars() {
	pcipeek ls -v
	prints '0000:05:0c.0 1147:0c5d -     Interface Corp
    bar0  io   0x00002000  32 bytes, 32-bit
    bar1  io   0x00002048  4 bytes, 32-bit
0000:05:0d.0 1147:0c8e -     Interface Corp
    bar0  mem  0x90502000  64 bytes, 32-bit
    bar1  mem  0x90501000  64 bytes, 32-bit
    bar2  mem  0x90503000  32 bytes, 32-bit
0000:06:00.0 1147:0c8e board Interface Corp
    bar0  mem  0x4000000000  1 MiB, 64-bit, prefetchable'
}

it_lists_only_what_was_asked_for() {
	pcipeek ls -d 1147:0c5d
	prints '0000:05:0c.0 1147:0c5d - Interface Corp'
	pcipeek ls -s 06: -d 1147:
	prints '0000:06:00.0 1147:0c8e board Interface Corp'
	pcipeek ls -s 07:
	prints ''
}

it_prints_json_with_the_documented_fields() {
	pcipeek ls --json -s 06:00.0
	prints '[
  {
    "address": "0000:06:00.0",
    "vendor_id": 4423,
    "device_id": 3214,
    "subsystem_vendor_id": 0,
    "subsystem_id": 0,
    "class_code": 1146880,
    "revision_id": 2,
    "vendor": "Interface Corp",
    "device": "",
    "class": "Signal processing controller",
    "driver": "board",
    "bar": [
      {
        "index": 0,
        "type": "mem",
        "addr": 274877906944,
        "size": 1048576,
        "prefetchable": true,
        "bits": 64
      }
    ]
  }
]'
}

it_prints_no_driver_as_null() {
	pcipeek ls --json -s 05:0c.0
	[[ $output == *'"driver": null,'* ]] || fail "$output"
}

it_prints_an_empty_list_as_json_too() {
	pcipeek ls --json -s 07:
	prints '[]'
}

it_shows_a_device_without_the_module_and_says_what_is_missing() {
	skip_with_module
	pcipeek info 05:0d.0
	prints 'address   0000:05:0d.0
ids       1147:0c8e, revision 01
subsystem 1147:2090
vendor    Interface Corp
class     ff0000 Unassigned class
driver    none
granted   no
state     unknown: cannot ask for the state of 0000:05:0d.0: there is no /dev/pcipeek: the module is not loaded; as root: modprobe pcipeek
bar0  mem  0x90502000  64 bytes, 32-bit
bar1  mem  0x90501000  64 bytes, 32-bit
bar2  mem  0x90503000  32 bytes, 32-bit'
}

it_cannot_read_without_the_module() {
	skip_with_module
	pcipeek read 05:0d.0 bar0
	refuses 1 'cannot read 32 bits at bar0+0x0 of 0000:05:0d.0: there is no /dev/pcipeek: the module is not loaded; as root: modprobe pcipeek'
}

it_asks_which_of_several_devices_is_meant() {
	pcipeek read 1147:0c8e bar0
	refuses 2 "read: '1147:0c8e' matches 2 devices; choose one: @0 (0000:05:0d.0), @1 (0000:06:00.0)"
}

it_takes_the_nth_of_several_devices() {
	pcipeek write 1147:0c8e@1 bar0+0xfffff.b=1 --dry-run
	prints 'bar0+0xfffff 0x01'
	pcipeek write 1147:0c8e@2 bar0=1 --dry-run
	refuses 3 "cannot find 1147:0c8e@2: 2 found, counted from @0; 'pcipeek ls' lists the devices"
}

it_takes_a_device_only_if_its_ids_are_as_asserted() {
	pcipeek write 1147:0c8e@05:0d.0 bar0=1 --dry-run
	prints 'bar0+0x00 0x00000001'
	pcipeek write 1147:0c8e@05:0c.0 bar0=1 --dry-run
	refuses 3 "cannot find 1147:0c8e@05:0c.0: the device there is 1147:0c5d; 'pcipeek ls' lists the devices"
}

it_says_that_there_is_no_such_device() {
	pcipeek info 07:00.0
	refuses 3 "cannot find 07:00.0: there is no such device; 'pcipeek ls' lists the devices"
}

it_refuses_what_is_outside_the_bar() {
	pcipeek read 05:0d.0 bar2+0x1d
	refuses 5 "cannot read bar2+0x1d of 0000:05:0d.0: PCI addr space is 0x90503000-0x9050301f while tried to access 0x9050301d-0x90503020. 'pcipeek info 0000:05:0d.0' shows the sizes of its BARs"
}

it_refuses_a_misaligned_offset() {
	pcipeek write 05:0d.0 bar2+0x02=1
	refuses 5 'cannot write 32 bits at bar2+0x2 of 0000:05:0d.0: the offset is not a multiple of 4 bytes; use one that is, or a narrower width'
}

it_refuses_a_bar_that_is_not_there() {
	pcipeek dump 05:0d.0 bar3
	[[ $status == 5 ]] || fail "exit status $status" "$error"
	pcipeek read 05:0d.0 bar6
	refuses 5 'cannot use BAR 6 of 0000:05:0d.0: BAR numbers are 0 to 5'
	pcipeek read 06:00.0 bar1
	refuses 5 'cannot use BAR 1 of 0000:06:00.0: it is the upper half of the 64-bit BAR 0; use BAR 0'
}

it_checks_all_locations_before_the_first_access() {
	pcipeek read 05:0d.0 bar0 bar2+0x20
	[[ $status == 5 ]] || fail "exit status $status" "$error"
	pcipeek write 05:0d.0 bar0=1 bar2+0x20=1
	[[ $status == 5 ]] || fail "exit status $status" "$error"
}

it_refuses_what_a_write_cannot_do() {
	pcipeek write 05:0d.0 bar0,2=1
	refuses 2 "write: 'bar0,2=1': one value goes to one register; leave out the count, or use 'pcipeek fill'"
	pcipeek fill 05:0d.0 bar0=1
	refuses 2 "fill: 'bar0=1': the number of registers is missing; write LOCATION,COUNT=VALUE or LOCATION..END=VALUE"
	pcipeek write 05:0d.0 bar0=1 --fixed
	refuses 2 "write: --fixed requires --file; see 'pcipeek write --help'"
}

it_refuses_options_that_make_no_sense_together() {
	pcipeek read 05:0d.0 bar0:7:4 --raw
	refuses 2 "read: 'bar0:7:4': --raw writes whole bytes; leave out the bit field or --raw"
	pcipeek dump 05:0d.0 bar0:7:4
	refuses 2 "dump: 'bar0:7:4': a dump shows whole bytes; leave out the bit field, or use 'pcipeek read'"
	pcipeek read 05:0d.0 bar0 --json --raw
	refuses 2 "read: --json excludes --raw; see 'pcipeek read --help'"
}

it_prints_what_a_write_would_do() {
	pcipeek write 05:0d.0 bar0+4.w=0b101 bar1=0xdeadbeef --dry-run
	prints 'bar0+0x04 0x0005
bar1+0x00 0xdeadbeef'
}

it_refuses_an_unknown_verb() {
	pcipeek peek
	refuses 2 "'peek' is not a verb; 'pcipeek --help' lists them"
	pcipeek
	refuses 2 "a verb is missing; 'pcipeek --help' lists the verbs"
}

it_has_help_for_every_verb() {
	pcipeek --help
	[[ $status == 0 ]] || fail "exit status $status" "$error"
	for verb in ls info read write fill wait run dump config rom bind unbind reload exec; do
		[[ $output == *"  $verb "* ]] || fail "$verb is not listed"
	done
	for verb in ls info read write fill wait run dump config rom bind unbind reload exec; do
		pcipeek "$verb" --help
		[[ $status == 0 && $output == *"Usage: pcipeek $verb"* ]] || fail "$verb" "$output"
	done
}

it_prints_its_version() {
	pcipeek --version
	[[ $status == 0 && $output =~ ^pcipeek\ [0-9]+\.[0-9]+\.[0-9]+$ ]] || fail "$output"
}

it_fails_when_its_output_cannot_be_written() {
	"$binary" ls >/dev/full 2>"$scratch/error"
	[[ $? == 1 ]] || fail 'a full disk was not noticed'
	"$binary" ls >&- 2>>"$scratch/error"
	[[ $? == 1 ]] || fail 'a closed output was not noticed'
	diff "$scratch/error" - <<-'END' || fail 'other messages'
	pcipeek: ls: cannot write to standard output: No space left on device
	pcipeek: ls: cannot write to standard output: Bad file descriptor
	END
}

# into_closed_pipe ARGUMENT...: standard output is a pipe that nobody reads; sets status
# and error.
into_closed_pipe() {
	rm -f "$scratch/pipe"
	mkfifo "$scratch/pipe"
	exec 3<>"$scratch/pipe"
	exec 4>"$scratch/pipe" 3<&-
	status=0
	"$binary" "$@" >&4 2>"$scratch/error" || status=$?
	exec 4>&-
	output=
	error=$(cat "$scratch/error")
}

it_ends_by_the_signal_when_nobody_reads_its_output() {
	local verb
	local -a verbs=('ls' 'ls -v' 'ls --json' 'info 05:0d.0' 'info 05:0d.0 --json'
		'write 05:0d.0 bar0=1 --dry-run' 'fill 06:00.0 bar0,9999=1 --dry-run'
		'run 05:0d.0 --dry-run -e bar0' '--help' '--version' 'read --help')
	for verb in "${verbs[@]}"; do
		# shellcheck disable=SC2086 # words
		into_closed_pipe $verb
		is $((128 + $(kill -l PIPE))) '' ''
	done
}

it_reports_a_broken_pipe_if_the_signal_is_ignored() {
	trap '' PIPE
	into_closed_pipe ls
	trap - PIPE
	refuses 1 'ls: cannot write to standard output: Broken pipe'
}

if [[ ${PCIPEEK_TEST_BOARDS-} != yes ]]; then
	sed -n '/^P:/,$p' "$here/boards.umockdev" >"$scratch/boards.umockdev"
	PCIPEEK_TEST_BOARDS=yes umockdev-run -d "$scratch/boards.umockdev" -- \
		"$0" "$binary" "$@"
	exit
fi
if (($# == 0)); then
	mapfile -t claims < <(compgen -A function it_)
	set -- "${claims[@]}"
fi
for claim; do
	echo "$claim"
	"$claim"
done
