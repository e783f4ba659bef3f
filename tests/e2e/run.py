#!/usr/bin/python3
"""Runs all end-to-end tests, two at a time, and writes their count to build/e2e.count.

  OCRTUNE_BUILD=build/release tests/e2e/run.py [PATTERN]

Ends with the seconds of each file and with the tests that take more than 5 s, of processors too. A class that says `one_at_a_time = True`
has its tests run one after the other.
"""
import collections
import concurrent.futures
import multiprocessing
import os
import pathlib
import resource
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

SLOW = 5  # seconds
PROCESSES = 2

# What is run one after the other by one process; here so that forked processes have it.
units = []

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


def run_test(test):
    """Runs it with what it and its processes say kept apart, to be shown with its failures."""
    result = unittest.TestResult()
    begin, cpu = time.monotonic(), cpu_seconds()
    with tempfile.TemporaryFile() as said:
        kept = [os.dup(stream) for stream in (1, 2)]
        for stream in (1, 2):
            os.dup2(said.fileno(), stream)
        try:
            unittest.TestSuite([test]).run(result)
        finally:
            sys.stdout.flush()
            for stream, before in zip((1, 2), kept):
                os.dup2(before, stream)
                os.close(before)
        said.seek(0)
        output = said.read().decode(errors="replace")
    failures = [(failed.id(), text) for failed, text in result.errors + result.failures]
    failures += [(passed.id(), "passed, which was not expected\n") for passed in result.unexpectedSuccesses]
    if failures and output:
        failures.append((f"output of {test.id()}", output))
    return Done(test.id(), type(test).__module__, time.monotonic() - begin, cpu_seconds() - cpu, failures,
                [(skipped.id(), reason) for skipped, reason in result.skipped], result.testsRun)


def run_unit(number):
    return [run_test(test) for test in units[number]]


def run_all():
    """What became of each test, told by a dot, s or F as it ends."""
    fork = multiprocessing.get_context("fork")
    with concurrent.futures.ProcessPoolExecutor(min(PROCESSES, max(1, len(units))), mp_context=fork) as pool:
        for finished in concurrent.futures.as_completed([pool.submit(run_unit, number) for number in range(len(units))]):
            for done in finished.result():
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
        loader.testNamePatterns = [f"*{sys.argv[1]}*"]
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="ocrtune-e2e-") as shared:
        os.chmod(shared, 0o755)  # a test reads the sample pages as another user
        os.environ["OCRTUNE_E2E_SHARED"] = shared
        # From the end, where the longest are: what comes last should be short, for it may run alone.
        units.extend(reversed(units_of(loader.discover(str(HERE), pattern="test_*.py"))))
        results = list(run_all())
    show(results)
    ran = sum(done.count for done in results) - sum(len(done.skipped) for done in results)
    failed = sum(bool(done.failures) for done in results)
    print(f"{ran} tests in {time.monotonic() - begin:.0f} s, {sum(done.cpu for done in results):.0f} s of processors: "
          f"{f'{failed} FAILED' if failed else 'OK'}")
    (HERE.parents[1] / "build" / "e2e.count").write_text(f"{ran}\n")
    sys.exit(0 if not failed and ran > 0 else 1)


if __name__ == "__main__":
    main()
