#!/usr/bin/python3
"""Points a second by the number of workers, beside what a model of the queue expects, as a Markdown table.

  bench/cores.py [--ocrtune build/release/ocrtune] [--jobs 1,2,4,8,16] [--model 24] [--exponent 5] [--trials 48] [--rounds 1] PAGE…

`screen` evaluates points that are all known before; `optimize` (tpe, without a pruner) proposes a trial when one in flight has ended, and is
run with as many in flight as `tune` has on a machine of so many cores. The model takes what each page of each point took with one worker and
hands the pages out in their order to workers that are equally fast: what it leaves out is what workers lose to each other (memory, caches,
clock rates). `--model`: numbers of workers that this machine does not have.
"""
import argparse
import csv
import heapq
import json
import os
import statistics
import subprocess
import tempfile
from pathlib import Path

KINDS = ("screen", "optimize")


def in_flight(pages, cores):
    """As usual_in_flight() has it."""
    return min(16, -(-cores // pages) + 1)


def measured(options, kind, jobs, place):
    """Points a second, and the seconds of each page by point."""
    study = Path(place) / "study.db"
    study.unlink(missing_ok=True)
    size = ["--exponent", options.exponent] if kind == "screen" else ["--trials", options.trials, "--sampler", "tpe", "--in-flight", in_flight(len(options.pages), jobs)]
    base = ["--pipeline", "standard", "--objective", "confidence", "--seed", 1, "--jobs", jobs, "--study", study, "--quiet"]
    subprocess.run([options.ocrtune, kind, *options.pages, *map(str, base + size)], check=True, stdout=subprocess.DEVNULL, cwd=place)
    table = Path(place) / "timings.csv"
    found = json.loads(subprocess.run([options.ocrtune, "timings", study, "--json", "--csv", table], check=True, capture_output=True, text=True).stdout)
    points = {}
    with open(table, encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter=";"):
            points.setdefault(int(row["point_id"]), []).append(float(row["total_ms"]) / 1000)
    return found["trials_per_s"], list(points.values())


def expected(points, jobs, flying):
    """Points a second with workers that take pages in their order, of at most `flying` points at a time."""
    free = [0.0] * jobs
    ends = []
    for pages in points:
        ready = 0.0
        if len(ends) >= flying:
            ready = heapq.heappop(ends)
        end = 0.0
        for seconds in pages:
            begin = max(heapq.heappop(free), ready)
            heapq.heappush(free, begin + seconds)
            end = max(end, begin + seconds)
        heapq.heappush(ends, end)
    return len(points) / max(free)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ocrtune", default="build/release/ocrtune", type=os.path.abspath)
    parser.add_argument("--jobs", type=lambda text: [int(one) for one in text.split(",")], default=[1, 2, 4, 8, 16])
    parser.add_argument("--model", type=lambda text: [int(one) for one in text.split(",") if one], default=[24])
    parser.add_argument("--exponent", type=int, default=5)
    parser.add_argument("--trials", type=int, default=48)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("pages", nargs="+", type=os.path.abspath)
    options = parser.parse_args()
    count = len(options.pages)
    print(f"| {count} pages, workers | screen, points/s | times 1 | model | optimize, trials/s | times 1 | model |\n|---:|---:|---:|---:|---:|---:|---:|")
    single = {}
    with tempfile.TemporaryDirectory() as place:
        for jobs in options.jobs + options.model:
            cells = [str(jobs)]
            for kind in KINDS:
                flying = 10**9 if kind == "screen" else in_flight(count, jobs)
                rate = None
                if jobs in options.jobs:
                    runs = [measured(options, kind, jobs, place) for _ in range(options.rounds)]
                    rate = statistics.median(run[0] for run in runs)
                    single.setdefault(kind, (rate, runs[0][1]))
                one, points = single[kind]
                model = expected(points, jobs, flying) / expected(points, 1, flying)
                cells += [f"{rate:.2f}" if rate else "", f"{rate / one:.2f}" if rate else "", f"{model:.2f}"]
            print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
