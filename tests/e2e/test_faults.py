"""Each allocation and each system call fails once, in turn, in a study, an apply and a PDF: nothing crashes and nothing is lost.

Under `./test.sh full` the first point of every site fails, else that of some sites (faults.py has the terms).
How many there were is written to the file that OCRTUNE_FAULTS_REPORT names.
"""
import collections
import concurrent.futures
import os
import random
import re
import shutil
import subprocess
import unittest

import fault_runs
import faults
from support import WITHOUT_PPOCR, ScratchCase, ocrtune

# Per kind, where not all are tried.
SITES = {"memory": 20, "call": 12}
# The documented ones, but for that of a signal.
STATUSES = range(7)
# SQLite calls a database damaged, to be recovered, whose disk cannot be read.
UNCLEAR = re.compile(r"std::|terminate|exception|internal error|please report|bad_alloc|basic_string|vector::|[Ss]anitizer|Success|"
                     r"is damaged(?!; recover)|is not a ")
# What crashes where nothing of ours can help: the function or library that got no memory, innermost first in the stack but for
# those of the standard library, and why.
KNOWN = [
    ("liblept.so", "Leptonica uses what it allocates without looking whether it is there"),
    ("libtesseract.so", "Tesseract destroys what it has only begun to make"),
    ("libgomp.so", "OpenMP's library ends the program by itself, with status 1"),
    ("libopencv_core.so", "OpenCV allocates when it ends, where no exception may leave"),
    ("directory_iterator", "libstdc++ promises to throw nothing and copies the names of a folder"),
    ("CLI::Option::check_lname", "CLI11 promises to throw nothing and copies the names of options"),
    ("nlohmann::json_abi", "allocates where it destroys a value"),
]
# What OpenCV says of itself before standard error is taken over.
OPENCV_WARNING = re.compile(r"^\[ WARN:.*\n", re.MULTILINE)


# Parsers may: their files come from outside.
PARSER_CRASHED = "is damaged: the program that parses it crashed"


def sample(sites, count):
    """All of them under `./test.sh full`, else one of each of `count` parts of the run."""
    if "OCRTUNE_TESTS_FULL" in os.environ or len(sites) <= count:
        return sites
    chance = random.Random(1)
    bounds = [len(sites) * i // count for i in range(count + 1)]
    return [sites[chance.randrange(begin, end)] for begin, end in zip(bounds, bounds[1:])]


def note(line):
    if report := os.environ.get("OCRTUNE_FAULTS_REPORT"):
        with open(report, "a", encoding="utf-8") as file:
            file.write(line + "\n")


class Faults(ScratchCase):
    def setUp(self):
        super().setUp()
        self.known = collections.Counter()

    def whole(self, run, program):
        """The result of an undisturbed run, whose cache is then filled, and its table."""
        self.filled = self.folder("cache")
        ocrtune(*run.command(self.folder("filling")), check=0, env=self.with_cache(self.filled))
        folder = self.folder("whole")
        done, table = faults.run(run.command(folder), self.tmp / "table", program, env=self.with_cache(self.filled))
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return run.result(folder), table

    @staticmethod
    def with_cache(folder):
        return {**WITHOUT_PPOCR, "XDG_CACHE_HOME": str(folder)}

    def folder(self, name):
        folder = self.tmp / name
        folder.mkdir()
        return folder

    def is_of_pictures(self, folder):
        """Whether a PDF that its parser could not keep has all texts on pictures of its pages."""
        return self.program == "ocrtune-pdf" and fault_runs.Pdf.texts(folder) == fault_runs.Pdf.texts(self.tmp / "whole")

    def complaints(self, run, done, folder, result, cache):
        """What is wrong with how a run ended in which something failed, and with the same command again."""
        said = OPENCV_WARNING.sub("", done.stderr)
        if self.program == "ocrtune-pdf":
            said = said.replace(PARSER_CRASHED, "")
        lines = said.splitlines()
        if done.returncode not in STATUSES:
            yield f"status {done.returncode}"
        if not all(line.startswith("ocrtune: ") for line in lines) or UNCLEAR.search(said):
            yield "unclear"
        # A line for each page, where it is pages that cannot be read, and one for all of them.
        if len(lines) > (fault_runs.PAGES + 1 if done.returncode in (2, 6) else 1) or (done.returncode != 0) != bool(lines):
            yield f"{len(lines)} lines"
        if done.returncode == 0:
            if run.result(folder) != result and not self.is_of_pictures(folder):
                yield "another result"
            return
        if not fault_runs.entries(folder):
            return  # again would be the undisturbed run
        kept = run.kept(folder)
        again = ocrtune(*run.command(folder), env=self.with_cache(cache))
        if run.may_begin_anew(done, again):
            return
        if again.returncode != 0 or run.result(folder) != result:
            yield f"again: status {again.returncode}, {again.stderr.strip() or 'another result'}"
        if not set(kept) <= set(run.kept(folder)):
            yield "lost"
        if any(os.path.basename(name).startswith(".ocrtune.part") for name in fault_runs.entries(folder)):
            yield "left a file"

    def failed(self, run, kind, site, program, result):
        """The complaints about a run in which the first point of a site failed, with its stack."""
        place = self.folder(f"{kind}-{site.first}")
        folder, cache = place / "folder", place / "cache"
        folder.mkdir()
        shutil.copytree(self.filled, cache)
        try:
            done, table = faults.run(run.command(folder), place / "table", program, env=self.with_cache(cache), **{kind: site.first})
            # How a parser ended is remembered of the file.
            complaints = list(self.complaints(run, done, folder, result, cache if program == "ocrtune" else self.filled))
            if not complaints:
                return None
            frames = list(table.frames())
            crashed = done.returncode < 0 or (done.returncode == 1 and not done.stderr)
            lost = any(complaint.startswith(("again", "lost", "left")) for complaint in complaints)
            for name, _ in KNOWN:
                if crashed and not lost and any(name in frame for frame in frames[:8]):
                    self.known[name] += 1
                    return None
            return f"{table.failed}: {'; '.join(complaints)}\n{done.stderr}  " + "\n  ".join(frames)
        except subprocess.TimeoutExpired as never:
            return f"{site}: does not end: {never}"
        finally:
            shutil.rmtree(place)

    def fail_in_turn(self, run, kind, program="ocrtune"):
        self.program = program
        result, table = self.whole(run, program)
        sites = [site for site in table.sites if site.kind == kind]
        self.assertGreater(len(sites), SITES[kind])
        tried = sample(sites, SITES[kind])
        with concurrent.futures.ThreadPoolExecutor(2) as workers:
            found = list(filter(None, workers.map(lambda site: self.failed(run, kind, site, program, result), tried)))
        known = ", ".join(f"{count} in {name}" for name, count in self.known.items())
        note(f"{run.name}, {program}, {kind}: {len(tried)} of {len(sites)} sites of {table.counts[kind]} points failed; "
             f"known crashes: {known or 'none'}")
        self.assertFalse(found, f"{len(found)} of {len(tried)}:\n" + "\n\n".join(found))

    def test_memory_of_a_study(self):
        self.fail_in_turn(fault_runs.Study, "memory")

    def test_calls_of_a_study(self):
        self.fail_in_turn(fault_runs.Study, "call")

    def test_memory_of_apply(self):
        self.fail_in_turn(fault_runs.Apply, "memory")

    def test_calls_of_apply(self):
        self.fail_in_turn(fault_runs.Apply, "call")

    def test_memory_of_a_pdf(self):
        self.fail_in_turn(fault_runs.Pdf, "memory")

    def test_calls_of_a_pdf(self):
        self.fail_in_turn(fault_runs.Pdf, "call")

    def test_memory_of_the_parser_of_a_pdf(self):
        self.fail_in_turn(fault_runs.Pdf, "memory", "ocrtune-pdf")

    def test_calls_of_the_parser_of_a_pdf(self):
        self.fail_in_turn(fault_runs.Pdf, "call", "ocrtune-pdf")


if __name__ == "__main__":
    unittest.main()
