#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
"""peers.py SUBJECT DIR: pcipeek regs agrees with a program of others, field by field.

DIR is what a run of the plan "registers" left behind: its console shows what each program
printed of a device, and then what pcipeek printed of it (tests/vm/cases/registers/peers.sh).
SUBJECT is lspci, nvme or ahci. No value is written down here.
"""

import json
import pathlib
import re
import sys

import lspci_rows

MAPS = pathlib.Path(__file__).resolve().parents[3] / "maps"
QEMU = re.compile(r"\[?(?P<port>\d+)?\]?: (?:host|mem|port) read \[reg:(?P<name>\w+)\] @ \S+: "
                  r"(?P<value>0x[0-9a-f]+)")


def commands_of(console, case):
    """Of a case, each command, and the lines that it printed."""
    text = console.read_text(encoding="utf-8", errors="replace").replace("\r", "")
    lines = text.split(f"--- peers.{case}\n", 1)[1].split("\n--- ", 1)[0].splitlines()
    found = []
    for line in lines:
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line)
    return found


def registers_of(lines):
    """The registers of pcipeek regs --json that were read, by their names."""
    text = "\n".join(lines)
    rows = json.JSONDecoder().raw_decode(text[text.index("["):])[0]
    return {row["name"]: row for row in rows if row["value"] is not None}


class Tally:
    def __init__(self):
        self.same = 0
        self.failures = []

    def compare(self, what, theirs, ours):
        if theirs == ours:
            self.same += 1
        else:
            self.failures.append(f"{what}: {theirs} by the other program, {ours} by pcipeek")


def lspci(directory, tally):
    rows = lspci_rows.load(pathlib.Path(__file__).with_name("lspci.rows"),
                           MAPS / "config.toml")
    devices = 0
    for case in ("it_shows_what_lspci_shows_of_every_device",
                 "it_shows_what_lspci_shows_of_other_values"):
        commands = commands_of(directory / "console.log", case)
        for (command, text), (_, ours) in zip(commands[::2], commands[1::2], strict=True):
            lspci_rows.compare(rows, command.split()[-1], text, registers_of(ours), tally)
            devices += 1
    missing = [row.text for row in rows if not row.seen and not row.optional]
    tally.failures += [f"lspci printed no {text} of any device" for text in missing]
    print(f"lspci: {devices} devices and states")


def nvme(directory, tally):
    """Each register that show-regs prints; nvme_test.py compares the fields."""
    (_, theirs), (_, ours) = commands_of(directory / "console.log",
                                         "it_shows_what_nvme_show_regs_shows")
    registers = registers_of(ours)
    for line in theirs:
        if heading := re.fullmatch(r"(\w+)\s*: (?:0x)?([0-9a-f]+)", line):
            name = {"version": "VS"}.get(heading[1], heading[1].upper())
            register = registers.get(name)
            ours = register and int(register["hex"], 16)
            tally.compare(name, int(heading[2], 16), ours)


def ahci(directory, tally):
    (_, ours), = commands_of(directory / "console.log",
                             "it_shows_what_the_controller_of_disks_was_asked_for")
    seen = set()
    for line in (directory / "trace" / "accesses").read_text(encoding="utf-8").splitlines():
        if line.startswith("ahci_") and (found := QEMU.search(line)):
            name = re.sub("^P[xX]", "", found["name"])
            block = f"PORT{found['port']}." if line.startswith("ahci_port") else ""
            seen.add((block + name, int(found["value"], 16)))
    registers = registers_of(ours)
    for name, register in registers.items():
        port = re.match(r"PORT(\d+)", name)
        # QEMU does not tell of ports that the controller does not have.
        is_there = not port or registers["PI"]["value"] >> int(port[1]) & 1
        if register["bar"] is not None and is_there:
            theirs = {value for other, value in seen if other == name}
            value = int(register["hex"], 16)
            tally.compare(name, value if value in theirs else sorted(map(hex, theirs)), value)


def main(subject, directory):
    tally = Tally()
    {"lspci": lspci, "nvme": nvme, "ahci": ahci}[subject](pathlib.Path(directory), tally)
    print(*tally.failures, sep="\n")
    print(f"{subject}: {tally.same} values agree, {len(tally.failures)} do not")
    return 1 if tally.failures or not tally.same else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
