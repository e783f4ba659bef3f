#!/usr/bin/python3
"""Runs all end-to-end tests, two at a time, and two beside them that mostly wait; writes their count to build/e2e.count.

  OCRTUNE_BUILD=build/release tests/e2e/run.py [PATTERN…]

A test that has not ended after 20 minutes, an hour under `./test.sh full`, is ended with its processes and fails. Ends with the
seconds of each file and with the tests that take more than 5 s, of processors too. A class that says `one_at_a_time = True`
has its tests run one after the other; one that says `waits = True` leaves processors to others while it waits, for servers, signals or
the time. What passed before is run again only when something has changed that it read (passed_before.py).
"""
import collections
import concurrent.futures
import contextlib
import importlib
import multiprocessing
import os
import pathlib
import resource
import signal
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import passed_before  # noqa: E402

SLOW = 5  # seconds
# After which a test counts as one that never ends.
LONGEST = 60 if "OCRTUNE_TESTS_FULL" in os.environ else 20  # minutes
# So many processes run tests, and so many more those that wait.
PROCESSES, WAITING = 2, 2

# What is run one after the other by one process; here so that forked processes have it.
units = []
# What each module of tests read when it was imported.
read_by_module = {}

Done = collections.namedtuple("Done", "name file seconds cpu failures skipped count")


def flattened(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from flattened(test)
        else:
            yield test


def units_of(suite):
    found = {}
    for test in flattened(suite):
        together = getattr(test, "one_at_a_time", False)
        found.setdefault(type(test).__qualname__ + type(test).__module__ if together else test.id(), []).append(test)
    return list(found.values())


def cpu_seconds():
    return sum(used.ru_utime + used.ru_stime
               for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def children():
    """The processes that this one started, with their commands."""
    for status in pathlib.Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(status.read_text().rpartition(")")[2].split()[1]) == os.getpid():
                words = (status.parent / "cmdline").read_bytes().split(b"\0")
                yield int(status.parent.name), b" ".join(words).decode(errors="replace").strip()


def end_test(*_):
    """At the alarm: ends what the test waits for, and the test."""
    started = dict(children())
    for process in started:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    raise AssertionError(f"has not ended within {LONGEST} minutes; its processes: {'; '.join(started.values()) or 'none'}")


class Results(unittest.TestResult):
    """What became of each test, in `done`; what it and its processes say is kept apart, to be shown with its failures."""

    def __init__(self):
        super().__init__()
        self.done = []

    def startTestRun(self):
        signal.signal(signal.SIGALRM, end_test)
        signal.alarm(60 * LONGEST)
        self.begin, self.cpu = time.monotonic(), cpu_seconds()

    def startTest(self, test):
        super().startTest(test)
        signal.alarm(60 * LONGEST)
        self.said = tempfile.TemporaryFile()
        self.kept = [os.dup(stream) for stream in (1, 2)]
        for stream in (1, 2):
            os.dup2(self.said.fileno(), stream)

    def stopTest(self, test):
        super().stopTest(test)
        sys.stdout.flush()
        for stream, before in zip((1, 2), self.kept):
            os.dup2(before, stream)
            os.close(before)
        with self.said:
            self.said.seek(0)
            self.add(test, self.said.read().decode(errors="replace"))

    def add(self, test, output=""):
        """What was found since the last one, with the seconds since then: those of the class are its first test's."""
        failures = [(failed.id(), text) for failed, text in self.errors + self.failures]
        failures += [(passed.id(), "passed, which was not expected\n") for passed in self.unexpectedSuccesses]
        if failures and output:
            failures.append((f"output of {test.id()}", output))
        now, cpu = time.monotonic(), cpu_seconds()
        self.done.append(Done(test.id(), type(test).__module__, now - self.begin, cpu - self.cpu, failures,
                              [(skipped.id(), reason) for skipped, reason in self.skipped], 1))
        self.begin, self.cpu = now, cpu
        for found in (self.errors, self.failures, self.unexpectedSuccesses, self.skipped):
            found.clear()


def load(loader):
    """The tests of all modules."""
    for path in sorted(HERE.glob("test_*.py")):
        passed_before.forget()
        module = importlib.import_module(path.stem)
        read_by_module[path.stem] = [*passed_before.modules_of(path), *passed_before.read()]
        yield loader.loadTestsFromModule(module)


def run_unit(number):
    """Runs the tests of a unit; of a class in one go, which makes what they share once. Also gives what they read."""
    passed_before.forget()
    results = Results()
    results.startTestRun()
    unittest.TestSuite(units[number]).run(results)
    signal.alarm(0)
    if results.errors or results.skipped:  # of the class as a whole
        results.add(units[number][-1])
    return number, results.done, [*read_by_module[type(units[number][0]).__module__], *passed_before.read()]


def run_all(passed):
    """What became of each test, told by a dot, s or F as it ends. What passed goes to `passed`, unless something was changed meanwhile
    that it read."""
    fork = multiprocessing.get_context("fork")
    waiting = [number for number, unit in enumerate(units) if getattr(unit[0], "waits", False)]
    others = sorted(set(range(len(units))) - set(waiting))
    with contextlib.ExitStack() as pools:
        runs = []
        for processes, numbers in ((WAITING, waiting), (PROCESSES, others)):
            pool = pools.enter_context(concurrent.futures.ProcessPoolExecutor(processes, mp_context=fork))
            runs += [pool.submit(run_unit, number) for number in numbers]
        for finished in concurrent.futures.as_completed(runs):
            number, results, read = finished.result()
            if not any(done.failures or done.skipped for done in results) and all(map(passed_before.is_as_begun, read)):
                passed[units[number][0].id()] = {
                    "tests": len(units[number]), "read": {path: passed_before.hash_of(path) for path in read}}
            for done in results:
                print("F" if done.failures else "s" if done.skipped else ".", end="", flush=True)
                yield done
    print()


def show(results):
    for done in results:
        for name, text in done.failures:
            print(f"{'=' * 70}\nFAILED: {name}\n{text}")
    for done in results:
        for name, reason in done.skipped:
            print(f"skipped: {name}: {reason}")
    files, processors = collections.Counter(), collections.Counter()
    for done in results:
        files[done.file] += done.seconds
        processors[done.file] += done.cpu
    print("seconds by file (of processors): " + ", ".join(
        f"{name.removeprefix('test_')} {seconds:.0f} ({processors[name]:.0f})" for name, seconds in files.most_common()))
    for done in sorted(results, key=lambda done: -done.seconds):
        if done.seconds > SLOW:
            print(f"{done.seconds:7.1f} s ({done.cpu:.1f})  {done.name}")


def main():
    loader = unittest.TestLoader()
    if len(sys.argv) > 1:
        loader.testNamePatterns = [f"*{pattern}*" for pattern in sys.argv[1:]]
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="ocrtune-e2e-") as shared:
        os.chmod(shared, 0o755)  # a test reads the sample pages as another user
        os.environ["OCRTUNE_E2E_SHARED"] = shared
        # From the end, where the longest are: what comes last should be short, for it may run alone.
        passed_before.record()
        units.extend(reversed(units_of(load(loader))))
        passed_before.of_all()  # before it may change
        kept = passed_before.kept()
        same = {unit[0].id() for unit in units if kept.get(unit[0].id(), {}).get("tests") == len(unit)}
        unchanged = {name for name in same if passed_before.is_unchanged(kept[name])}
        units[:] = [unit for unit in units if unit[0].id() not in unchanged]
        begun = {unit[0].id() for unit in units}
        passed = {}
        results = list(run_all(passed))
        passed_before.keep({name: unit for name, unit in kept.items() if name not in begun} | passed)
    show(results)
    before = sum(kept[name]["tests"] for name in unchanged)
    ran = before + sum(done.count for done in results) - sum(len(done.skipped) for done in results)
    failed = sum(bool(done.failures) for done in results)
    told = f" ({before} of them passed before, and nothing that they read has changed)" if before else ""
    print(f"{ran} tests{told} in {time.monotonic() - begin:.0f} s, {sum(done.cpu for done in results):.0f} s of processors: "
          f"{f'{failed} FAILED' if failed else 'OK'}")
    (HERE.parents[1] / "build" / "e2e.count").write_text(f"{ran}\n")
    sys.exit(0 if not failed and ran > 0 else 1)


if __name__ == "__main__":
    main()
