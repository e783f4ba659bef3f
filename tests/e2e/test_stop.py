"""Ctrl-C and SIGTERM at any moment: every command ends soon, with the status for interrupted, and goes on where it can."""
import random
import signal
import subprocess
import time

import numpy
from PIL import Image
from support import OCRTUNE, ScratchCase, exported, ocrtune, repetitions, sample_pages, tiny_pages

# Two seconds, and what a machine with other work to do may add.
LONGEST = 2 + 3


def noisy_page(path, width, height):
    """A page that every stage and Tesseract's layout take long over."""
    speckled = numpy.random.default_rng(5).random((height, width)) < 0.03
    Image.fromarray(numpy.where(speckled, 0, 255).astype(numpy.uint8)).save(path, compress_level=1)
    return path


class Stop(ScratchCase):
    waits = True

    def interrupted_after(self, seconds, number, *arguments):
        """The command's status, and the seconds from the signal to its end; what it said is in stderr.txt."""
        with open(self.tmp / "stderr.txt", "wb") as stderr:
            process = subprocess.Popen([OCRTUNE, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=stderr)
        try:
            time.sleep(seconds)
            process.send_signal(number)
            start = time.monotonic()
            return process.wait(timeout=60), time.monotonic() - start
        finally:
            process.kill()
            process.wait()

    def commands(self, pages, out):
        quiet = ["--quiet", "--jobs", 2]
        return [
            ["tune", pages, "--trials", 30, "--study", out / "s.db", "-o", out / "best.toml", "--no-report", *quiet],
            ["score", pages, *quiet],
            ["read", pages, "-o", out / "texts", *quiet],
            ["apply", pages, "-o", out / "applied", *quiet],
            ["clean", pages, "--pipeline", "standard", "-o", out / "clean", *quiet],
            ["compare", pages, "--pipeline", "standard", *quiet],
        ]

    def test_at_any_moment(self):
        pages = sample_pages()
        moments = random.Random(11)
        for i in range(repetitions(full=50, few=6)):
            out = self.tmp / str(i)
            out.mkdir()
            command = self.commands(pages, out)[i % 6]
            number = moments.choice([signal.SIGINT, signal.SIGTERM])
            seconds = moments.uniform(0.1, 3)
            with self.subTest(command=command[0], signal=number, seconds=seconds):
                status, took = self.interrupted_after(seconds, number, *command)
                # It may have been done before, or not yet have begun.
                self.assertIn(status, (130, 0, -number))
                self.assertLess(took, LONGEST)

    def test_in_the_middle_of_what_cannot_be_interrupted(self):
        page = noisy_page(self.tmp / "noise.png", 9000, 11000)
        for seconds, command in ((2.5, ["clean", page, "-o", self.tmp / "clean", "--pipeline", "standard"]),
                                 (3.5, ["score", page]),
                                 (3.5, ["score", page, "--engine", "tesseract"])):
            with self.subTest(command=command[0]):
                status, took = self.interrupted_after(seconds, signal.SIGTERM, *command)
                self.assertEqual(status, 130)
                self.assertLess(took, LONGEST)
                self.assertRegex((self.tmp / "stderr.txt").read_text(), "interrupted|0 pages written")

    def test_what_was_finished_is_kept(self):
        pages = tiny_pages()
        command = ["tune", pages, "--trials", 12, "--in-flight", 2, "-o", self.tmp / "best.toml", "--no-report", "--quiet", "--study"]
        ocrtune(*command, self.tmp / "whole.db", check=0)
        moments = random.Random(3)
        for _ in range(repetitions(full=4, few=1)):
            self.interrupted_after(moments.uniform(0.5, 2), signal.SIGINT, *command, self.tmp / "stopped.db")
        ocrtune(*command, self.tmp / "stopped.db", check=0)
        whole, stopped = (exported(self.tmp / f"{name}.db", self.tmp / name) for name in ("whole", "stopped"))
        self.assertEqual(stopped["trials"], whole["trials"])
