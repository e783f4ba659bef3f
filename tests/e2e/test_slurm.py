"""Workers that `ocrtune submit` gives to Slurm: the same trials as those of one process, whatever Slurm does to the workers."""
import json
import os
import random
import re
import subprocess
import time
import unittest

import slurm
from postgresql import ServerCase
from support import FAST, OCRTUNE, ScratchCase, made_once, ocrtune, repetitions, screened_study, tiny_pages

STUDY = "postgresql://anna@db.example.org/ocr/letters"
# Few threads and known ones, so that the search is the same here and there.
TUNING = ["--trials", 8, "--in-flight", 2, "--hold-out", 0, "--single", "--engine", "lstm", "--no-report", "--quiet", "--jobs", 1, "--memory", "2G"]


def tuned_study():
    """A search of the tiny pages by one process."""
    return made_once("tuned-alone", lambda folder: ocrtune("tune", tiny_pages(), *TUNING, "--study", folder / "s.db", "-o", folder / "best.toml", check=0)) / "s.db"


class WithoutSlurm(ScratchCase):
    def submit(self, *arguments, **options):
        return ocrtune("submit", "--slurm", "--study", STUDY, *arguments, **options)

    def test_a_dry_run_prints_the_script(self):
        script = self.submit("--dry-run", "--workers", 16, "--cpus-per-task", 8, "--time", "4:00:00", "--partition", "fast", "--", "it's here", check=0).stdout
        self.assertTrue(script.startswith("#!/bin/sh\n#SBATCH --job-name=ocrtune-letters\n#SBATCH --array=0-15\n"), script)
        for line in ("#SBATCH --cpus-per-task=8", "#SBATCH --time=4:00:00", "#SBATCH --partition=fast", "#SBATCH --requeue"):
            self.assertIn(f"{line}\n", script)
        self.assertIn(f"\nexec {OCRTUNE} worker --study={STUDY} ", script)
        self.assertTrue(script.endswith(" -- 'it'\\''s here'\n"), script)
        self.assertEqual(subprocess.run(["sh", "-n"], input=script, text=True).returncode, 0)
        described = json.loads(self.submit("--dry-run", "--json", check=0).stdout)
        self.assertEqual((described["job"], described["script"][:10]), (None, "#!/bin/sh\n"))

    def test_what_is_wrong_is_a_line(self):
        self.tmp.joinpath("empty").mkdir()
        for arguments, status, line in (
                (["--partition", "a b"], 1, "--partition a b: is not a name that Slurm has"),
                (["--time", "4h"], 1, "is not a time of Slurm's"),
                (["--mem", "1k"], 1, "--mem"),
                (["-"], 1, "no standard input"),
                (["--tessdata", "a\nb"], 1, "--tessdata a?b: has a control character"),
                ([], 3, "sbatch: is not installed")):
            done = self.submit(*arguments, env={"PATH": str(self.tmp / "empty")}, check=status)
            self.assertIn(line, done.stderr)
            self.assertEqual(len(done.stderr.splitlines()), 1)
        self.assertIn("--slurm is required", ocrtune("submit", "--study", STUDY, check=1).stderr)


@unittest.skipIf(slurm.unusable(), slurm.unusable())
class Slurm(ServerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cluster = slurm.SlurmCluster()
        cls.addClassCleanup(cls.cluster.remove)

    def setUp(self):
        super().setUp()
        self.logs = self.tmp / "the workers' logs #1"
        self.job = None

    def submit(self, *arguments, **options):
        return ocrtune("submit", "--slurm", "--study", self.study, "--cpus-per-task", 1, "--mem", "900M", "--wait", 60, "--logs", self.logs,
                       *arguments, env={"SLURM_CONF": self.cluster.environment["SLURM_CONF"]}, **options)

    def start_workers(self):
        """All four run when it returns: a quick search would be over before they had a page."""
        self.job = json.loads(self.submit("--workers", 4, "--json", check=0).stdout)["job"]
        self.addCleanup(self.cancel)
        self.cluster.wait_for(lambda: len(self.running()) == 4)

    def cancel(self):
        self.cluster.run("scancel", self.job)
        self.cluster.wait_for(lambda: not self.cluster.states(self.job))

    def running(self):
        return [task for task, state in self.cluster.states(self.job).items() if state == "RUNNING"]

    def screening(self, exponent):
        process = subprocess.Popen([OCRTUNE, "screen", tiny_pages(), "--exponent", str(exponent), *FAST, "--engine", "lstm", "--jobs", "1",
                                    "--memory", "2G", "--study", self.study, "--quiet"], stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def pages_of_workers(self):
        """How many pages the workers say that they evaluated, once they have been told to end."""
        self.cancel()
        said = "".join(log.read_text() for log in self.logs.glob(f"slurm-{self.job}_?.out"))
        return sum(map(int, re.findall(r"^(\d+) pages evaluated$", said, re.MULTILINE)))

    def check_screening(self, driver, exponent):
        _, talk = driver.communicate(timeout=180)
        self.assertEqual(driver.returncode, 0, talk)
        self.check_same(screened_study(exponent, "--engine", "lstm"))

    def test_a_screening(self):
        self.start_workers()
        self.check_screening(self.screening(4), 4)
        self.assertGreater(self.pages_of_workers(), 0)

    def test_a_search(self):
        self.start_workers()
        ocrtune("tune", tiny_pages(), *TUNING, "--study", self.study, "-o", self.tmp / "best.toml", check=0)
        self.check_same(tuned_study())
        self.assertGreater(self.pages_of_workers(), 0)

    def test_workers_that_slurm_ends_lose_nothing(self):
        moments = random.Random(1)
        self.start_workers()
        driver = self.screening(6)
        for _ in range(repetitions(20, 1)):
            task = self.cluster.wait_for(self.running)[0]
            time.sleep(moments.uniform(0.3, 0.8))
            self.cluster.run("scontrol", "requeue", f"{self.job}_{task}")
        task = self.cluster.wait_for(self.running)[0]
        self.cluster.run("scancel", "--signal=TERM", "--batch", f"{self.job}_{task}")
        self.cluster.wait_for(lambda: task not in self.cluster.states(self.job))
        # Another job takes all nodes from the workers, which are queued again.
        self.cluster.run("sbatch", "--partition=urgent", "--nodes=4", "--exclusive", "--output=/dev/null", "--wrap", "sleep 1")
        self.cluster.wait_for(lambda: not self.running())
        self.cluster.wait_for(self.running)
        self.check_screening(driver, 6)
        self.assertGreater(self.pages_of_workers(), 0)

    def test_a_refusal_is_a_line(self):
        done = self.submit("--partition", "nosuch", check=1)
        self.assertEqual(done.stderr, "ocrtune: sbatch: invalid partition specified: nosuch\n")
        self.assertEqual(done.stdout, "")


if __name__ == "__main__":
    unittest.main()
