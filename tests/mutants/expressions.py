# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
"""Which expressions of a file can be mutated, and how."""

from clang.cindex import CursorKind as Kind
from clang.cindex import TypeKind

# What is called in place of an operator (mutant.h), and what it makes of it.
SWAPPED = {
    "<": ("lt", "<="), "<=": ("le", "<"), ">": ("gt", ">="), ">=": ("ge", ">"),
    "+": ("add", "-"), "-": ("sub", "+"), "<<": ("shl", ">>"), ">>": ("shr", "<<"),
    "&": ("mask", "|"), "|": ("join", "&"),
}
RELATIONS = ("<", "<=", ">", ">=")
COMPARISONS = RELATIONS + ("==", "!=")

INTEGERS = (TypeKind.UCHAR, TypeKind.USHORT, TypeKind.UINT, TypeKind.ULONG,
            TypeKind.ULONGLONG, TypeKind.CHAR_S, TypeKind.SCHAR, TypeKind.SHORT,
            TypeKind.INT, TypeKind.LONG, TypeKind.LONGLONG)


class Site:
    """One way to mutate the bytes from start to end: write(id, inner) gives the code in
    their place, in which inner(start, end) stands for what is mutated in there."""

    def __init__(self, start, end, kind, what, write):
        self.start, self.end, self.kind, self.what, self.write = start, end, kind, what, write
        self.function = self.line = None


class Expressions:
    """Those of one file; a Finder (sites.py) walks through it."""

    def __init__(self, path):
        self.path = path
        with open(path, "rb") as file:
            self.text = file.read()
        # where macros are used: what they stand for cannot be mutated
        self.macros = set()
        self.sites = {}
        self.function = ""
        # does anything follow in the function?
        self.more = False

    @staticmethod
    def extent(cursor):
        return cursor.extent.start.offset, cursor.extent.end.offset

    def source(self, start, end):
        return self.text[start:end].decode()

    def is_written(self, cursor):
        """Here, and not a part of what a macro stands for."""
        start, end = self.extent(cursor)
        place = cursor.location.file
        return end > start and place is not None and place.name == self.path and all(
            end <= first or last <= start or (start <= first and last <= end)
            for first, last in self.macros)

    def is_macro(self, cursor):
        return self.extent(cursor) in self.macros

    def add(self, start, end, kind, what, write):
        site = Site(start, end, kind, what, write)
        site.function = self.function
        site.line = self.text.count(b"\n", 0, start) + 1
        self.sites.setdefault((start, end, kind), site)

    def rewritten(self, cursor):
        """a < b that is made of a <=> b, or a != b of a == b, has that somewhere inside."""
        child = cursor
        for _ in range(3):
            child = next(child.get_children(), None)
            if child is None:
                break
            if (child.spelling in ("operator<=>", "operator==") and child.kind == Kind.CALL_EXPR
                    and self.extent(child) == self.extent(cursor)):
                return child
        return cursor

    def operator(self, cursor):
        """left, operator, right of what is written as that."""
        if cursor.kind == Kind.UNEXPOSED_EXPR:
            cursor = self.rewritten(cursor)
        if cursor.kind not in (Kind.BINARY_OPERATOR, Kind.CALL_EXPR):
            return None
        children = list(cursor.get_children())
        if len(children) < 2 or self.is_macro(cursor):
            return None
        left, right = children[0], children[-1]
        op = self.source(left.extent.end.offset, right.extent.start.offset).strip()
        if cursor.kind != Kind.BINARY_OPERATOR and op not in COMPARISONS:
            return None
        return left, op, right

    def truth(self, cursor, wanted):
        """A condition; wanted: what it could always be, T, F or both of them."""
        if cursor.kind in (Kind.PAREN_EXPR, Kind.UNEXPOSED_EXPR):
            inner = list(cursor.get_children())
            if len(inner) == 1 and (cursor.kind == Kind.PAREN_EXPR
                                    or self.extent(inner[0]) == self.extent(cursor)):
                return self.truth(inner[0], wanted)
        start, end = self.extent(cursor)
        if self.is_macro(cursor):
            return self.constant_truth(cursor, wanted)
        left, op, right = self.operator(cursor) or (None, None, None)
        if op in ("&&", "||"):
            self.truth(left, "T" if op == "&&" else "F")
            self.truth(right, "T" if op == "&&" else "F")
            wanted = wanted.replace("T" if op == "&&" else "F", "")
        elif cursor.kind == Kind.UNARY_OPERATOR and self.text[start:start + 1] == b"!":
            flipped = wanted.translate(str.maketrans("TF", "FT"))
            return self.truth(next(cursor.get_children()), flipped)
        else:
            self.expression(cursor, is_condition=True)
        return self.constant_truth(cursor, wanted)

    def constant_truth(self, cursor, wanted):
        start, end = self.extent(cursor)
        if not self.is_written(cursor):
            return
        if "T" in wanted:
            self.add(start, end, "true", (self.source(start, end), "true"),
                     lambda id, inner: f"(({inner(start, end)}) || pcipeek_mutant({id}))")
        if "F" in wanted:
            self.add(start, end, "false", (self.source(start, end), "false"),
                     lambda id, inner: f"(({inner(start, end)}) && !pcipeek_mutant({id}))")

    def expression(self, cursor, is_condition=False):
        left, op, right = self.operator(cursor) or (None, None, None)
        if not is_condition and op in COMPARISONS + ("&&", "||"):
            self.truth(cursor, "TF")
            return
        self.children(cursor)
        if not self.is_written(cursor):
            return
        if cursor.kind == Kind.INTEGER_LITERAL:
            self.literal(cursor)
        elif op in RELATIONS or op in SWAPPED and self.is_integer(left) and self.is_integer(right):
            self.swap(cursor, left, op, right)

    @staticmethod
    def is_integer(cursor):
        return cursor.type.get_canonical().kind in INTEGERS

    def swap(self, cursor, left, op, right):
        start, end = self.extent(cursor)
        name, mutated = SWAPPED[op]
        (l0, l1), (r0, r1) = self.extent(left), self.extent(right)
        self.add(start, end, "swap", (self.source(start, end), mutated),
                 lambda id, inner: f"pcipeek_mutant_{name}({id}, {inner(l0, l1)}, {inner(r0, r1)})")

    def literal(self, cursor):
        start, end = self.extent(cursor)
        text = self.source(start, end)
        if not text[0].isdigit():
            return
        self.add(start, end, "literal", (text, f"{text} + 1"),
                 lambda id, inner: f"(pcipeek_mutant({id}) ? {text} + 1 : {text})")
