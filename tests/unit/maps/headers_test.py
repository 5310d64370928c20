#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
"""headers_test.py FILE.names: a register map says the same as a header of the kernel.

FILE.names begins with the lines "header PATH" and "map NAME". Each of the others has a
constant of the header, and what it has to be:

    REGISTER                 the offset of a register
    REGISTER-BLOCK           its offset in a block that does not start at 0
    REGISTER:FIELD+FIELD     the bits of fields in their place
    REGISTER:FIELD>>         the lowest bit of a field
    REGISTER:FIELD=VALUE     a named value in the place of the field
    REGISTER:FIELD==VALUE    a named value
    @BLOCK                   the ID of the capability

A header that is not installed skips the test; one that has less than three quarters of the
constants fails it.
"""

import glob
import pathlib
import re
import sys

import c_header
import map_file

SKIPPED = 77
MAPS = pathlib.Path(__file__).resolve().parents[3] / "maps"
FOLDERS = ("/usr/include", "/usr/src/linux-headers-*-common*/include",
           "/usr/src/linux-headers-*/include", "/lib/modules/*/build/include")
TARGET = re.compile(r"(?P<register>[\w.]+)(-(?P<block>[\w.]+))?(:(?P<fields>[\w+]+)"
                    r"(?P<shift>>>)?((?P<equal>==?)(?P<value>\w+))?)?")


def find_header(name):
    for folder in FOLDERS:
        for found in sorted(glob.glob(f"{folder}/{name}")):
            return pathlib.Path(found)
    return None


def lines_of(path):
    lines = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return [words for words in lines if words and words[0] != "#"]


def expected(registers, target):
    """What a constant has to be, and of which bits."""
    if target.startswith("@"):
        return registers.ids[target[1:]], ~0
    parts = TARGET.fullmatch(target)
    register = registers.registers[parts["register"]]
    if not parts["fields"]:
        return register.offset - start_of(registers, parts["block"]), ~0
    fields = [register.fields[name] for name in parts["fields"].split("+")]
    if parts["shift"]:
        return fields[0].low, ~0
    if parts["equal"]:
        value = fields[0].values[parts["value"]]
        return value << (fields[0].low if parts["equal"] == "=" else 0), ~0
    return sum(field.mask() for field in fields), (1 << register.width) - 1


def start_of(registers, block):
    return registers.registers[block].offset if block else 0


def compare(header, registers, name, target):
    want, bits = expected(registers, target)
    is_value = header.value(name) & bits
    if is_value == want:
        return True
    print(f"{name} is {is_value:#x}, but {target} is {want:#x}")
    return False


def main(path):
    settings = lines_of(path)
    (_, header_name), (_, map_name), *pairs = settings
    found = find_header(header_name)
    if not found:
        print(f"skipped: no {header_name} in {', '.join(FOLDERS)}")
        return SKIPPED
    header = c_header.Header(found)
    registers = map_file.load(MAPS / map_name)
    known = [pair for pair in pairs if pair[0] in header]
    failures = [pair for pair in known if not compare(header, registers, *pair)]
    print(f"{found}: {len(known)} of {len(pairs)} constants compared with {map_name}, "
          f"{len(failures)} differ")
    return 1 if failures or len(known) * 4 < len(pairs) * 3 else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
