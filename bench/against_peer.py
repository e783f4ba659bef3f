#!/usr/bin/python3
"""Seconds per point of `ocrtune screen` and of another evaluator of the same points, in turn.

  bench/against_peer.py --peer seed_design.py --points 4 --rounds 3 PAGE...

The peer is a script that takes `--params points.json [--omp 1] PAGE...` and prints a JSON object with
`s_per_point`. It gets the very points that the screening has evaluated. Rounds are interleaved, so
that a machine that slows down slows both; medians and the range of each are printed, and the ratios.
"""
import argparse
import csv
import json
import math
import pathlib
import sqlite3
import statistics
import subprocess
import sys
import tempfile

BUILD = pathlib.Path(__file__).resolve().parents[1] / "build" / "release"


def run_screen(command, pages, exponent, folder):
    """Screens afresh; returns seconds per point, from the start of the first point to the end of the last."""
    study = folder / "study.db"
    for path in folder.glob("study.db*"):
        path.unlink()
    subprocess.run([command, "screen", *pages, "--exponent", str(exponent), "--study", study, "--quiet"],
                   check=True, stdout=subprocess.DEVNULL)
    with sqlite3.connect(study) as database:
        start, end, count = database.execute(
            "SELECT MIN(started_us), MAX(finished_us), COUNT(*) FROM ocrtune_trials WHERE number > 0").fetchone()
    return (end - start) / 1e6 / count


def write_points(command, folder):
    """The points of the study just made, as the peer takes them."""
    subprocess.run([command, "export", folder / "study.db", "-o", folder, "--quiet"], check=True)
    with open(folder / "trials.csv", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter=";") if row["point_id"] != "0"]
    points = [{name: float(value) for name, value in row.items() if not name.startswith(("point", "score"))} for row in rows]
    (folder / "points.json").write_text(json.dumps(points))


def run_peer(peer, pages, folder, omp):
    command = ["/usr/bin/python3", peer, "--params", folder / "points.json", *(["--omp", "1"] if omp else []), *pages]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)["s_per_point"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", required=True, help="the other evaluator's script")
    parser.add_argument("--ocrtune", default=str(BUILD / "ocrtune"))
    parser.add_argument("--points", type=int, default=4, help="a power of 2")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("pages", nargs="+")
    a = parser.parse_args()
    if a.points < 1 or a.points & (a.points - 1):
        sys.exit("--points must be a power of 2")
    times = {"ocrtune screen": [], "peer as designed": [], "peer --omp 1": []}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for _ in range(a.rounds):
            times["ocrtune screen"].append(run_screen(a.ocrtune, a.pages, int(math.log2(a.points)), folder))
            write_points(a.ocrtune, folder)
            times["peer as designed"].append(run_peer(a.peer, a.pages, folder, False))
            times["peer --omp 1"].append(run_peer(a.peer, a.pages, folder, True))
    ours = statistics.median(times["ocrtune screen"])
    print(f"{len(a.pages)} pages, {a.points} points, {a.rounds} rounds; seconds per point")
    for who, values in times.items():
        middle = statistics.median(values)
        print(f"  {who:<18} {middle:7.3f}  ({min(values):.3f} to {max(values):.3f})  {middle / ours:5.2f} x ocrtune")


if __name__ == "__main__":
    main()
