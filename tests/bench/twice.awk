# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# twice.awk FIRST SECOND: fails if two runs do not agree within 1 %, and half an
# instruction, which is what the clock's own reading differs by.

/^#/ { next }

FNR == NR { first[$1] = $2; next }

{
	difference = $2 - first[$1]
	if (difference < 0)
		difference = -difference
	if (!($1 in first) || difference > 0.01 * first[$1] + 0.5) {
		print "bench: " $1 " was " first[$1] " in the first run, and " $2 " in the second" \
			> "/dev/stderr"
		failed = 1
	}
	if (first[$1] > 100 && difference / first[$1] > most)
		most = difference / first[$1]
	compared++
}

END {
	printf "%d figures, measured twice; the largest difference is %.2f %%\n", compared, 100 * most
	exit failed || compared == 0
}
