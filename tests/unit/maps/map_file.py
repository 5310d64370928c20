# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
"""A register map in TOML, read a second time and by other code than the library's."""

import dataclasses
import pathlib
import tomllib

REGIONS = ("bar0", "bar1", "bar2", "bar3", "bar4", "bar5", "config", "rom")


@dataclasses.dataclass
class Field:
    high: int
    low: int
    values: dict

    def mask(self):
        return (2 << self.high) - (1 << self.low)


@dataclasses.dataclass
class Register:
    offset: int
    width: int
    fields: dict


@dataclasses.dataclass
class Map:
    registers: dict
    ids: dict


def load(path):
    """What one file says: registers by their names, capability IDs of blocks by theirs."""
    path = pathlib.Path(path)
    with path.open("rb") as file:
        contents = tomllib.load(file)
    result = Map({}, {})
    for other in as_list(contents.get("include", [])):
        included = load(path.parent / other)
        result.registers.update(included.registers)
        result.ids.update(included.ids)
    for region in REGIONS:
        add_all(result, contents.get(region, {}), contents.get("values", {}), "", 0,
                contents.get("width", 32))
    return result


def as_list(value):
    return value if isinstance(value, list) else [value]


def add_all(result, tables, values, prefix, start, width):
    for name, table in tables.items():
        table = with_base(table, tables)
        is_block = "registers" in table
        size = 0 if is_block else table.get("width", width) // 8
        for index, up in elements(table, size):
            element = prefix + indexed(name, index)
            offset = start + table.get("offset", 0) + up
            if is_block:
                add_id(result, element, table)
                add_all(result, table["registers"], values, element + ".", offset,
                        table.get("width", width))
            else:
                add_register(result, element, offset, table, values, width)


def with_base(table, siblings):
    if "like" not in table:
        return table
    return with_base(siblings[table["like"]], siblings) | table


def elements(table, size):
    """The index of each element of an array, and how far it is from the first."""
    indices = table.get("index")
    if indices is None and "count" in table:
        first = table.get("first", 0)
        indices = range(first, first + table["count"])
    if indices is None:
        return [("", 0)]
    stride = table.get("stride", size)
    return [(str(index), i * stride) for i, index in enumerate(indices)]


def indexed(name, index):
    return name.replace("%s", index) if "%s" in name else name + index


def add_id(result, name, table):
    for key in ("capability", "extended_capability", "virtio"):
        if key in table:
            result.ids[name] = table[key]


def add_register(result, name, offset, table, values, width):
    if name in result.registers:
        raise ValueError(f"two registers are called {name}")
    fields = {key: field_of(field, values) for key, field in table.get("fields", {}).items()}
    result.registers[name] = Register(offset, table.get("width", width), fields)


def field_of(field, values):
    if isinstance(field, str):
        field = {"bits": field}
    high, _, low = field["bits"].partition(":")
    named = field.get("values", {})
    if isinstance(named, str):
        named = values[named]
    numbers = {key: value["value"] if isinstance(value, dict) else value
               for key, value in named.items()}
    return Field(int(high), int(low or high), numbers)
