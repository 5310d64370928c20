# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# gate.awk BASELINE FIGURES: fails if a hot path grew by more than 3 %.

BEGIN {
	gated = "^(read|write)\\.(memory|io)$|^batch\\.(read|write|rmw)$|^block\\."
	allowed = 1.03
}

/^#/ { next }

FNR == NR {
	if ($1 ~ gated)
		kept[$1] = $2
	next
}

{ measured[$1] = $2 }

END {
	check_the_clock()
	for (name in kept)
		check(name)
	exit failed
}

function check_the_clock(    counted) {
	counted = measured["measure.100_instructions"]
	if (counted > 99 && counted < 101)
		return
	fail("100 instructions were counted as " counted ": the machine's clock does not count them")
}

function check(name,    change) {
	if (!(name in measured)) {
		fail(name " is in the baseline and was not measured")
		return
	}
	change = sprintf("%s: %s instructions, %s in the baseline, %+.1f %%", name,
		measured[name], kept[name], 100 * (measured[name] / kept[name] - 1))
	if (measured[name] > kept[name] * allowed)
		fail(change ": grew by more than 3 %. Make it faster; or, if it is worth that, put" \
			" the new figure into tests/bench/baseline in the same commit (tests/bench/gate.sh" \
			" BUILD accept)")
	else
		print change
}

function fail(what) {
	print what > "/dev/stderr"
	failed = 1
}
