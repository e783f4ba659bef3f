"""What run.py takes for passed: a test is run again when something has changed that it read."""
import os
import pathlib
import subprocess
import tempfile
import time
import unittest
import unittest.mock

import passed_before
from support import ROOT


class PassedBefore(unittest.TestCase):
    def setUp(self):
        passed_before.record()
        self.folder = tempfile.TemporaryDirectory(dir=ROOT / "build")
        self.addCleanup(self.folder.cleanup)
        self.file = f"{self.folder.name}/read.txt"
        with open(self.file, "w") as file:
            file.write("before")
        passed_before.forget()

    def what_is_read(self):
        passed_before.hash_of.cache_clear()
        return {"read": {path: passed_before.hash_of(path) for path in passed_before.read()}}

    def check(self, unit):
        self.assertIn(self.file, unit["read"])
        self.assertTrue(passed_before.is_unchanged(unit))
        with open(self.file, "w") as file:
            file.write("after")
        passed_before.hash_of.cache_clear()
        self.assertFalse(passed_before.is_unchanged(unit))

    def test_a_file_that_is_opened(self):
        with open(self.file):
            self.check(self.what_is_read())

    def test_a_file_that_a_program_is_given(self):
        for words, folder in ((["cat", self.file], None), (["cat", "read.txt"], self.folder.name),
                              (["sh", "-c", f"cat '{self.file}' >/dev/null"], None)):
            with self.subTest(words):
                subprocess.run(words, cwd=folder, check=True, capture_output=True)
                self.assertIn(self.file, passed_before.read())
                passed_before.forget()
        subprocess.run(["cat", self.file], check=True, capture_output=True)
        self.check(self.what_is_read())

    def test_a_file_that_comes_to_be(self):
        missing = f"{self.folder.name}/missing.txt"
        with self.assertRaises(FileNotFoundError):
            open(missing)
        unit = self.what_is_read()
        self.assertTrue(passed_before.is_unchanged(unit))
        with open(missing, "w") as file:
            file.write("now")
        passed_before.hash_of.cache_clear()
        self.assertFalse(passed_before.is_unchanged(unit))

    def test_a_file_that_is_asked_for(self):
        for asks in (os.path.exists, os.path.islink, lambda path: os.access(path, os.R_OK), lambda path: pathlib.Path(path).is_file()):
            for name in (self.file, f"{self.folder.name}/missing.txt"):
                passed_before.forget()
                asks(name)
                self.assertEqual(passed_before.read(), [name])
        passed_before.forget()
        self.assertTrue(os.path.isdir(self.folder.name))
        self.assertEqual(passed_before.read(), [])

    def test_what_changes_meanwhile(self):
        for path in (self.file, str(ROOT / "tests" / "e2e")):
            for begin, expected in ((0, False), (time.time() + 60, True)):
                with self.subTest(path, begin=begin), unittest.mock.patch.object(passed_before, "BEGIN", begin):
                    self.assertEqual(passed_before.is_as_begun(path), expected)
        self.assertFalse(passed_before.is_as_begun(self.file))

    def test_modules_are_read_by_all_that_import_them(self):
        names = {pathlib.Path(path).stem for path in passed_before.modules_of(__file__)}
        self.assertEqual(names, {"test_passed_before", "passed_before", "support", "schemas"})  # these two through others

    def test_folders_are_what_git_knows_of_them(self):
        before = passed_before.hash_of(str(ROOT / "tests" / "e2e"))
        passed_before.hash_of.cache_clear()
        passed_before._known_to_git.cache_clear()
        self.assertEqual(passed_before.hash_of(str(ROOT / "tests" / "e2e")), before)
        self.assertNotEqual(passed_before.hash_of(str(ROOT / "tests" / "unit")), before)


class UnitTests(unittest.TestCase):
    """scripts/run_unit_tests.sh on a build of one executable, beside one that the build doesn't know any more."""

    def run_them(self, preset, *more):
        self.addCleanup((ROOT / "build" / f"{preset}.count").unlink, missing_ok=True)
        return subprocess.run([ROOT / "scripts" / "run_unit_tests.sh", preset, *more], capture_output=True, text=True)

    def test_only_what_the_build_knows_is_run_and_once(self):
        folder = tempfile.TemporaryDirectory(dir=ROOT / "build")
        self.addCleanup(folder.cleanup)
        build = pathlib.Path(folder.name)
        (build / "build.ninja").write_text("rule CXX_EXECUTABLE_LINKER__any\n  command = true\n"
                                           "build new_test: CXX_EXECUTABLE_LINKER__any\nbuild later_test: CXX_EXECUTABLE_LINKER__any\n")
        for name, ends in (("new_test", "exit 0"), ("old_test", "exit 1")):
            (build / name).write_text(f"#!/bin/sh\nfor word; do :; done\necho '<testcase name=\"A\" />' >\"${{word#*xml:}}\"\n{ends}\n")
            (build / name).chmod(0o755)
        for anew in ("new_test", "none"):
            done = self.run_them(build.name)
            self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
            self.assertRegex(done.stdout, rf"\A{build.name}: [1-9]\d* tests passed, run anew: {anew}\n\Z")
        (build / "new_test").write_text("#!/bin/sh\nfor word; do :; done\n>\"${word#*xml:}\"\n")
        self.assertEqual(self.run_them(build.name, "None.*").stderr,
                         f"run_unit_tests.sh: build/{build.name} has no tests, or none is called None.*\n")

    def test_a_build_that_is_not_there(self):
        done = self.run_them("none")
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertEqual(done.stderr, "run_unit_tests.sh: there is no build/none; scripts/build.sh makes it\n")


if __name__ == "__main__":
    unittest.main()
