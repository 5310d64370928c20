# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
"""Runs the tests: first to see which mutants each reaches, then on the mutants."""

import json
import os
import resource
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

FILTER = "--gtest_filter="
NOBODY = 65534
GIB = 1 << 30
# mutant.h
ENDLESS = 99


class Test:
    def __init__(self, entry):
        properties = {each["name"]: each["value"] for each in entry.get("properties", [])}
        self.name = entry["name"]
        self.command = entry["command"]
        self.folder = properties.get("WORKING_DIRECTORY")
        self.environment = dict(each.split("=", 1) for each in properties.get("ENVIRONMENT", []))
        self.skipped = properties.get("SKIP_RETURN_CODE")
        self.reached = set()
        self.seconds = 0.0

    def program(self):
        """What it has in common with those that can run together with it."""
        return tuple(part for part in self.command if not part.startswith(FILTER))

    def filter(self):
        return next((part[len(FILTER):] for part in self.command if part.startswith(FILTER)), None)


def tests_of(build):
    listed = subprocess.run(["ctest", "--test-dir", build, "-L", "unit", "--show-only=json-v1"],
                            check=True, capture_output=True, text=True)
    return [Test(entry) for entry in json.loads(listed.stdout)["tests"] if "command" in entry]


class Runner:
    """Mutants do what nobody thought of: they run without rights, and end."""

    def __init__(self, scratch):
        self.scratch = scratch
        os.makedirs(scratch, exist_ok=True)
        self.user = {}
        if os.geteuid() == 0:
            os.chown(scratch, NOBODY, NOBODY)
            self.user = {"user": NOBODY, "group": NOBODY, "extra_groups": []}

    def run(self, command, folder, environment, seconds):
        """True, False, or None if it did not end."""
        def limit():
            cpu = int(seconds) + 1
            for what, most in ((resource.RLIMIT_CPU, cpu), (resource.RLIMIT_CORE, 0),
                               (resource.RLIMIT_AS, 8 * GIB), (resource.RLIMIT_DATA, GIB // 2),
                               (resource.RLIMIT_FSIZE, 2048 * GIB)):
                resource.setrlimit(what, (most, most))

        everything = dict(os.environ, TMPDIR=self.scratch, HOME=self.scratch, **environment)
        with subprocess.Popen(command, cwd=folder, env=everything, stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              start_new_session=True, preexec_fn=limit, **self.user) as process:
            try:
                status = process.wait(timeout=4 * seconds)
            except subprocess.TimeoutExpired:
                status = None
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        return None if status in (None, ENDLESS, -signal.SIGXCPU, -signal.SIGKILL) else status

    def look(self, test):
        """What it reaches; returns whether it passes without a mutant."""
        log = os.path.join(self.scratch, f"reached-{os.getpid()}-{id(test)}")
        started = time.monotonic()
        status = self.run(test.command, test.folder,
                          dict(test.environment, PCIPEEK_MUTANT_LOG=log), 60)
        test.seconds = time.monotonic() - started
        if os.path.exists(log):
            with open(log) as lines:
                test.reached = {int(line) for line in lines}
            os.unlink(log)
        return status == 0 or status is not None and status == test.skipped

    def judge(self, mutant, tests):
        """killed, killed by time or survived, and by which."""
        groups = {}
        for test in tests:
            groups.setdefault(test.program(), []).append(test)
        for program, members in sorted(groups.items(), key=lambda g: sum(t.seconds for t in g[1])):
            command, first = list(program), members[0]
            names = [test.filter() for test in members]
            if all(names):
                command += [FILTER + ":".join(names), "--gtest_fail_fast"]
            seconds = 2 + 5 * sum(test.seconds for test in members)
            status = self.run(command, first.folder,
                              dict(first.environment, PCIPEEK_MUTANT=str(mutant)), seconds)
            if status is None:
                return "killed by time", first.name
            if status not in (0, first.skipped):
                return "killed", first.name
        return "survived", None


def look_at_all(runner, tests, jobs):
    """Those that reach a mutant; all of which have to pass as long as none is in force."""
    with ThreadPoolExecutor(jobs) as pool:
        passed = dict(zip(tests, pool.map(runner.look, tests)))
    broken = [test.name for test in tests if test.reached and not passed[test]]
    if broken:
        raise SystemExit("mutants: fails without a mutant: " + ", ".join(broken))
    return [test for test in tests if test.reached]


def judge_all(runner, tests, mutants, jobs, tell):
    reaching = {}
    for test in tests:
        for mutant in test.reached:
            reaching.setdefault(mutant, []).append(test)

    def one(mutant):
        if mutant not in reaching:
            return "survived", "not reached"
        return runner.judge(mutant, reaching[mutant])

    with ThreadPoolExecutor(jobs) as pool:
        for mutant, verdict in zip(mutants, pool.map(one, mutants)):
            tell(mutant, verdict)
