# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
"""Survivors that no test can kill, and why: the file "explained" beside this one."""

import os

FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "explained")


class Explained:
    """A reason stands above the mutants that it explains, in the words of the report."""

    def __init__(self, lines):
        self.reasons = {}
        reason = ""
        for line in map(str.strip, lines):
            if line.startswith("#"):
                reason = line
            elif ": " in line:
                self.reasons[line] = reason

    @staticmethod
    def key(row):
        return f"{row['path']}: {row['function']}: {row['kind']}: {row['before']}"

    def of(self, row):
        return self.reasons.get(self.key(row))

    def unused(self, rows):
        """Of the files that were looked at."""
        paths = {row["path"] for row in rows}
        used = {self.key(row) for row in rows if row["verdict"] == "survived"}
        return [key for key in self.reasons if key.split(":")[0] in paths and key not in used]


def explained():
    with open(FILE) as file:
        return Explained(file)
