# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
"""What lspci -vvv prints, by the names of maps/config.toml: see lspci.rows."""

import dataclasses
import re
import tomllib

FORMS = {"±": r"([+-])(?!\w)", "%d": r"(\d+)", "%x": r"([0-9a-fA-F]+)", "%w": r"([^\s,;]+)"}
TARGET = re.compile(r"(?P<power>2\^)?(?P<register>[\w.]+):(?P<field>\w+)"
                    r"(\+(?P<plus>\d+))?(<<(?P<shift>\d+))?|(?P<whole>[\w.]+)")


@dataclasses.dataclass
class Row:
    text: str
    title: str
    label: str
    target: re.Match
    register: str
    descriptions: dict
    optional: bool
    seen: bool = False

    def search(self, text):
        return re.search(pattern_of(self.text), text)

    def number(self, value):
        if self.target["power"]:
            return 1 << value
        return value + int(self.target["plus"] or 0) << int(self.target["shift"] or 0)

    def agrees(self, shown, value, meaning):
        """What lspci shows is the field's value, in the form of this row."""
        if "±" in self.text:
            return (shown == "+") == (value != 0)
        if "%w" in self.text:
            return any(words(shown) and words(shown) <= words(text) for text in
                       (meaning, self.descriptions.get(meaning)) if text)
        return int(shown, 16 if "%x" in self.text else 10) == self.number(value)


def pattern_of(text):
    """The regular expression for a text of lspci.rows."""
    result = "" if not text[0].isalnum() else r"(?<![\w-])"
    for part in re.split(r"(±|%\w|_|\*)", text):
        if part == "_":
            result += r"\s+"
        elif part == "*":
            result += ".*?"
        else:
            result += FORMS.get(part) or re.escape(part)
    return result


def words(text):
    """'<64ns' and 'below_64_ns' are the same words, and '3.5dB' and 'db_3_5'."""
    text = text.lower().replace("<", " below ").replace(">", " above ")
    text = re.sub(r"(?<=\d)_(?=\d)", ".", text)
    return set(re.findall(r"\d+(?:\.\d+)?|[a-z]+", text))


def descriptions_of(path):
    with path.open("rb") as file:
        sets = tomllib.load(file)["values"]
    return {name: value["description"] for values in sets.values()
            for name, value in values.items()
            if isinstance(value, dict) and "description" in value}


def load(path, map_path):
    descriptions = descriptions_of(map_path)
    rows = []
    title = labels = None
    for line in path.read_text(encoding="utf-8").splitlines():
        line = line.partition("#")[0].strip() if line.startswith("#") else line.strip()
        if line.startswith("["):
            title = line[1:-1]
        elif line.endswith(":"):
            labels = [label.strip() for label in re.findall("[^:]+:", line)]
        elif line:
            rows += rows_of(line.split(), title, labels, descriptions)
    return rows


def rows_of(cells, title, labels, descriptions):
    text, target, *others = cells
    target = TARGET.fullmatch(target)
    first = target["register"] or target["whole"]
    registers = [first] + [f"{first.rpartition('.')[0]}.{other}" for other in others]
    return [Row(text.lstrip("?"), title, label, target, register, descriptions, text[0] == "?")
            for label, register in zip(labels, registers, strict=True)]


def parts_of(lines):
    """The text behind each label: the title of the capability, the label, the text."""
    title = "header"
    parts = []
    for line in lines:
        depth = len(line) - len(line.lstrip("\t"))
        text = line.strip()
        if found := re.match(r"Capabilities: \[\w+( v\d+)?\] (.*)", text):
            title = found[2]
            parts.append([title, "Capabilities:", text])
        elif depth > (1 if title == "header" else 2) and parts:
            parts[-1][2] += " " + text
        elif depth:
            parts.append([title, text.partition(":")[0] + ":", text])
    return parts


def compare(rows, device, lines, registers, tally):
    for title, label, text in parts_of(lines):
        for row in rows:
            if not title.startswith(row.title) or row.label != label:
                continue
            if found := row.search(text):
                compare_row(row, device, found[1], registers, tally)


def compare_row(row, device, shown, registers, tally):
    row.seen = True
    register = registers.get(row.register)
    what = f"{device} {row.register}" + (f":{row.target['field']}" if row.target["field"] else "")
    if not register:
        tally.failures.append(f"{what}: lspci shows {shown}, and pcipeek has no value")
        return
    value, meaning = register["value"], None
    if row.target["field"]:
        field = next(field for field in register["fields"]
                     if field["name"] == row.target["field"])
        value, meaning = field["value"], field["meaning"]
    if row.agrees(shown, value, meaning):
        tally.same += 1
    else:
        tally.failures.append(f"{what}: lspci shows {row.text} as {shown}, "
                              f"pcipeek {value:#x} {meaning or ''}")
