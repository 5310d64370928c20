# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
"""The constants of a C header: macros and enumerators."""

import re

COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
MACRO = re.compile(r"^#\s*define\s+(\w+)(\((\w+)\))?[ \t]+(.+)$", re.MULTILINE)
ENUMERATOR = re.compile(r"^\s*(\w+)\s*=\s*([^,\n]+),?\s*$", re.MULTILINE)
SUFFIX = re.compile(r"\b(0[xX][0-9a-fA-F]+|[0-9]+)[uUlL]+\b")
NAME = re.compile(r"\b[A-Za-z_]\w*\b")
ALLOWED = re.compile(r"[\w\s(),<>&|~+*/-]+")
BIT = (lambda bit: 1 << bit)  # and what else the kernel calls it
FUNCTIONS = {"BIT": BIT, "_BITUL": BIT, "_BITULL": BIT,
             "GENMASK": lambda high, low: (2 << high) - (1 << low)}


class Header:
    def __init__(self, path):
        text = COMMENT.sub("", path.read_text(encoding="utf-8")).replace("\\\n", " ")
        self.texts = {}
        for name, _, parameter, body in MACRO.findall(text):
            self.texts[name] = (parameter, body.strip())
        for name, body in ENUMERATOR.findall(text):
            self.texts.setdefault(name, ("", body.strip()))

    def __contains__(self, name):
        return name in self.texts

    def value(self, name):
        """What a constant is; of a macro with a parameter, the bits that it lets through."""
        parameter, _ = self.texts[name]
        if not parameter:
            return self.evaluate(name, {})
        return sum(1 << bit for bit in range(64) if self.evaluate(name, {parameter: 1 << bit}))

    def evaluate(self, name, arguments):
        _, body = self.texts[name]
        body = SUFFIX.sub(r"\1", body)
        if not ALLOWED.fullmatch(body):
            raise ValueError(f"{name} is no constant: {body}")
        known = FUNCTIONS | arguments
        for other in NAME.findall(body):
            if other not in known:
                known[other] = self.evaluate(other, {})
        # pylint: disable-next=eval-used # digits, operators and names of constants
        return eval(body, {"__builtins__": {}}, known)
