#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# devices.sh: print arguments of QEMU for a machine that gets more than 512 functions: small
# ones with a memory BAR each, eight a slot, behind two bridges.
set -euo pipefail

for bridge in 1 2; do
	printf '%s\n' -device "pci-bridge,id=many$bridge,bus=pcie.0,addr=$((0x10 + bridge)).0,chassis_nr=$bridge,shpc=off"
	for slot in {0..31}; do
		for function in {7..0}; do
			address=$(printf '%x.%d' "$slot" "$function")
			printf '%s\n' -device "pvpanic-pci,bus=many$bridge,addr=$address,multifunction=on"
		done
	done
done
