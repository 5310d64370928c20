# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Called by plot.sh, with dir and target set.

of(series) = dir . '/' . series

set style line 1 lc rgb '#1f5fa8' lw 2 pt 7 ps 0.5
set style line 2 lc rgb '#c0392b' lw 2 pt 5 ps 0.5
set style line 3 lc rgb '#2e8b57' lw 2 pt 9 ps 0.5
set border 3 lc rgb '#444444'
set tics nomirror
set grid ytics lc rgb '#dddddd'

set terminal svg size 800,360 font 'sans-serif,13' background 'white'
set output target . '/performance.svg'
set title 'Instructions to read one register'
set style fill solid
set boxwidth 0.6
set xrange [0:*]
set offsets 0, graph 0.1, 0, 0
set yrange [-0.6:*] reverse
unset grid
set grid xtics lc rgb '#dddddd'
set datafile separator '\t'
set lmargin 28
plot of('bars') using ($1/2):0:($1/2):(0.3):3:ytic(2) with boxxyerror lc rgb variable notitle, \
	of('bars') using 1:0:(sprintf(' %.0f', $1)) with labels left notitle

reset
set style line 1 lc rgb '#1f5fa8' lw 2 pt 7 ps 0.5
set style line 2 lc rgb '#c0392b' lw 2 pt 5 ps 0.5
set style line 3 lc rgb '#2e8b57' lw 2 pt 9 ps 0.5
set border 3 lc rgb '#444444'
set tics nomirror
set grid lc rgb '#dddddd'
set datafile separator whitespace

set terminal svg size 900,700 font 'sans-serif,12' background 'white'
set output target . '/growth.svg'
set offsets 0, 0, graph 0.25, 0
set multiplot layout 2,2
set key top left

set title 'Instructions to read that many registers'
set logscale xy
set xlabel 'registers'
plot of('registers.read') with linespoints ls 2 title 'READ', \
	of('registers.batch') with linespoints ls 3 title 'BATCH', \
	of('registers.block') with linespoints ls 1 title 'BLOCK'

set title 'Instructions to list the devices, millions'
unset logscale
set xlabel 'functions in the machine'
set xtics 128
set yrange [0:*]
plot of('devices.pcipeek_ls') using 1:($2/1e6) with linespoints ls 1 title 'pcipeek ls -v', \
	of('devices.lspci') using 1:($2/1e6) with linespoints ls 2 title 'lspci -nnv'

set title 'Instructions with that many files attached to the device'
set xtics autofreq
set logscale x
set xlabel 'open files'
plot of('files.read') with linespoints ls 1 title 'READ', \
	of('files.attach_close') with linespoints ls 2 title 'open, ATTACH, close'

set title 'Instructions of a READ by threads on one file'
unset logscale
set xlabel 'threads'
set xtics 1
set xrange [0.8:4.2]
plot of('threads.read') with linespoints ls 1 title 'READ'
unset multiplot
