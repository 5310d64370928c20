#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
"""nvme_test.py: nvme show-regs -H finds the fields of a controller where the map has them.

Given a file in place of BAR 0 in which one bit is another one, what nvme-cli prints of one
field is different: of that which the map has there. This is asked for each bit of each register
that nvme-cli knows, among zeros and among others. It finds the BAR by the sysfs of the kernel's
driver, in place of which it is shown a folder, in namespaces of its own.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import map_file

SKIPPED = 77
MAP = pathlib.Path(__file__).resolve().parents[3] / "maps" / "class-010802.toml"
BAR_BYTES = 0x2000
PATTERNS = (0, 0x5a)

# What nvme-cli names otherwise, or not: its name, and the map's; * is the whole register.
REGISTERS = {"VERSION": "VS"}
FIELDS = {"PMREBS": {"READ": "RBB"}, "VS": {"NVME": "*"}, "INTMS": {"IVMS": "*"},
          "INTMC": {"IVMC": "*"}}
# Of these it prints the reserved bits below the address, too.
ADDRESSES = {"ASQB", "ACQB", "BMBBA"}
# On this one depends what it prints of another register.
ALONE = {"PMRCTL"}

SCRIPT = """
mount -t tmpfs none /sys/class
cd /sys/class
mkdir -p nvme/nvme0/device nvme-subsystem/nvme-subsys0/nvme0
echo nqn.pcipeek | tee nvme/nvme0/subsysnqn >nvme-subsystem/nvme-subsys0/subsysnqn
echo nqn.pcipeek >nvme/nvme0/hostnqn
echo 0 >nvme/nvme0/hostid
echo pcie >nvme/nvme0/transport
echo 0000:00:00.0 >nvme/nvme0/address
mount --bind /dev/null "$1/nvme0"
for dump in "$1"/*.dump; do
        cat "$dump" >nvme/nvme0/device/resource0
        nvme show-regs "$1/nvme0" -H >"${dump%.dump}.text" || exit
done
"""


def shown(texts):
    """Of each register that nvme-cli prints: its lines, by the names of their fields."""
    registers = {}
    fields = name = None
    for line in texts.splitlines():
        if heading := re.fullmatch(r"(\w+)\s*: (?:0x)?[0-9a-f]+", line):
            name = heading[1].upper()
            fields = registers.setdefault(REGISTERS.get(name, name), {})
            name = None
        elif line.strip() and fields is not None:
            found = re.search(r"\((\w+)\)\s*:", line) or re.match(r"\s(\w+)", line)
            name = found[1].upper() if found else name
            fields[name] = fields.get(name, "") + line
    return registers


def dumps_of(registers):
    """By bit and what is in the other bits: the same bit of many registers is flipped."""
    dumps = {}
    for others in PATTERNS:
        data = bytearray([others]) * BAR_BYTES
        # Without a size, nvme-cli prints nothing else of the buffer.
        put(data, registers["CMBSZ"], 0xffffffff)
        dumps[f"none--{others}"] = data
        for alone in (True, False):
            for bit in range(64):
                chosen = [register for name, register in registers.items()
                          if (name in ALONE) == alone and bit < register.width]
                dumps[f"{alone}-{bit}-{others}"] = flipped(data, chosen, bit)
    return dumps


def put(data, register, value):
    data[register.offset:register.offset + register.width // 8] = \
        value.to_bytes(register.width // 8, "little")


def flipped(data, registers, bit):
    data = bytearray(data)
    for register in registers:
        data[register.offset + bit // 8] ^= 1 << bit % 8
    return data


def run_all(dumps):
    """What nvme-cli prints of each dump, or nothing where it cannot be shown one."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "nvme0").touch()
        for name, data in dumps.items():
            (folder / f"{name}.dump").write_bytes(data)
        result = subprocess.run(["unshare", "-rm", "sh", "-euc", SCRIPT, "-", folder],
                                capture_output=True, text=True, check=False,
                                env=os.environ | {"LC_ALL": "C"})
        if result.returncode:
            print(result.stderr)
            return {}
        return {name: shown((folder / f"{name}.text").read_text(encoding="utf-8",
                                                                errors="replace"))
                for name in dumps}


def wanted_at(register, bit):
    return next((name for name, field in register.fields.items()
                 if field.low <= bit <= field.high), None)


def changed(name, before, after):
    """The fields of a register of which other lines are printed."""
    names = FIELDS.get(name, {})
    return {names.get(field, field) for field, text in after[name].items()
            if text != before[name].get(field)}


class Tally:
    def __init__(self, texts):
        self.texts = texts
        self.told = set()
        self.untold = set()
        self.failures = 0

    def compare(self, name, register):
        for bit in range(register.width):
            wanted = wanted_at(register, bit)
            for others in PATTERNS:
                fields = changed(name, self.texts[f"none--{others}"],
                                 self.texts[f"{name in ALONE}-{bit}-{others}"])
                self.compare_bit(f"{name} bit {bit}", wanted, fields)

    def compare_bit(self, what, wanted, fields):
        if fields - {wanted, "*"} - (ADDRESSES if not wanted else set()):
            print(f"{what}: {wanted} by the map, {fields} by nvme-cli")
            self.failures += 1
        elif wanted and fields:
            self.told.add(what)
        elif wanted:
            self.untold.add(what)


def main():
    if not shutil.which("nvme") or not shutil.which("unshare"):
        print("skipped: no nvme (nvme-cli)")
        return SKIPPED
    registers = map_file.load(MAP).registers
    texts = run_all(dumps_of(registers))
    if not texts:
        print("skipped: nvme-cli cannot be shown a file here")
        return SKIPPED
    tally = Tally(texts)
    for name, register in registers.items():
        if name in texts["none--0"]:
            tally.compare(name, register)
        else:
            print(f"{name}: unknown to nvme-cli")
    print("nvme-cli does not tell of:", ", ".join(sorted(tally.untold - tally.told)) or "none")
    print(f"{len(tally.told)} bits are in their fields, {tally.failures} are not")
    return 1 if tally.failures or not tally.told else 0


if __name__ == "__main__":
    sys.exit(main())
