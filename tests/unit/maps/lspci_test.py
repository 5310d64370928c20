#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
"""lspci_test.py FILE: lspci names values as maps/config.toml does.

lspci can decode a dump instead of a device. FILE has scenes, separated by empty lines. The
lines of a scene that name a REGISTER or REGISTER:FIELD set it, to a number or to a value by its
name in the map; those that begin with > are text that lspci has to print then, on one line,
and did not print for the device without these settings. A # begins a comment.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

import map_file

SKIPPED = 77
MAP = pathlib.Path(__file__).resolve().parents[3] / "maps" / "config.toml"
ENDPOINT = {"VENDOR_ID": 0x1234, "DEVICE_ID": 0x11e8, "STATUS:CAP_LIST": 1,
            "CAPABILITY_LIST": 0x40, "CAP_PM.PMC:VERSION": 3, "CAP_EXP.FLAGS:VERSION": 2}
ROOM_OF_CAPABILITY = 0x40
ROOM_OF_EXTENDED = 0x80


class Dump:
    """4 KiB of configuration space, with these capabilities."""

    def __init__(self, registers, blocks):
        self.registers = registers
        self.bytes = bytearray(4096)
        self.starts = {}
        near = [block for block in blocks if block.startswith("CAP")]
        far = [block for block in blocks if block.startswith("ECAP")]
        self.chain(near, 0x40, ROOM_OF_CAPABILITY)
        self.chain(far, 0x100, ROOM_OF_EXTENDED)

    def chain(self, blocks, start, room):
        self.starts |= {block: start + i * room for i, block in enumerate(blocks)}
        for i, block in enumerate(blocks):
            self.set(f"{block}.HEADER:ID", self.registers.ids[block])
            if block.startswith("ECAP"):
                self.set(f"{block}.HEADER:VERSION", 1)
            if i + 1 < len(blocks):
                self.set(f"{block}.HEADER:NEXT", start + (i + 1) * room)

    def set(self, target, value):
        name, _, field = target.partition(":")
        register = self.registers.registers[name]
        if field:
            field = register.fields[field]
            number = field.values[value] if value in field.values else int(str(value), 0)
            self.put(name, register, field.mask(), number << field.low)
        else:
            self.put(name, register, (1 << register.width) - 1, int(str(value), 0))

    def put(self, name, register, mask, number):
        start = self.starts.get(name.partition(".")[0], 0) + register.offset
        place = slice(start, start + register.width // 8)
        old = int.from_bytes(self.bytes[place], "little")
        if number & ~mask:
            raise ValueError(f"{number:#x} does not fit {name}")
        self.bytes[place] = (old & ~mask | number).to_bytes(register.width // 8, "little")

    def text(self):
        rows = (f"{at:02x}: {self.bytes[at:at + 16].hex(' ')}" for at in range(0, 4096, 16))
        return "00:00.0 0000: 1234:11e8\n" + "\n".join(rows) + "\n"


def decoded(registers, blocks, settings):
    dump = Dump(registers, blocks)
    for target, value in settings:
        dump.set(target, value)
    with tempfile.NamedTemporaryFile("w", suffix=".dump") as file:
        file.write(dump.text())
        file.flush()
        result = subprocess.run(["lspci", "-F", file.name, "-vvvnn"], check=True, text=True,
                                capture_output=True)
    return [" ".join(line.split()) for line in result.stdout.splitlines()]


def scenes_of(path):
    for scene in path.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in scene.splitlines() if line and line[0] != "#"]
        if lines:
            yield ([line.split() for line in lines if line[0] != ">"],
                   [line[1:].strip() for line in lines if line[0] == ">"])


def missing_of(registers, settings, texts):
    """What lspci does not say, or says in any case."""
    blocks = list(dict.fromkeys(target.partition(".")[0] for target, _ in settings
                                if "CAP_" in target.partition(".")[0]))
    endpoint = [(target, value) for target, value in ENDPOINT.items()
                if target.partition(".")[0] in blocks or "." not in target]
    before = decoded(registers, blocks, endpoint)
    after = decoded(registers, blocks, endpoint + settings)
    changed = [line for line in after if line not in before]
    return [text for text in texts if not any(text in line for line in changed)]


def main(path):
    if not shutil.which("lspci"):
        print("skipped: no lspci (pciutils)")
        return SKIPPED
    registers = map_file.load(MAP)
    count = 0
    failures = 0
    for settings, texts in scenes_of(path):
        for text in missing_of(registers, settings, texts):
            print(f"{settings[0][0]} ...: lspci does not say '{text}' because of it")
            failures += 1
        count += len(texts)
    print(f"{count} texts of lspci, {failures} missing")
    return 1 if failures or not count else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
