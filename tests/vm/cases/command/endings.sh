# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2034,SC2086,SC2154 # words of dsl.sh and machine.sh
#
# An output that cannot be written: every verb that prints ends as `seq` does.

# One line for each way to print.
printing() {
	cat <<-END
		ls
		ls -v
		ls --json
		info $edu
		info $edu --json
		read $edu bar0
		read $edu bar0,64
		read $edu bar0,64 --json
		read $edu bar0,64 --raw
		read $edu bar0,64 --fixed
		read $edu config,4 --json
		write $edu bar0=1 --dry-run
		fill $edu bar0,64=1 --dry-run
		wait $edu bar0==0x010000ed
		wait $edu bar0==0 --timeout 0s
		run $edu -e bar0
		run $edu -e bar0,64 --json
		run $edu -e bar0 --dry-run
		dump $edu bar0,64
		dump $edu bar0,64 --raw
		dump $rtl8139 rom,64 --raw
		config $edu
		config $edu --json
		config $edu COMMAND
		config $edu COMMAND --json
		rom $rtl8139 -o -
	END
}

# into_closed_pipe COMMAND...: as run, with a pipe that nobody reads as its output.
into_closed_pipe() {
	mkfifo /run/vm/pipe
	exec 5<>/run/vm/pipe
	exec 6>/run/vm/pipe 5<&-
	rm /run/vm/pipe
	status=0
	"$@" >&6 2>/run/vm/error || status=$?
	exec 6>&-
	error=$(</run/vm/error)
}

it_ends_by_the_signal_when_nobody_reads_its_output() {
	local words
	while read -r words; do
		[[ $words != wait*0s ]] || continue # it has failed anyway: the next case
		echo "$words"
		into_closed_pipe pcipeek $words
		status_is $((128 + 13))
		error_is ''
	done < <(printing)
}

it_reports_a_failure_although_nobody_reads_its_output() {
	into_closed_pipe pcipeek wait $edu bar0==0 --timeout 0s
	status_is 7
	error_matches '^pcipeek: 0000:00:03.0: timed out'
	setpci -s $nvme COMMAND=0:2
	into_closed_pipe pcipeek read $edu bar0,9
	status_is $((128 + 13))
	into_closed_pipe pcipeek read $nvme config,4 bar0 --json
	status_is 6
	error_matches 'does not decode its memory space'
}

it_fails_when_the_disk_is_full() {
	local words
	while read -r words; do
		echo "$words"
		status=0
		pcipeek $words >/dev/full 2>/run/vm/error || status=$?
		error=$(</run/vm/error)
		error_is_one_line
		[[ $words != wait*0s ]] || continue
		status_is 1
		error_matches 'cannot write to standard output: No space left on device$'
	done < <(printing)
}

it_fails_when_its_output_is_closed() {
	local words
	while read -r words; do
		echo "$words"
		status=0
		pcipeek $words >&- 2>/run/vm/error || status=$?
		error=$(</run/vm/error)
		error_is_one_line
		[[ $words != wait*0s ]] || continue
		status_is 1
		error_matches 'cannot write to standard output: Bad file descriptor$'
	done < <(printing)
}

it_ends_a_list_that_fails_in_the_middle_with_the_reason() {
	setpci -s $nvme COMMAND=0:2
	run pcipeek read $nvme config.w bar0 --json
	status_is 6
	error_matches 'does not decode its memory space'
	output_matches '^\[
  \{"location":"config\+0x00".*\},
  \{"error":"cannot read 32 bits at bar0\+0x0 of 0000:01:00.0: .* memory space.*"\}
\]$'
}
