#!/usr/bin/python3
"""Runs all end-to-end tests and writes their count to build/e2e.count.

  OCRTUNE_BUILD=build/release tests/e2e/run.py [PATTERN]
"""
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))


def main():
    loader = unittest.TestLoader()
    if len(sys.argv) > 1:
        loader.testNamePatterns = [f"*{sys.argv[1]}*"]
    suite = loader.discover(str(HERE), pattern="test_*.py")
    result = unittest.TextTestRunner(verbosity=1, descriptions=False).run(suite)
    for test, reason in result.skipped:
        print(f"skipped: {test}: {reason}")
    ran = result.testsRun - len(result.skipped)
    (HERE.parents[1] / "build" / "e2e.count").write_text(f"{ran}\n")
    sys.exit(0 if result.wasSuccessful() and ran > 0 else 1)


if __name__ == "__main__":
    main()
