#!/usr/bin/env python3
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# schema_test.py SCHEMA FOLDER: all maps in the folder fit the schema, and maps with a
# fault do not.
import json
import pathlib
import sys

try:
    import jsonschema
    import tomllib
except ImportError as error:
    print(f"skipped: {error}")
    sys.exit(77)

FAULTS = [
    '[bar0.A]\noffset = 0',
    'name = "x"\ncolor = 1',
    'name = "x"\nmatch = "1234"',
    'name = "x"\n[bar6.A]\noffset = 0',
    'name = "x"\n[bar0.A]\nwidth = 8',
    'name = "x"\n[bar0.A]\noffset = 0\naccess = "w"',
    'name = "x"\n[bar0.A]\noffset = 0\nfields.X = "64"',
    'name = "x"\n[bar0.A]\noffset = 0\nfields.X = {}',
    'name = "x"\n[bar0.A]\nregisters.B = {}',
    'name = "x"\n[bar0.A]\ncolour = 1\nregisters.B = { offset = 0 }',
    'name = "x"\nplace.A = "bar9"',
]


def main():
    schema = json.loads(pathlib.Path(sys.argv[1]).read_text())
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    failed = 0
    for file in sorted(pathlib.Path(sys.argv[2]).glob("*.toml")):
        for error in validator.iter_errors(tomllib.loads(file.read_text())):
            print(f"{file.name}: {error.json_path}: {error.message}")
            failed += 1
    for text in FAULTS:
        if validator.is_valid(tomllib.loads(text)):
            print(f"is accepted, and should not be:\n{text}\n")
            failed += 1
    return 1 if failed else 0


sys.exit(main())
