#!/usr/bin/env python3
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
"""Turn the accesses of QEMU's trace ("r 4 0xfea00004") into offsets in the device: QEMU names
addresses of the machine, and BARs begin at multiples of their size, here of 1 MiB."""

import sys

for line in sys.stdin:
    kind, width, address = line.split()
    print(kind, width, hex(int(address, 16) & 0xFFFFF))
