#!/usr/bin/env python3
"""How OCR results are best weighed when `apply --vote` combines them: the numbers of VoteWeights, and what they gain.

usage: calibrate_vote.py MANIFEST --work FOLDER [--portfolio documents] [--psm 6] [--command ocrtune]
                         [--tool vote_results]

MANIFEST is a CSV file (columns file, lang, source, separated by ;) of pages with truth, a .gt.txt file beside each.
Every pipeline of the portfolio reads every page once; what it gave is kept in --work. All weights of a grid are
tried on all pages: those with the least mean CER on the other sources are judged on the pages of a source.

The tool is built with -DOCRTUNE_BENCH=ON.
"""
import argparse
import csv
import itertools
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
NAMES = ("support", "backbone", "text_confidence", "text_length", "text_support")
GRID = ((0.25, 0.5, 1), (0, 0.05, 0.1, 0.2), (0.6, 0.7, 0.8), (0.4, 0.5, 0.6, 0.7), (0.2, 0.3, 0.4, 0.5, 0.6))


def pipelines_of(command, portfolio):
    """The pipeline files' texts of a portfolio, a built-in one or a TOML file, by name."""
    if pathlib.Path(portfolio).exists():
        text = pathlib.Path(portfolio).read_text(encoding="utf-8")
    else:
        text = subprocess.run([command, "presets", portfolio], check=True, capture_output=True, text=True).stdout
    parts = [part.replace("[[pipeline.stage]]", "[[stage]]") for part in text.split("[[pipeline]]\n")[1:]]
    return {re.search(r'^name = "(.*)"', part, re.MULTILINE)[1]: part for part in parts}


def read(options, name, text):
    """The folder with a pipeline's OCR result of each page."""
    folder = options.work / name
    done = options.work / f"{name}.done"
    if not done.exists():
        file = options.work / f"{name}.toml"
        file.write_text(text, encoding="utf-8")
        subprocess.run([options.command, "read", options.manifest, "--pipeline", file, "--psm", options.psm, "--format",
                        "tsv", "-o", folder, "--quiet"], check=True)
        done.touch()
    print(name, file=sys.stderr)
    return folder


def words(file):
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()[1:]]
    return [[row[11], int(row[10]), int(row[6]), int(row[7]), int(row[6]) + int(row[8]), int(row[7]) + int(row[9]),
             *map(int, row[2:5])] for row in rows]


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def report(sources, rates, weights):
    def best_on(pages):
        return min(range(1, len(weights)), key=lambda i: mean(rates[page]["voted"][i] for page in pages))

    voted = {}
    print("| source | pages | best of the OCR results with truth | chosen | voted | weights found on the others |")
    print("|---|---|---|---|---|---|")
    for source in sorted(set(sources)):
        here = [page for page, other in enumerate(sources) if other == source]
        found = best_on([page for page, other in enumerate(sources) if other != source])
        voted.update({page: rates[page]["voted"][found] for page in here})
        print(f"| {source} | {len(here)} | {100 * mean(rates[page]['best'] for page in here):.1f} "
              f"| {100 * mean(rates[page]['chosen'] for page in here):.1f} "
              f"| {100 * mean(voted[page] for page in here):.1f} | {', '.join(map(str, weights[found]))} |")
    pages = range(len(sources))
    print(f"| all pages | {len(sources)} | {100 * mean(r['best'] for r in rates):.2f} "
          f"| {100 * mean(r['chosen'] for r in rates):.2f} | {100 * mean(voted.values()):.2f} | |\n")
    better = sum(voted[page] < rates[page]["chosen"] for page in pages)
    worse = sum(voted[page] > rates[page]["chosen"] for page in pages)
    much = sum(voted[page] > rates[page]["chosen"] + .005 for page in pages)
    print(f"better on {better} pages, worse on {worse}, by more than half a point on {much}")
    everywhere = best_on(pages)
    print(f"the weights that come with ocrtune: {100 * mean(r['voted'][0] for r in rates):.2f}")
    print(f"found on all sources: {100 * mean(r['voted'][everywhere] for r in rates):.2f} with "
          + ", ".join(f"{name} {value}" for name, value in zip(NAMES, weights[everywhere])))
    spread = sorted(mean(r["voted"][i] for r in rates) for i in range(1, len(weights)))
    print(f"all weights of the grid: {100 * spread[0]:.2f} to {100 * spread[-1]:.2f}, "
          f"half of them to {100 * spread[len(spread) // 2]:.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifest", type=pathlib.Path)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--portfolio", default="documents")
    parser.add_argument("--psm", default="6")
    parser.add_argument("--command", default=ROOT / "build/release/ocrtune")
    parser.add_argument("--tool", default=ROOT / "build/release/vote_results")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    folders = [read(options, *pipeline) for pipeline in pipelines_of(options.command, options.portfolio).items()]
    with open(options.manifest, newline="", encoding="utf-8") as file:
        manifest = list(csv.DictReader(file, delimiter=";"))
    pages = []
    for row in manifest:
        page = pathlib.Path(row["file"])
        inside = page.relative_to(page.anchor).with_suffix(".tsv")
        pages.append({"truth": (options.manifest.parent / page).with_suffix(".gt.txt").read_text(encoding="utf-8"),
                      "readings": [words(folder / inside) for folder in folders]})
    grid = [list(point) for point in itertools.product(*GRID)]
    done = subprocess.run([options.tool], input=json.dumps({"pages": pages, "weights": grid}), check=True,
                          capture_output=True, text=True)
    result = json.loads(done.stdout)
    print(f"{len(pages)} pages, {len(folders)} OCR results of each, {1000 * result['seconds_a_vote']:.1f} ms a vote\n")
    report([row["source"] for row in manifest], result["pages"], [None, *grid])


if __name__ == "__main__":
    main()
