"""Power that is lost at any moment: what was done stays done, and the same command goes on to the same result."""
import os
import pathlib
import random
import tempfile
import unittest

import fault_runs
import power_loss
from support import BUILD, ScratchCase, ocrtune

LIBRARY = BUILD / "libocrtune_log_writes.so"


class PowerLoss(ScratchCase):
    def logged(self, run):
        """The events of an undisturbed run, and its result."""
        folder, log = self.tmp / "whole", self.tmp / "log"
        folder.mkdir()
        ocrtune(*run.command(folder), check=0, env={"LD_PRELOAD": str(LIBRARY), "OCRTUNE_WRITES_LOG": str(log),
                                                    "OCRTUNE_WRITES_FOLDER": str(folder)})
        return list(power_loss.read_log(log, folder)), run.result(folder)

    def kept(self, run, files):
        """What the run has acknowledged where these files are; not asked where it goes on, as SQLite would tidy up."""
        with tempfile.TemporaryDirectory(dir=self.tmp) as folder:
            power_loss.build(files, pathlib.Path(folder))
            return set(run.kept(pathlib.Path(folder)))

    def check(self, run, disk, left, result):
        # What was flushed under the name that the program knows counts as done.
        done = self.kept(run, disk.names_without_contents())
        before = self.kept(run, left)
        self.assertLessEqual(done, before)
        with tempfile.TemporaryDirectory(dir=self.tmp) as name:
            folder = pathlib.Path(name)
            power_loss.build(left, folder)
            for path in run.results_of(before):
                self.assertEqual(run.content(folder / path), result[path])
            ocrtune(*run.command(folder), check=0)
            self.assertLessEqual(before, set(run.kept(folder)))
            self.assertEqual(run.result(folder), result)

    def lose_power(self, run):
        events, result = self.logged(run)
        moments = power_loss.syncs(events)
        self.assertGreater(len(moments), fault_runs.PAGES)
        chance = random.Random(1)
        few = len(moments) if "OCRTUNE_TESTS_FULL" in os.environ else 4
        for moment in sorted(chance.sample(moments, min(few, len(moments)))):
            disk = power_loss.Disk(events, moment)
            for name, left in (("flushed", disk.only_what_was_flushed()), ("names", disk.names_without_contents()),
                               ("any part", disk.any_part(moment))):
                with self.subTest(event=moment, of=len(events), left=name):
                    self.check(run, disk, left, result)

    def test_study(self):
        self.lose_power(fault_runs.Study)

    def test_apply(self):
        self.lose_power(fault_runs.Apply)

    def test_pdf(self):
        self.lose_power(fault_runs.Pdf)


if __name__ == "__main__":
    unittest.main()
