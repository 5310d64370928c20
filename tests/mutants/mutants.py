#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
"""mutants.py BUILD [FILE...]: break the files in every way that sites.py knows, and see
whether a unit test notices. docs/mutants.md says how, and what came of it.

AGAIN=1 judges only those that survived the last time; JOBS is how many run at once."""

import glob
import hashlib
import json
import os
import re
import shlex
import subprocess
import sys

import judge
import schemata
import sites
from explained import explained

TARGETS = ["pcipeek_kmod_tests", "pcipeek_unit_tests", "pcipeek_command_tests",
           "pcipeek_command", "fake_board_test"]
FILES = ["kmod/validate.[ch]", "kmod/program.[ch]", "kmod/ops.[ch]",
         "kmod/doubt.[ch]", "kmod/interpreter.[ch]", "kmod/bridge_window.h",
         "lib/src/*/*.[ch]pp",
         "tools/grammar/*.[ch]pp"]
ERROR = re.compile(r"^(?:In file included from )?(/[^: ]+):(\d+):\d+:\s+(?:error|.*required from)")


class Tree:
    """A copy of the files of the tree, which is built with the mutants in it."""

    def __init__(self, build):
        self.here = os.path.join(os.path.abspath(build), "tree")
        self.build = os.path.join(os.path.abspath(build), "cmake")
        self.jobs = os.environ.get("JOBS", str(os.cpu_count()))

    def path(self, name):
        return os.path.join(self.here, name)

    def put(self, name, contents, mode=0o644):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if os.path.exists(path):
            with open(path, "rb") as file:
                if file.read() == contents:
                    return
        with open(path, "wb") as file:
            file.write(contents)
        os.chmod(path, mode)

    def copy(self, but):
        listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others",
                                 "--exclude-standard"], check=True, capture_output=True, text=True)
        for name in filter(None, listed.stdout.split("\0")):
            if os.path.isfile(name) and not (name in but and os.path.exists(self.path(name))):
                with open(name, "rb") as file:
                    self.put(name, file.read(), os.stat(name).st_mode & 0o777)

    def configure(self):
        """What is not set has a pattern in it, so that a lost assignment does not hide, and
        an index that is too large ends the program."""
        flags = f"-w -fpermissive -D_GLIBCXX_ASSERTIONS -ftrivial-auto-var-init=pattern -include {self.path('tests/mutants/mutant.h')}"
        subprocess.run(["cmake", "-S", self.here, "-B", self.build, "-DCMAKE_BUILD_TYPE=Debug",
                        f"-DCMAKE_C_FLAGS={flags.replace('-fpermissive ', '')}",
                        f"-DCMAKE_CXX_FLAGS={flags}"],
                       check=True, stdout=subprocess.DEVNULL)

    def compile(self):
        """Places of errors, as (path, line)."""
        done = subprocess.run(["cmake", "--build", self.build, "-j", self.jobs, "--target",
                               *os.environ.get("TARGETS", " ".join(TARGETS)).split(), "--", "-k"], capture_output=True, text=True)
        with open(self.build + ".log", "w") as log:
            log.write(done.stdout + done.stderr)
        if done.returncode == 0:
            return set()
        places = {(os.path.relpath(found[1], self.here), int(found[2]))
                  for found in map(ERROR.match, done.stderr.splitlines()) if found}
        if not places:
            raise SystemExit(f"mutants: it does not build: {self.build}.log")
        return places


def commands_of(tree):
    """How each file would be compiled where it comes from, as clang takes it."""
    with open(os.path.join(tree.build, "compile_commands.json")) as file:
        entries = json.load(file)
    commands = {}
    for entry in entries:
        words = [word for word in shlex.split(entry["command"])[1:]
                 if word not in ("-w", "-fpermissive", "-Winvalid-pch",
                                 "-ftrivial-auto-var-init=pattern")]
        commands[os.path.relpath(entry["file"], tree.here)] = [
            word.replace(tree.here + "/", os.getcwd() + "/") for word in words[:words.index("-o")]]
    return commands


def find_mutants(tree, wanted):
    found = {}
    commands = commands_of(tree)
    # Only a test of the module's includes bridge_window.h. The rest is what cmake makes.
    sources = [name for name in commands
               if name.startswith("tests/unit/kmod/") or not name.startswith(("tests/", ".."))]
    for source in sorted(sources, key=lambda name: (name not in wanted,
                                                    not name.startswith("tests/"), name)):
        missing = {os.path.abspath(name): name for name in wanted - found.keys()}
        if not missing:
            break
        for path, there in sites.find(os.path.abspath(source), commands[source],
                                      missing.__contains__).items():
            found[missing[path]] = there
    mutants = [schemata.Mutant(name, site) for name in sorted(found)
               for site in sorted(found[name], key=lambda site: (site.start, site.end, site.kind))]
    for number, mutant in enumerate(mutants):
        mutant.id = number
    return mutants


def write_mutants(tree, mutants, names):
    """Returns those that have a place."""
    written = set()
    for name in names:
        with open(name, "rb") as file:
            text = file.read()
        mutated, there = schemata.write(text, [m for m in mutants if m.path == name])
        tree.put(name, mutated)
        written |= there
    return [mutant for mutant in mutants if mutant.id in written]


def build_mutants(tree, mutants, names):
    """Returns those that compile. What has to be a constant cannot be chosen at run time."""
    for _ in range(12):
        mutants = write_mutants(tree, mutants, names)
        places = tree.compile()
        if not places:
            return mutants
        guilty = [m for m in mutants if (m.path, m.site.line) in places]
        literals = [m for m in guilty if m.site.kind == "literal"]
        dropped = {m.id for m in literals or guilty}
        if not dropped:
            raise SystemExit(f"mutants: it does not build: {tree.build}.log")
        mutants = [m for m in mutants if m.id not in dropped]
    raise SystemExit(f"mutants: it does not build: {tree.build}.log")


class Record:
    """What became of each, kept for the next time."""

    def __init__(self, path):
        self.path = path
        self.rows = {}
        self.before = {}
        if os.environ.get("AGAIN") and os.path.exists(path):
            with open(path) as file:
                self.before = {self.key(row): row for row in json.load(file)}

    @staticmethod
    def key(row):
        return row["hash"], row["path"], row["start"], row["kind"]

    def was_killed(self, row):
        return self.before.get(self.key(row), {}).get("verdict", "").startswith("killed")

    def keep(self):
        with open(self.path, "w") as file:
            json.dump(list(self.rows.values()), file, indent=0)


def judge_mutants(tree, mutants, record):
    jobs = int(tree.jobs)
    runner = judge.Runner(os.path.join(os.path.dirname(tree.build), "scratch"))
    tests = judge.look_at_all(runner, judge.tests_of(tree.build), jobs)
    open_ones = []
    for mutant in mutants:
        row = mutant.row()
        with open(mutant.path, "rb") as file:
            row["hash"] = hashlib.sha256(file.read()).hexdigest()[:16]
        record.rows[mutant.id] = row
        if record.was_killed(row):
            row.update(verdict=record.before[record.key(row)]["verdict"], by=None)
        else:
            open_ones.append(mutant.id)
    print(f"mutants: {len(open_ones)} to judge, by {len(tests)} tests", flush=True)

    def tell(number, verdict):
        record.rows[number].update(verdict=verdict[0], by=verdict[1])
        if number % 50 == 0:
            record.keep()

    judge.judge_all(runner, tests, open_ones, jobs, tell)
    record.keep()


def report(rows, made):
    """Returns how many survivors nobody has explained."""
    reasons = explained()
    survivors = [row for row in rows if row["verdict"] == "survived"]
    unexplained = [row for row in survivors if not reasons.of(row)]
    for row in unexplained:
        print(f"{row['path']}:{row['line']}: {row['function']}: {row['kind']}: {row['before']}"
              + (f" -> {row['after']}" if row["after"] else "")
              + (" (not reached)" if row["by"] else ""))
    for row in reasons.unused(rows):
        print(f"explained, but not there or killed: {row}")
    killed = [row for row in rows if row["verdict"].startswith("killed")]
    slow = sum(row["verdict"] == "killed by time" for row in killed)
    print(f"mutants: {made} made, {made - len(rows)} left out, {len(killed)} killed ({slow} by "
          f"time), {len(survivors)} survived, {len(survivors) - len(unexplained)} of them explained")
    return len(unexplained)


def main():
    os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../.."))
    build, *patterns = sys.argv[1:]
    names = {name for pattern in patterns or FILES for name in glob.glob(pattern)}
    if not names:
        raise SystemExit("mutants: no such files: " + " ".join(patterns))
    tree = Tree(build)
    tree.copy(but=names)
    tree.configure()
    mutants = find_mutants(tree, names)
    print(f"mutants: {len(mutants)} in {len({m.path for m in mutants})} files", flush=True)
    record = Record(os.path.join(build, "record.json"))
    built = build_mutants(tree, mutants, names)
    judge_mutants(tree, built, record)
    return 1 if report(list(record.rows.values()), len(mutants)) else 0


if __name__ == "__main__":
    sys.exit(main())
