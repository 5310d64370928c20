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
        key = self.key(row)
        return next((why for what, why in self.reasons.items() if is_about(what, key)), None)

    def unused(self, rows):
        """Of the files that were looked at."""
        paths = {row["path"] for row in rows}
        keys = [self.key(row) for row in rows if row["verdict"] == "survived"]
        return [what for what in self.reasons if what.split(":")[0] in paths
                and not any(is_about(what, key) for key in keys)]


def is_about(what, key):
    """All of a function's, if it ends so."""
    return what == key or what.endswith(": *") and key.startswith(what[:-1])


def explained():
    with open(FILE) as file:
        return Explained(file)
