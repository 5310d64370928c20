# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# table.awk FIGURES WALL ROWS: the table, in Markdown, which is readable as it is. FIGURES are
# instructions, WALL are nanoseconds; a target that is missed is marked.

FILENAME == ARGV[1] { instructions[$1] = $2; next }
FILENAME == ARGV[2] { wall[$1] = $2; next }
/^#/ { next }

/^= / {
	printf "\n| %-74s | %12s | %11s | %-7s | %11s |\n", substr($0, 3), "instructions", "at most",
		"", "emulated ns"
	print "|---|---:|---:|---|---:|"
	next
}

NF {
	split($0, field, / *\| */)
	row(field[1], field[2], field[3], field[4], field[5])
}

function row(name, base, times, plus, words,    limit) {
	if (!(name in instructions)) {
		printf "| %-74s | %s\n", words, "not measured | | | |"
		return
	}
	limit = limit_of(base, times, plus)
	printf "| %-74s | %12s | %11s | %-7s | %11s |\n", words, number(instructions[name]),
		limit == "" ? "" : number(limit), verdict(instructions[name], limit),
		number(wall[name])
}

# "1/256" is a factor, too.
function limit_of(base, times, plus,    part) {
	if (base == "-")
		return ""
	if (split(times, part, "/") == 2)
		times = part[1] / part[2]
	return instructions[base] * times + plus
}

# A load is counted with the clock's own unevenness.
function verdict(value, limit) {
	if (limit == "")
		return ""
	return value <= limit + 0.1 ? "met" : "missed"
}

# Small ones with a decimal, large ones in millions.
function number(value) {
	if (value == "")
		return ""
	if (value >= 1000000)
		return sprintf("%.2f M", value / 1000000)
	return sprintf(value < 100 ? "%.1f" : "%.0f", value)
}
