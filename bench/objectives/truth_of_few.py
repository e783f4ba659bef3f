#!/usr/bin/env python3
"""What the truth of a few pages is worth for choosing one pipeline: the table of docs/reference/metrics.md.

usage: truth_of_few.py MANIFEST --pipelines FOLDER --work FOLDER [--splits 400]

Takes what bench/best_of_every_page/measure.py --agreement has read into --work. Pages are drawn at random: some with
truth, some without, the others to be judged on. Each objective chooses a pipeline on what it can use; printed
is the mean share of wrong characters on the pages to be judged, in percent.
"""
import argparse
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "best_of_every_page"))
from references import References  # noqa: E402
from table import Table, mean, wanted  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]

SEED = 20261121
PROXIES = ("confidence", "char_confidence", "legible", "net_legible", "quality", "agreement")
WEIGHTS = (50, 20, 10, 5, 2.5)  # points of quality for a percent of errors, or of disagreement; 10 is reference_quality


class Costs:
    """By pipeline and page what an objective would have small."""

    def __init__(self, table):
        self.cer = self.by(table, lambda page, p: min(1, table.cer(page, p)))
        self.proxy = {name: self.by(table, lambda page, p, name=name: -table.value(page, p, name)) for name in PROXIES}

    @staticmethod
    def by(table, cost):
        return {p: {page: cost(page, p) for page in table.pages} for p in table.pipelines}

    def choosers(self, with_truth, known):
        """By name the pipeline's cost on the pages with truth and on all that are known."""
        untyped = [page for page in known if page not in with_truth]

        def checked(weight):
            return lambda p: (sum(100 * weight * self.cer[p][page] for page in with_truth)
                              + sum(100 * weight * (1 + self.proxy["agreement"][p][page]) for page in untyped)
                              + sum(self.proxy["quality"][p][page] for page in known))
        choosers = {"cer": lambda p: sum(self.cer[p][page] for page in with_truth)}
        for name in PROXIES:
            choosers[name] = lambda p, name=name: sum(self.proxy[name][p][page] for page in known)
        for weight in WEIGHTS:
            name = "reference_quality" if weight == 10 else f"the same, {weight:g} points for a percent"
            choosers[name] = checked(weight)
        return choosers


def judged(costs, pipelines, pages, with_truth, without, splits):
    """By chooser the mean error on pages that had no part in the choice."""
    sums = {}
    for _ in range(splits):
        drawn = random.sample(pages, len(pages))
        truth, known, rest = drawn[:with_truth], drawn[:with_truth + without], drawn[with_truth + without:]
        for name, cost in costs.choosers(truth, known).items():
            chosen = min(pipelines, key=cost)
            sums[name] = sums.get(name, 0) + mean(costs.cer[chosen][page] for page in rest) / splits
        sums["raw"] = sums.get("raw", 0) + mean(costs.cer["raw"][page] for page in rest) / splits
    return sums


def columns(table):
    """(title, pages, with truth, without) of each: all sources mixed, then each that has pages enough."""
    yield "mixed: 10 with truth", table.pages, 10, 0
    yield "mixed: 10 with, 20 without", table.pages, 10, 20
    for source in table.sources:
        pages = table.of([source])
        if len(pages) >= 8:
            yield f"{source}: {len(pages) // 3} with, {len(pages) // 3} without", pages, len(pages) // 3, len(pages) // 3


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifest", type=pathlib.Path)
    parser.add_argument("--pipelines", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--psm", default="6")
    parser.add_argument("--command", default=ROOT / "build/release/ocrtune")
    parser.add_argument("--splits", type=int, default=400)
    options = parser.parse_args()
    asked = [read for read in wanted(options) if read.out.exists()]
    table = Table(options.manifest, [read.out for read in asked])
    References(options, table, asked).add_agreements()
    costs = Costs(table)
    random.seed(SEED)
    results = {title: judged(costs, table.pipelines, pages, with_truth, without, options.splits)
               for title, pages, with_truth, without in columns(table)}
    print(f"{len(table.pages)} pages, {len(table.pipelines)} pipelines, {options.splits} splits\n")
    print("| chosen by | " + " | ".join(results) + " |")
    print("|---" * (len(results) + 1) + "|")
    for name in next(iter(results.values())):
        print(f"| {name} | " + " | ".join(f"{100 * result[name]:.1f}" for result in results.values()) + " |")


if __name__ == "__main__":
    main()
