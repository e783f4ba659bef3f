#!/usr/bin/python3
"""Runs the tests of the Python package and the examples in its docstrings; writes their count to build/python.count."""

import doctest
import os
import pathlib
import pkgutil
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE))

import ocrtune  # noqa: E402


def examples():
    """Of the package, its modules and the extension."""
    os.chdir(ROOT)
    suite = unittest.TestSuite()
    for name in ["ocrtune", *(f"ocrtune.{module.name}" for module in pkgutil.iter_modules(ocrtune.__path__))]:
        try:
            suite.addTests(doctest.DocTestSuite(name))
        except ValueError:
            pass  # it has no examples
    return suite


def main():
    loader = unittest.TestLoader()
    if len(sys.argv) > 1:
        loader.testNamePatterns = [f"*{sys.argv[1]}*"]
    suite = loader.discover(str(HERE))
    if len(sys.argv) == 1:
        suite.addTests(examples())
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    (ROOT / "build/python.count").write_text(f"{result.testsRun}\n")
    sys.exit(not result.wasSuccessful() or result.testsRun == 0)


if __name__ == "__main__":
    main()
