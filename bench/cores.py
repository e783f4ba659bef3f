#!/usr/bin/python3
"""Points a second by the number of workers, beside what a model of the queue expects, as a Markdown table.

  bench/cores.py [--ocrtune build/release/ocrtune] [--jobs 1,2,4,8,16] [--model 24] [--exponent 5] [--trials 48] [--rounds 1] PAGE…

`screen` evaluates points that are all known before; `optimize` (tpe, without a pruner) proposes a trial when all but those in flight have
ended, and is run with as many in flight as `tune` has on a machine of so many cores. The model takes what each page of each point took with
one worker and hands the pages out in their order to workers that are equally fast, of which those without a page take over parts of the
stages of the others; "pages alone" is the same if they did not. What it leaves out is what workers lose to each other (memory, caches, clock
rates), and the edges of bands. `--model`: numbers of workers that this machine does not have.
"""
import argparse
import collections
import csv
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
    """Points a second, and the seconds of each page by point, in stages and after them."""
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
            stages, total = float(row["preprocess_ms"]) / 1000, float(row["total_ms"]) / 1000
            points.setdefault(int(row["trial"]), []).append((stages, max(1e-6, total - stages)))
    return found["trials_per_s"], list(points.values())


def expected(points, jobs, flying, shared):
    """Points a second with workers that take pages in their order, of points that follow those `flying` before them. `shared`: workers that
    have no page take over equal parts of the stages of the others."""
    ends = [None] * len(points)
    left = [len(pages) for pages in points]
    queue, running = collections.deque(), []  # pages: [point, seconds of stages left, seconds after them]
    asked = told = 0
    now = 0.0
    while told < len(points):
        while told < len(points) and ends[told] is not None:
            told += 1
        while asked < len(points) and asked - told < flying:
            queue.extend([asked, stages, rest] for stages, rest in points[asked])
            asked += 1
        while queue and len(running) < jobs:
            running.append(queue.popleft())
        if not running:
            continue
        in_stages = [page for page in running if page[1] > 0]
        rate = 1 + (jobs - len(running)) / len(in_stages) if shared and in_stages else 1
        step = min(page[1] / rate if page[1] > 0 else page[2] for page in running)
        now += step
        for page in running:
            if page[1] > 0:
                page[1] = max(0.0, page[1] - step * rate) if page[1] / rate > step * (1 + 1e-9) else 0.0
            else:
                page[2] -= step
        for page in [page for page in running if page[1] <= 0 and page[2] <= 1e-12]:
            running.remove(page)
            left[page[0]] -= 1
            if left[page[0]] == 0:
                ends[page[0]] = now
    return len(points) / now


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
    heads = [f"{count} pages, workers"]
    for kind, unit in zip(KINDS, ("points", "trials")):
        heads += [f"{kind}, {unit}/s", "times 1", "model", "pages alone"]
    print("| " + " | ".join(heads) + " |\n" + "|---:" * len(heads) + "|")
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
                alone = expected(points, 1, flying, False)
                models = [f"{expected(points, jobs, flying, shared) / alone:.2f}" for shared in (True, False)]
                cells += [f"{rate:.2f}" if rate else "", f"{rate / one:.2f}" if rate else "", *models]
            print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
