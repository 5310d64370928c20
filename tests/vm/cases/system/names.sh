# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2016,SC2154 # for a shell of its own; names of machine.sh
#
# Where names come from: udev's hardware database, then the lists of ids.

misc=/usr/share/misc/pci.ids

# with SETUP COMMAND: in a mount namespace in which /usr/share and /etc/udev may be changed.
with() {
	run timeout 20 unshare -m sh -c "
		set -e
		mount -t tmpfs none /usr/share/misc
		$1
		exec $2"
}

name_is() {
	status_is 0
	output_matches "^0000:00:03.0 1234:11e8 [^ ]+ +$1\$"
}

edu_list='printf "1234  Teachers\n\t11e8  A device to teach\n"'

it_asks_the_other_lists_too() {
	local path
	for path in /usr/share/hwdata /usr/share /var/lib/pciutils; do
		with "mkdir -p $path; $edu_list >$path/pci.ids" 'pcipeek ls -s 00:03.0'
		rm -f $path/pci.ids
		name_is 'Teachers A device to teach'
	done
}

it_reads_a_compressed_list() {
	with "$edu_list | gzip >$misc.gz" 'pcipeek ls -s 00:03.0'
	name_is 'Teachers A device to teach'
}

it_is_not_stopped_by_an_empty_list() {
	with ": >$misc; mkdir -p /usr/share/hwdata; $edu_list >/usr/share/hwdata/pci.ids" \
		'pcipeek ls -s 00:03.0'
	rm -f /usr/share/hwdata/pci.ids
	name_is 'Teachers A device to teach'
}

# The hardware database knows the vendor alone.
it_asks_the_lists_what_the_hardware_database_does_not_know() {
	mkdir -p /etc/udev/hwdb.d
	printf 'pci:v00001234*\n ID_VENDOR_FROM_DATABASE=Of the database\n' \
		>/etc/udev/hwdb.d/90-test.hwdb
	udevadm hwdb --update
	with "$edu_list >$misc" 'pcipeek ls -s 00:03.0'
	rm -f /etc/udev/hwdb.d/90-test.hwdb /etc/udev/hwdb.bin
	name_is 'Of the database A device to teach'
}

it_lists_whatever_the_sources_are() {
	local source
	for source in "mkdir $misc" "mkfifo $misc" "ln -s /dev/zero $misc" \
		"ln -s /dev/full $misc" "ln -s /proc/kmsg $misc" \
		"head -c 3000000 /dev/zero | tr '\\0' x >$misc" \
		"{ printf '1234  '; head -c 3000000 /dev/zero | tr '\\0' x; } >$misc" \
		"head -c 4000000 /dev/urandom >$misc" \
		"head -c 1000000 /dev/urandom | gzip >$misc.gz" \
		"head -c 20000000 /dev/zero | gzip >$misc.gz" \
		"mkfifo /etc/udev/hwdb.bin" "mkdir /etc/udev/hwdb.bin" \
		": >/etc/udev/hwdb.bin" "head -c 100000 /dev/urandom >/etc/udev/hwdb.bin"; do
		with "$source" 'pcipeek ls'
		rm -rf /etc/udev/hwdb.bin
		status_is 0
		error_is ''
		output_matches '0000:00:03.0 1234:11e8'
		(($(wc -c </run/vm/output) < 10000)) || fail 'it prints too much' "$source"
	done
}

it_sends_nothing_to_the_terminal_that_it_would_obey() {
	local verb
	for verb in 'ls -s 00:03.0' 'info 00:03.0' 'ls --json -s 00:03.0'; do
		with 'printf "1234  A\033[31mB\007C\rD\0E\370F\302\233G\r\n\t11e8  x\r\n" >'"$misc" \
			"pcipeek $verb"
		status_is 0
		if LC_ALL=C tr -d '\n -~' </run/vm/output | grep -q .; then
			[[ $verb == *json* ]] || fail 'bytes that are not printable' "$verb"
		fi
		[[ $verb == *json* ]] || output_matches 'A\?\[31mB\?C\?D\?E\?F\?\?G'
	done
}
