#!/usr/bin/python3
"""The claims of the design notes of OCR quality audit, each with ocrtune's figure beside it, as a table.

  bench/claims.py [--ocrtune CMD] [--exponent 7] [--truth FOLDER] PAGE...

The first eight pages are those of most rows; give 8 or more of the kind that you search on. --truth is a folder of pages with ground
truth, for what reducing pages to 2000 px costs. Screenings have 2^EXPONENT points, others are estimated from theirs. Rows of cards
and of hyper-threading are only there where the machine has them. Takes about 20 minutes on two cores: let the machine be idle.
"""
import argparse
import json
import os
import pathlib
import sqlite3
import subprocess
import tempfile
import time

BUILD = pathlib.Path(__file__).resolve().parents[1] / "build" / "release"


class Run:
    """A finished command: seconds on the clock, seconds of processors, and the peak of its memory in MB."""

    def __init__(self, *command, environment=None):
        begin = time.monotonic()
        process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                   env=os.environ | (environment or {}))
        self.output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            raise SystemExit(f"claims.py: {' '.join(map(str, command))} ended with status {os.waitstatus_to_exitcode(status)}")
        self.seconds = time.monotonic() - begin
        self.processor = usage.ru_utime + usage.ru_stime
        self.memory = usage.ru_maxrss / 1024


class Claims:
    def __init__(self, options, folder):
        self.command, self.exponent, self.truth, self.folder = options.ocrtune, options.exponent, options.truth, folder
        self.pages, self.eight, self.studies = options.pages, options.pages[:8], 0
        self.cores = len(os.sched_getaffinity(0))

    def study(self, *arguments):
        """A study of its own; the run, its file and seconds a point, from the first to the last one's end."""
        self.studies += 1
        file = self.folder / f"{self.studies}.db"
        run = Run(self.command, *arguments, "--study", file, "--quiet")
        with sqlite3.connect(file) as database:
            begin, end, count = database.execute(
                "SELECT MIN(started_us), MAX(finished_us), COUNT(*) FROM ocrtune_trials WHERE number > 0").fetchone()
        return run, file, (end - begin) / 1e6 / count

    def screen(self, *arguments, pages=None, exponent=None):
        return self.study("screen", *(pages or self.eight), "--exponent", exponent or self.exponent, *arguments)

    def timings(self, file, *arguments):
        return json.loads(Run(self.command, "timings", file, "--json", *arguments).output)

    def step(self, file, name):
        return next((step for step in self.timings(file)["steps"] if step["name"] == name), None)

    def baseline(self):
        score = [self.command, "score", *self.eight, "--pipeline", "raw", "--quiet"]
        Run(*score)  # the files and the model are read once before
        serial = Run(*score, "--jobs", 1).seconds
        shared = Run(*score).seconds
        return f"{serial:.1f} s with one worker, {shared:.1f} s with {self.cores}, start included"

    def points(self):
        _, _, serial = self.screen("--jobs", 1, exponent=5)
        _, self.whole, self.parallel = self.screen()
        _, _, tesseract = self.screen("--engine", "tesseract", exponent=5)
        yield "seconds a point, one image after the other", "6 to 7 s", f"{serial:.2f} s with one worker"
        yield ("seconds a point, images in parallel", "4.2 s",
               f"{self.parallel:.2f} s with {self.cores} workers; {tesseract:.2f} s with Tesseract as engine")
        estimates = {one["points"]: one["seconds"] for one in self.timings(self.whole)["estimates"]}
        text = ", ".join(f"{seconds / 60:.1f}" for seconds in estimates.values())
        yield "512, 1024, 2048 points", "about 36, 72, 144 min", f"{text} min, from {2 ** self.exponent} points"

    def several_points(self):
        _, _, one = self.study("optimize", *self.eight, "--pipeline", "standard", "--sampler", "random", "--trials", 32, "--in-flight", 1)
        _, _, four = self.study("optimize", *self.eight, "--pipeline", "standard", "--sampler", "random", "--trials", 32, "--in-flight", 4)
        return f"{one:.2f} s a point one by one, {four:.2f} s with four at a time"

    def trials(self):
        _, _, each = self.study("optimize", *self.eight, "--pipeline", "standard", "--sampler", "tpe", "--trials", 100)
        return f"{500 * each / 60:.1f} min, from 100 trials of tpe"

    def many_images(self):
        pages = (self.pages * 24)[:24]
        links = self.folder / "24"
        links.mkdir()
        for number, page in enumerate(pages):
            (links / f"{number:02}{pathlib.Path(page).suffix}").symlink_to(pathlib.Path(page).resolve())
        _, _, each = self.screen(pages=[links], exponent=5)
        return f"{each:.2f} s a point; 128 points {128 * each / 60:.1f} min, 256 points {256 * each / 60:.1f} min"

    def hyper_threading(self):
        siblings = pathlib.Path("/sys/devices/system/cpu/cpu0/topology/thread_siblings_list").read_text().strip()
        if siblings in ("", "0"):
            return "not measured: this processor has one thread a core"
        return f"{self.screen('--jobs', self.cores // 2, exponent=5)[2] / self.parallel:.2f} times as many points with all threads"

    def preloading(self):
        load = self.step(self.whole, "load")
        return f"loading is {100 * (load['share'] or 0):.1f} % of the time; {load['count'] - load['cached']} of {load['count']} pages were decoded"

    def one_engine(self):
        each = sum(Run("tesseract", page, "-", "--oem", 1, "--psm", 6, environment={"OMP_THREAD_LIMIT": "1"}).seconds for page in self.eight)
        one = Run(self.command, "read", *self.eight, "-o", self.folder / "t", "--engine", "tesseract", "--pipeline", "raw", "--jobs", 1, "--quiet").seconds
        return f"{each:.1f} s with Tesseract's program for each of 8 pages, {one:.1f} s with one engine for all"

    def reduced(self):
        if not self.truth:
            return "give --truth"
        texts = []
        for name, more in (("as it is", []), ("2000 px", ["--ocr-max-width", 2000])):
            out = self.folder / f"r{len(texts)}"
            run = Run(self.command, "read", self.truth, "-o", out, "--engine", "lstm", "--quiet", *more)
            rates = json.loads(Run(self.command, "evaluate", out, "--truth", self.truth, "--json").output)
            texts.append(f"{name}: {run.processor:.0f} s of processors, CER {100 * rates['characters']['error_rate']:.2f} %")
        return "; ".join(texts)

    def cached(self):
        fixed = ["line_h_size=45", "line_v_size=50", "norm_kernel=151", "denoise_h=9", "noise_threshold=100"]
        _, file, each = self.screen(*(part for one in fixed for part in ("--set", one)), exponent=5)
        nlm = self.step(file, "denoise_nlm")
        return f"{each:.2f} s a point; non-local means from the cache {nlm['cached']} of {nlm['count']} times"

    def adaptive(self):
        texts = []
        for threshold, window in ((1000000, 15), (0, 21)):
            _, file, _ = self.screen("--set", f"noise_threshold={threshold}", "--set", "denoise_h=9", exponent=4)
            texts.append(f"{self.step(file, 'denoise_nlm')['median_ms']:.0f} ms a page with {window} px")
        return ", ".join(texts)

    def blur_clahe(self):
        _, _, each = self.screen("--pipeline", "blur_clahe", exponent=5)
        return f"{each:.2f} s a point"

    def memory(self):
        few, many = self.screen(exponent=3)[0], self.screen(exponent=min(self.exponent + 1, 10))[0]
        return f"{few.memory:.0f} MB with 8 points, {many.memory:.0f} MB with {2 ** min(self.exponent + 1, 10)}"

    def rows(self):
        yield "baseline of 8 images", "6.4 s; 2.7 s with 24 processes", self.baseline()
        yield from self.points()
        yield "several points at a time", "slower: 0.6 times", self.several_points()
        yield "500 trials", "about 35 min", self.trials()
        yield "24 images", "128 points 51 min, 256 points 102 min", self.many_images()
        yield "hyper-threading", "1.5 times", self.hyper_threading()
        yield "preloading the images", "no loading while it searches", self.preloading()
        yield "several pages in one engine", "1.3 times", self.one_engine()
        yield "pages reduced to 2000 px", "faster, no loss", self.reduced()
        yield "a cache, with only `bin_*` free", "not built", self.cached()
        yield "adaptive denoising", "window of 15 px on clean pages", self.adaptive()
        yield "`blur_clahe`, 8 images", "6.5 s a point; 1.8 s with 8 threads", self.blur_clahe()
        yield "memory", "327 MB, 389 MB after 5 points", self.memory()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ocrtune", default=str(BUILD / "ocrtune"))
    parser.add_argument("--exponent", type=int, default=7)
    parser.add_argument("--truth", metavar="FOLDER")
    parser.add_argument("pages", nargs="+")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print("| | design notes | ocrtune |\n|---|---|---|")
        for claim, theirs, ours in Claims(options, pathlib.Path(folder)).rows():
            print(f"| {claim} | {theirs} | {ours} |", flush=True)


if __name__ == "__main__":
    main()
