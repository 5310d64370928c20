# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
"""All mutants of a file in one file: which is in force is chosen when it runs."""

import bisect

# What stands outside, where two are about the same code.
OUTERMOST = ("drop", "zero", "true", "false", "swap", "literal")


class Mutant:
    """A site of a file, which has its path in the tree."""

    def __init__(self, path, site):
        self.path, self.site = path, site
        self.id = None

    def row(self):
        before, after = (" ".join(text.split()) for text in self.site.what)
        return {"id": self.id, "path": self.path, "line": self.site.line,
                "start": self.site.start,
                "function": self.site.function, "kind": self.site.kind,
                "before": before, "after": after}



class Writer:
    def __init__(self, text, mutants):
        self.text = text
        self.mutants = sorted(mutants, key=lambda m: (
            m.site.start, -m.site.end, OUTERMOST.index(m.site.kind)))
        self.starts = [mutant.site.start for mutant in self.mutants]
        self.written = set()

    def write(self):
        return self.span(0, len(self.text), 0)

    def span(self, start, end, first):
        """The code from start to end, with those mutants from the first on."""
        parts = []
        at = start
        index = max(first, bisect.bisect_left(self.starts, start))
        while index < len(self.mutants):
            site = self.mutants[index].site
            if site.start >= end:
                break
            if site.start >= at and site.end <= end:
                parts.append(self.text[at:site.start].decode())
                parts.append(self.one(index))
                at = site.end
            index += 1
        parts.append(self.text[at:end].decode())
        return "".join(parts)

    def one(self, index):
        mutant = self.mutants[index]
        self.written.add(mutant.id)
        return mutant.site.write(mutant.id, lambda s, e: self.span(s, e, index + 1))


def write(text, mutants):
    """The bytes of a file with its mutants in it, whose lines keep their numbers; and the
    numbers of those that have a place there."""
    writer = Writer(text, mutants)
    return writer.write().encode(), writer.written
