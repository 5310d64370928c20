# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
"""Where a file can be mutated, and how: found in clang's tree of it."""

from clang import cindex
from clang.cindex import CursorKind as Kind
from clang.cindex import TypeKind

from expressions import INTEGERS, Expressions

FUNCTIONS = (Kind.FUNCTION_DECL, Kind.CXX_METHOD, Kind.CONSTRUCTOR, Kind.DESTRUCTOR,
             Kind.CONVERSION_FUNCTION, Kind.FUNCTION_TEMPLATE)
LOOPS = (Kind.WHILE_STMT, Kind.DO_STMT, Kind.FOR_STMT, Kind.CXX_FOR_RANGE_STMT)
# What a compiler has to know, and what is never run.
CONSTANT = (Kind.ENUM_DECL, Kind.STATIC_ASSERT, Kind.FIELD_DECL, Kind.PARM_DECL,
            Kind.TYPEDEF_DECL, Kind.TYPE_ALIAS_DECL, Kind.CXX_UNARY_EXPR)


class Finder(Expressions):
    """Walks through the statements of a file."""

    def visit(self, cursor):
        kind = cursor.kind
        if kind in CONSTANT or self.is_macro(cursor):
            return
        if kind in FUNCTIONS or kind == Kind.LAMBDA_EXPR:
            self.code(cursor)
        elif kind == Kind.VAR_DECL:
            self.variable(cursor)
        elif kind in (Kind.CASE_STMT, Kind.DEFAULT_STMT, Kind.LABEL_STMT):
            self.body(list(cursor.get_children())[-1])
        elif kind == Kind.COMPOUND_STMT:
            self.compound(cursor)
        elif kind == Kind.IF_STMT:
            self.choice(cursor)
        elif kind in LOOPS:
            self.loop(cursor)
        elif kind == Kind.RETURN_STMT:
            self.result(cursor)
        elif kind == Kind.CONDITIONAL_OPERATOR:
            condition, *rest = cursor.get_children()
            self.truth(condition, "TF")
            for child in rest:
                self.visit(child)
        else:
            self.expression(cursor)

    def code(self, cursor):
        outside = self.function, self.more
        self.function = cursor.spelling or self.function
        self.more = False
        self.children(cursor)
        self.function, self.more = outside

    def children(self, cursor):
        for child in cursor.get_children():
            self.visit(child)

    def variable(self, cursor):
        name_end = cursor.location.offset + len(cursor.spelling)
        start, end = self.extent(cursor)
        before = self.source(start, cursor.location.offset)
        if "constexpr" in before or "static" in before.split() or not self.function:
            return
        begins = min((at for at in (self.text.find(c, name_end, end) for c in (b"=", b"{", b"("))
                      if at >= 0), default=end)
        for child in cursor.get_children():
            if child.extent.start.offset > begins or child.kind == Kind.INIT_LIST_EXPR:
                self.visit(child)

    # statements

    def compound(self, cursor, droppable=True):
        outside = self.more
        statements = list(cursor.get_children())
        for index, statement in enumerate(statements):
            self.more = outside or index + 1 < len(statements)
            self.visit(statement)
            if droppable:
                self.drop(statement)
        self.more = outside

    def body(self, cursor, droppable=True):
        """What stands under an if, a loop or a label, with or without braces."""
        if cursor.kind == Kind.COMPOUND_STMT:
            self.compound(cursor, droppable or len(list(cursor.get_children())) > 1)
            return
        self.visit(cursor)
        if droppable:
            self.drop(cursor)

    def drop(self, statement):
        kind = statement.kind
        start, end = self.extent(statement)
        if not (kind.is_expression() or kind in (Kind.BREAK_STMT, Kind.CONTINUE_STMT)
                or kind == Kind.RETURN_STMT and self.more):
            return
        if kind == Kind.CXX_THROW_EXPR and not self.more:
            return
        if self.is_written(statement) and self.text[end:end + 1] == b";":
            self.add(start, end + 1, "drop", (self.source(start, end + 1), ""), lambda id, inner:
                     f"{{ if (!pcipeek_mutant({id})) {inner(start, end + 1)} }}")

    def choice(self, cursor):
        """A branch that is never taken has all its statements dropped."""
        children = list(cursor.get_children())
        head = self.source(cursor.extent.start.offset, children[-1].extent.start.offset)
        if head.startswith("if constexpr"):
            return
        while children[0].kind in (Kind.DECL_STMT, Kind.VAR_DECL):
            declared = children.pop(0)
            self.visit(declared)
            if declared.kind == Kind.VAR_DECL:
                self.declared_condition(declared)
                children = self.after(children, declared.extent.end.offset)
                break
        else:
            self.truth(children.pop(0), "TF")
        self.body(children[0], droppable=len(children) > 1)
        for child in children[1:]:
            self.body(child)

    @staticmethod
    def after(children, offset):
        return [child for child in children if child.extent.start.offset > offset]

    def declared_condition(self, variable):
        """if (const int code = f()): the condition is put behind what it declares."""
        start, end = self.extent(variable)
        name = variable.spelling
        if self.is_written(variable):
            self.add(start, end, "false", (self.source(start, end), "false"), lambda id, inner:
                     f"{inner(start, end)}; {name} && !pcipeek_mutant({id})")

    def loop(self, cursor):
        outside, self.more = self.more, True
        *head, body = cursor.get_children()
        if cursor.kind == Kind.DO_STMT:
            head, body = [body], head[0]
        for child in head:
            if child.kind.is_expression() and self.is_condition_of(cursor, child):
                self.truth(child, "F")
            else:
                self.visit(child)
        self.body(body)
        self.more = outside

    def is_condition_of(self, loop, child):
        """That of a for stands between its semicolons."""
        if loop.kind != Kind.FOR_STMT:
            return loop.kind != Kind.CXX_FOR_RANGE_STMT
        head = self.source(loop.extent.start.offset, child.extent.start.offset)
        return head.count(";") == 1

    def result(self, cursor):
        value = next(cursor.get_children(), None)
        if value is None:
            return
        kind = value.type.get_canonical().kind
        if kind == TypeKind.BOOL:
            flipped = {"true": "F", "false": "T"}
            self.truth(value, flipped.get(self.source(*self.extent(value)), "TF"))
            return
        self.visit(value)
        start, end = self.extent(value)
        if kind in INTEGERS and self.source(start, end) != "0" and self.is_written(value):
            self.add(start, end, "zero", (self.source(start, end), "0"),
                     lambda id, inner: f"pcipeek_mutant_zero({id}, {inner(start, end)})")


def outermost(unit):
    """The declarations of a file; what stands in extern "C" { } is of the file it is from."""
    for cursor in unit.get_children():
        if cursor.kind in (Kind.LINKAGE_SPEC, Kind.UNEXPOSED_DECL):
            yield from cursor.get_children()
        else:
            yield cursor


def find(source, arguments, is_wanted):
    """The sites of a source and of the headers that it includes, by path."""
    unit = cindex.Index.create().parse(
        source, args=arguments, options=cindex.TranslationUnit.PARSE_DETAILED_PROCESSING_RECORD)
    errors = [str(d) for d in unit.diagnostics if d.severity >= cindex.Diagnostic.Error]
    if errors:
        raise SystemExit(f"mutants: clang cannot read {source}\n" + "\n".join(errors[:5]))
    included = [source] + [str(each.include) for each in unit.get_includes()]
    finders = {path: Finder(path) for path in included if is_wanted(path)}
    declared = []
    for cursor in outermost(unit.cursor):
        place = cursor.location.file
        finder = finders.get(place.name) if place else None
        if finder and cursor.kind == Kind.MACRO_INSTANTIATION:
            finder.macros.add(finder.extent(cursor))
        elif finder and not cursor.kind.is_preprocessing():
            declared.append((finder, cursor))
    for finder, cursor in declared:
        finder.visit(cursor)
    return {path: list(finder.sites.values()) for path, finder in finders.items()}
