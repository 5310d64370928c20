# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# model.awk FIGURES: what the counts come to on hardware, in a model: time = instructions at
# a steady rate, and one round trip on the bus for each read. Nothing of it was measured but
# the instructions.

BEGIN {
	instructions_a_ns = 3 * 1.5
	round_trip_ns = 1000
}

{ counted[$1] = $2 }

END {
	printf "| %-36s | %12s | %9s | %6s | %12s |\n", "one read by", "instructions", "processor",
		"bus", "added to bus"
	print "|---|---:|---:|---:|---:|"
	row("a mapping", "mapping.load")
	row("BLOCK of 1024 dwords, each", "block.read.dword")
	row("BATCH of 256, each", "batch.read")
	row("READ", "read.memory")
	row("libpcipeek's `read<uint32_t>()`", "library.read")
	row("vfio-pci, `pread()`", "vfio.pread")
	row("sysfs I/O, `pread()`", "sysfs.io.pread")
}

function row(words, name,    processor) {
	processor = counted[name] / instructions_a_ns
	printf "| %-36s | %12.0f | %6.0f ns | %d ns | %10.1f %% |\n", words, counted[name],
		processor, round_trip_ns, 100 * processor / round_trip_ns
}
