# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2034,SC2086,SC2154 # words of dsl.sh and machine.sh
#
# A BAR of 16 GiB: every verb moves data of any size in little memory. docs/memory.md has
# figures of more data than there is time for here.

# A tenth of what the manual promises to be enough, since the data here are less, too.
limit=30000
half=0x200000000 # of the BAR, in bytes
kib=1024
mib=$((1024 * kib))
image=/run/vm/image

# limited ARGUMENT...: pcipeek, with that much address space, in KiB.
limited() {
	(
		ulimit -v $limit
		exec pcipeek "$@"
	)
}

# make_image BYTES: a file in which no piece is like another.
make_image() {
	rm -f $image
	head -c "$1" < <(seq -w 10000000) >$image
}

# holds_image: whether the BAR has the image from its middle on, by the file behind it.
holds_image() {
	cmp $image <(dd if=/trace/large bs=65536 skip=$((half / 65536)) \
		count=$(($(stat -c %s $image) / 65536)) 2>/dev/null)
}

it_writes_a_file() {
	make_image $((16 * mib))
	limited write $large bar2+$half.q --file $image
	holds_image
}

it_writes_and_verifies_a_file() {
	make_image $((2 * mib))
	limited write $large bar2+$half.q --file $image --verify
	holds_image
}

it_prints_what_a_write_of_a_file_would_do() {
	make_image $((2 * mib))
	limited write $large bar2+$half.q --file $image --dry-run >/run/vm/lines
	must_equal 'lines' 262144 "$(wc -l </run/vm/lines)"
	must_equal 'last line' "bar2+0x2001ffff8 0x$(tail -c 4 $image | hexdump -e '1/4 "%08x"')$(
		tail -c 8 $image | head -c 4 | hexdump -e '1/4 "%08x"'
	)" \
		"$(tail -n 1 /run/vm/lines)"
}

it_writes_a_file_to_a_fifo() {
	make_image $((16 * mib))
	limited write $large bar2+$half.q --file $image --fixed
	must_equal 'last element' "$(tail -c 8 $image)" \
		"$(dd if=/trace/large bs=8 skip=$((half / 8)) count=1 2>/dev/null)"
}

it_reads_and_dumps_bytes() {
	make_image $((16 * mib))
	pcipeek write $large bar2+$half.q --file $image
	limited dump $large bar2+$half.q,$((16 * mib / 8)) --raw | cmp - $image
	limited read $large bar2+$half.q,$((4 * mib / 8)) --raw | cmp - <(head -c $((4 * mib)) $image)
}

it_reads_a_fifo() {
	make_image $((64 * kib))
	pcipeek write $large bar2+$half.q --file $image
	limited read $large bar2+$half.q,1000000 --fixed --raw >/run/vm/fifo
	must_equal 'bytes' 8000000 "$(stat -c %s /run/vm/fifo)"
	cmp <(tail -c 8 /run/vm/fifo) <(head -c 8 $image)
}

it_dumps_lines() {
	make_image $((512 * kib))
	pcipeek write $large bar2+$half.q --file $image
	limited dump $large bar2+$half.q,65536 >/run/vm/lines
	must_equal 'lines' 32769 "$(wc -l </run/vm/lines)"
	must_equal 'last line' 200080000 "$(tail -n 1 /run/vm/lines)"
}

it_prints_json_as_it_reads() {
	make_image $((512 * kib))
	pcipeek write $large bar2+$half.q --file $image
	limited read $large bar2+$half,131072 --json >/run/vm/list
	must_equal 'lines' 131074 "$(wc -l </run/vm/list)"
	must_equal 'end' "  {\"location\":\"bar2+0x20007fffc\",\"bar\":2,\"offset\":8590458876,\"width\":4,\
\"value\":$(tail -c 4 $image | hexdump -e '1/4 "%u"'),\
\"hex\":\"0x$(tail -c 4 $image | hexdump -e '1/4 "%08x"')\"}
]" "$(tail -n 2 /run/vm/list)"
}

it_fills() {
	limited fill $large bar2+$half.q,$((16 * mib / 8))=0x3736353433323130
	head -c $((16 * mib)) < <(yes 01234567 | tr -d '\n') >$image
	holds_image
}

it_refuses_a_file_that_is_too_large_before_it_reads_it() {
	make_image $((64 * kib))
	pcipeek write $large bar2+$half.q --file $image
	truncate -s 16G /run/vm/sparse
	status=0
	timeout 20 bash -c "ulimit -v $limit; exec \"\$@\"" - \
		pcipeek write $large bar2+$half.q --file /run/vm/sparse 2>/run/vm/error || status=$?
	error=$(</run/vm/error)
	status_is 5
	error_is_one_line
	# from the middle on, 16 GiB
	error_matches 'tried to access 0x([0-9a-f]+)-0x([0-9a-f]+)\.'
	must_equal 'size' $((16 << 30)) $((0x${BASH_REMATCH[2]} - 0x${BASH_REMATCH[1]} + 1))
	holds_image
}

# zeros MIB
zeros() {
	dd if=/dev/zero bs=$mib count="$1" 2>/dev/null
}

it_takes_no_more_than_64_mib_from_a_pipe() {
	limit=300000
	make_image $((64 * kib))
	pcipeek write $large bar2+$half.q --file $image
	status=0
	zeros 65 | limited write $large bar2+$half.q --file - 2>/run/vm/error || status=$?
	error=$(</run/vm/error)
	status_is 2
	error_matches '^pcipeek: write: the size of standard input .* more than 67108864 bytes'
	holds_image
	pcipeek write $large bar2+$((half + 64 * mib - 8)).q=1 bar2+$((half + 64 * mib)).q=1
	zeros 64 | limited write $large bar2+$half.q --file -
	run pcipeek read $large bar2+$half.q bar2+$((half + 64 * mib - 8)).q,2
	succeeds_with "$(printf '%s\n' 'bar2+0x200000000 0x0000000000000000' \
		'bar2+0x203fffff8 0x0000000000000000' 'bar2+0x204000000 0x0000000000000001')"
}

it_says_that_there_is_not_enough_memory() {
	local status=0
	limit=50000
	zeros 60 | limited write $large bar2.q --file - 2>/run/vm/error || status=$?
	must_equal 'exit status' 1 $status
	must_equal 'error output' 'pcipeek: write: out of memory' "$(</run/vm/error)"
}
