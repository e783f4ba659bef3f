#!/usr/bin/env python3
"""Compares the command of the wheel or the archive with that of a build: the time to start, and to tune. The two run in turn, with the order changed each
time, so that what else the machine does falls on both; each has a home of its own and runs once before. Prints medians, and ends with 1 if the first takes
more than 20 ms longer to start, or more than 2 % longer to tune.

  compare_portable.py [--starts N] [--tunes N] [--trials N] [--pages FOLDER] COMMAND BUILD      41, 7, 8, examples/sample_pages
"""
import argparse
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
MOST_MILLISECONDS, MOST_PERCENT = 20, 2


class Command:
    """One of the two, with the seconds of its runs."""

    def __init__(self, path, home):
        self.path, self.home = path, home
        self.home.mkdir()

    def run(self, *arguments):
        """Seconds of the clock and of processors."""
        environment = {"HOME": str(self.home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        used, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run([self.path, *arguments], check=True, stdout=subprocess.DEVNULL, env=environment)
        seconds, now = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
        return seconds, now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime

    def start(self):
        return self.run("--version")

    def tune(self, pages, trials):
        with tempfile.TemporaryDirectory(dir=self.home) as made:
            return self.run("tune", pages, "--trials", str(trials), "--hold-out", "0", "--study", f"{made}/study.db", "-o", f"{made}/best.toml",
                            "--no-report", "--quiet")


def in_turn(pair, rounds, run):
    """The results of each of the two, round by round."""
    for command in pair:
        run(command)
    results = {command: [] for command in pair}
    for number in range(rounds):
        for command in pair if number % 2 == 0 else reversed(pair):
            results[command].append(run(command))
    return [results[command] for command in pair]


def shown(name, unit, results, at):
    quartiles = statistics.quantiles([result[at] * unit for result in results], n=4)
    return f"{name} {quartiles[1]:.2f} ({quartiles[0]:.2f} to {quartiles[2]:.2f})"


def compare(what, unit, suffix, ours, builds):
    """Prints medians with quartiles of the clock, medians of processors; returns the medians of the differences and of the ratios of each round."""
    print(f"{what}: {shown('command', unit, ours, 0)}, {shown('build', unit, builds, 0)} {suffix}; of processors "
          f"{statistics.median(r[1] for r in ours) * unit:.2f} and {statistics.median(r[1] for r in builds) * unit:.2f} {suffix}")
    pairs = [(our[0], build[0]) for our, build in zip(ours, builds)]
    return statistics.median(our - build for our, build in pairs), statistics.median(our / build for our, build in pairs)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--starts", type=int, default=41)
    parser.add_argument("--tunes", type=int, default=7)
    parser.add_argument("--trials", type=int, default=8)
    parser.add_argument("--pages", type=pathlib.Path, default=ROOT / "examples/sample_pages")
    parser.add_argument("command", type=pathlib.Path)
    parser.add_argument("build", type=pathlib.Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        pair = [Command(path.absolute(), pathlib.Path(made) / name) for name, path in (("command", options.command), ("build", options.build))]
        later, _ = compare("start", 1000, "ms", *in_turn(pair, options.starts, Command.start))
        print(f"start: {later * 1000:+.2f} ms, at most {MOST_MILLISECONDS}", flush=True)
        _, ratio = compare("tune", 1, "s", *in_turn(pair, options.tunes, lambda command: command.tune(options.pages.resolve(), options.trials)))
        print(f"tune: {(ratio - 1) * 100:+.2f} %, at most {MOST_PERCENT}")
    sys.exit(0 if later * 1000 <= MOST_MILLISECONDS and (ratio - 1) * 100 <= MOST_PERCENT else 1)


if __name__ == "__main__":
    main()
