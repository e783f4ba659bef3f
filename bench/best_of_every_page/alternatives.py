#!/usr/bin/env python3
"""What was tried to choose better with truth, and doesn't help: figures of docs/explanation/best_of_every_page.md.

usage: alternatives.py MANIFEST --pipelines FOLDER --work FOLDER [--psm 6] [--repeats 100]

Takes what measure.py has left in --work. Pages are parted into those that a choice is made on and those that it is
judged on: halves of all pages, halves of a source, the other sources and a source.
"""
import argparse
import pathlib
import random

from table import LARGEST, Table, cover, mean, wanted

RANDOM_POOL = 40
MOST = 6
LEAST_SHARE = 0.01
PARTS = ("half of all pages", "half of a source", "a source")
LEAST_PAGES = 7


def parted(table, kind, draw):
    """The pages to choose on and those to judge on."""
    if kind == "half of all pages":
        pages = draw.sample(table.pages, len(table.pages))
    elif kind == "half of a source":
        pages = table.of([draw.choice([s for s in table.sources if len(table.of([s])) >= LEAST_PAGES])])
        draw.shuffle(pages)
    else:
        source = draw.choice(table.sources)
        return table.of([s for s in table.sources if s != source]), table.of([source])
    return pages[:len(pages) // 2], pages[len(pages) // 2:]


def mixes(table):
    """Selectors of one number each, by name; the first of each is `net_legible` alone."""
    def net(page, pipeline):
        return table.value(page, pipeline, "net_legible")

    def margin(least):
        return lambda page, p: net(page, p) - (least * abs(net(page, p)) if p != "raw" else 0)

    def with_legible(share):
        return lambda page, p: net(page, p) + share * table.value(page, p, "legible")

    def with_quality(share):
        return lambda page, p: net(page, p) + share * table.value(page, p, "quality")

    return {"a margin for what isn't raw": [margin(x) for x in (0, -.1, .05, .1, .2, .4)],
            "legible added": [with_legible(x) for x in (0, -.2, -.1, .1, .2, .3)],
            "quality added": [with_quality(x) for x in (0, .1, .25, .5, 1)]}


def kept_cer(table, pages, pipelines, selector):
    return 100 * mean(min(1, table.cer(page, max(pipelines, key=lambda p: selector(page, p)))) for page in pages)


def refit(table, selectors, kind, draw):
    """Points of CER gained on the pages judged on by the selector that was best on the others."""
    fitted, judged = parted(table, kind, draw)
    pipelines = ["raw", *draw.sample([p for p in table.pipelines if p != "raw"], 4)]
    best = min(selectors, key=lambda selector: kept_cer(table, fitted, pipelines, selector))
    return kept_cer(table, judged, pipelines, selectors[0]) - kept_cer(table, judged, pipelines, best)


def complementary(table, pages, pool):
    """As `tune` finds them: by what each adds to the net_legible that pages can have."""
    def net(page, pipeline):
        return table.value(page, pipeline, "net_legible")

    most = {page: max(1, *(net(page, p) for p in ["raw", *pool])) for page in pages}
    chosen, have = ["raw"], {page: net(page, "raw") for page in pages}
    while len(chosen) < MOST:
        added = {p: mean(max(0, net(page, p) - have[page]) / most[page] for page in pages) for p in pool}
        best = max(added, key=added.get)
        if added[best] <= LEAST_SHARE:
            break
        chosen.append(best)
        have = {page: max(have[page], net(page, best)) for page in pages}
    return chosen


def choose_with_truth(table, kind, draw):
    """Points of CER gained on the pages judged on where pipelines are chosen by CER."""
    fitted, judged = parted(table, kind, draw)
    pool = draw.sample([p for p in table.pipelines if p != "raw"], RANDOM_POOL)
    without = complementary(table, fitted, pool)
    judge = [100 * mean(min(1, table.chosen(page, pipelines, "net_legible")) for page in judged)
             for pipelines in (without, cover(table, fitted, len(without), pool))]
    return judge[0] - judge[1]


def shown(gains):
    middle = mean(gains)
    return f"{middle:+.2f} ± {(mean((gain - middle) ** 2 for gain in gains) / len(gains)) ** .5:.2f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifest", type=pathlib.Path)
    parser.add_argument("--pipelines", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--psm", default="6")
    parser.add_argument("--repeats", type=int, default=100)
    options = parser.parse_args()
    table = Table(options.manifest, [read.out for read in wanted(options) if read.out.exists()])
    if len(table.pipelines) <= max(RANDOM_POOL, LARGEST):
        parser.error(f"--work has {len(table.pipelines)} pipelines, and more than {RANDOM_POOL} are needed")
    print("Points of CER gained (mean and standard error) on pages that the choice wasn't made on\n")
    print("| chosen with truth | " + " | ".join(PARTS) + " |")
    print("|---" * (1 + len(PARTS)) + "|")
    ways = {name: lambda kind, draw, these=selectors: refit(table, these, kind, draw)
            for name, selectors in mixes(table).items()}
    ways["the pipelines"] = lambda kind, draw: choose_with_truth(table, kind, draw)
    for name, way in ways.items():
        cells = []
        for kind in PARTS:
            draw = random.Random(f"{name} {kind}")
            cells.append(shown([way(kind, draw) for _ in range(options.repeats)]))
        print(f"| {name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
