#!/usr/bin/python3
"""Seconds per point of `ocrtune screen` and, with --peer, of another evaluator of the same points.

  bench/screening.py [--peer CMD] [--points 4] [--rounds 5] [--engine auto] PAGE...

The peer is a command that takes `--params points.json [--omp 1] PAGE...` and prints a JSON object
with `s_per_point`. It gets the very points that the screening has evaluated. Rounds are interleaved,
so that a machine that slows down slows both. A ratio is that of two neighbouring runs; medians and
ranges are printed as a table.
"""
import argparse
import csv
import json
import math
import os
import pathlib
import shlex
import sqlite3
import statistics
import subprocess
import sys
import tempfile

BUILD = pathlib.Path(__file__).resolve().parents[1] / "build" / "release"
MEASURED = ("sharpness", "contrast", "cnr", "read", "errors", "wait", "load")


def run_screen(command, pages, exponent, engine, folder, **environment):
    """Screens afresh; seconds per point, from the start of the first to the end of the last, and ms of each step."""
    study = folder / "study.db"
    for path in folder.glob("study.db*"):
        path.unlink()
    subprocess.run([command, "screen", *pages, "--exponent", str(exponent), "--engine", engine, "--study", study,
                    "--quiet"], check=True, stdout=subprocess.DEVNULL, env=os.environ | environment)
    with sqlite3.connect(study) as database:
        start, end, count = database.execute(
            "SELECT MIN(started_us), MAX(finished_us), COUNT(*) FROM ocrtune_trials WHERE number > 0").fetchone()
        spent = dict(database.execute("SELECT name, SUM(ms) FROM ocrtune_steps WHERE number > 0 GROUP BY name"))
    return (end - start) / 1e6 / count, {name: ms / count for name, ms in spent.items() if name != "wait"}


def write_points(command, folder):
    """The points of the study just made, as the peer takes them."""
    subprocess.run([command, "export", folder / "study.db", "-o", folder, "--quiet"], check=True)
    with open(folder / "trials.csv", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter=";") if row["trial"] != "0"]
    points = [{name: float(value) for name, value in row.items() if not name.startswith(("trial", "score"))} for row in rows]
    (folder / "points.json").write_text(json.dumps(points))


def run_peer(peer, pages, folder, omp):
    command = [*shlex.split(peer), "--params", folder / "points.json", *(["--omp", "1"] if omp else []), *pages]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)["s_per_point"]


def print_steps(steps, page_count):
    """The time of a point by step: the median of the rounds, most time first."""
    median = {name: statistics.median(step.get(name, 0) for step in steps) for name in set().union(*steps)}
    whole = sum(median.values())
    print("\n| step | ms a page | share of a point |")
    print("|---|---|---|")
    for name, ms in sorted(median.items(), key=lambda item: -item[1]):
        print(f"| {name} | {ms / page_count:.1f} | {100 * ms / whole:.1f} % |")
    stages = sum(ms for name, ms in median.items() if name not in MEASURED)
    print(f"\npreprocessing: {100 * stages / whole:.1f} % of a point's time in ocrtune")


def spread(values, form="{:.3f}"):
    return f"{form} ({form} to {form})".format(statistics.median(values), min(values), max(values))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", metavar="CMD", help="the other evaluator's command")
    parser.add_argument("--ocrtune", default=str(BUILD / "ocrtune"))
    parser.add_argument("--points", type=int, default=4, help="a power of 2")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--engine", default="auto", help="ocrtune's: auto, lstm or tesseract")
    parser.add_argument("pages", nargs="+")
    a = parser.parse_args()
    if a.points < 1 or a.points & (a.points - 1):
        sys.exit("screening.py: --points must be a power of 2")
    ours, steps, peers = [], [], {"peer as designed": [], "peer --omp 1": []}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for _ in range(a.rounds):
            seconds, spent = run_screen(a.ocrtune, a.pages, int(math.log2(a.points)), a.engine, folder)
            ours.append(seconds)
            steps.append(spent)
            if a.peer:
                write_points(a.ocrtune, folder)
                peers["peer as designed"].append(run_peer(a.peer, a.pages, folder, False))
                peers["peer --omp 1"].append(run_peer(a.peer, a.pages, folder, True))
    print(f"{len(a.pages)} pages, {a.points} points, {a.rounds} rounds; median (range)\n")
    print("| who | seconds a point | times ocrtune |")
    print("|---|---|---|")
    print(f"| ocrtune screen | {spread(ours)} | 1 |")
    for who, values in peers.items():
        if values:
            ratios = [theirs / own for theirs, own in zip(values, ours)]
            print(f"| {who} | {spread(values)} | {spread(ratios, '{:.2f}')} |")
    print_steps(steps, len(a.pages))


if __name__ == "__main__":
    main()
