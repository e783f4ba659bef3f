#!/usr/bin/python3
"""What tuning gains on pages that it didn't see, beside other ways to read them: tables.

usage: measure.py MANIFEST --work FOLDER [--minutes 10] [--methods raw,tuned,…] [--folds 2] [--command ocrtune]

MANIFEST is a CSV file (columns file, lang, source, separated by ;) of pages with NAME.gt.txt beside them.
Every source with at least four pages is dealt into --folds parts; what is found on all parts but one is judged
on that one, so that each page is judged once. --minutes are CPU minutes of each search. What is done is kept
in --work, and the same command goes on. Texts are compared as `ocrtune evaluate` does.
"""
import argparse
import csv
import os
import pathlib
import random
import sys

import rivals

ROOT = pathlib.Path(__file__).resolve().parents[2]
LEAST_PAGES = 4
SEED = 20261121
RESAMPLES = 10_000


def sources(manifest):
    """By source its language and its pages, in the manifest's order."""
    found = {}
    with open(manifest, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter=";"):
            page = (manifest.parent / row["file"]).resolve()
            found.setdefault(row["source"], (row["lang"], []))[1].append(page)
    return {name: entry for name, entry in found.items() if len(entry[1]) >= LEAST_PAGES}


def folds_of(options, name, lang, pages):
    dealt = random.Random(SEED).sample(pages, len(pages))
    wall = round(60 * options.minutes / (os.cpu_count() or 1))
    for number in range(options.folds):
        judged = dealt[number::options.folds]
        tuned = [page for page in dealt if page not in judged]
        yield rivals.Fold(options.command, lang, tuned, judged, options.work / name / str(number), wall)


def errors(fold, method):
    """By page (errors, characters) of what a method read."""
    table = fold.folder / f"{method}.csv"
    rivals.run(fold.command, "evaluate", fold.texts(method), "--truth", fold.folder / "truth", "--csv", table, "--quiet")
    with open(table, newline="", encoding="utf-8") as file:
        found = {row["page"]: (int(row["character_errors"]), int(row["characters"]))
                 for row in csv.DictReader(file, delimiter=";")}
    if len(found) != len(fold.judged):
        raise SystemExit(f"{fold.texts(method)}: {len(found)} of {len(fold.judged)} pages")
    return found


def micro(pages):
    return sum(wrong for wrong, _ in pages) / sum(count for _, count in pages)


def interval(before, after):
    """95 % bootstrap interval of the micro error rate's fall, pages drawn in pairs."""
    names = sorted(before)
    draw = random.Random(SEED)
    falls = []
    for _ in range(RESAMPLES):
        drawn = draw.choices(names, k=len(names))
        falls.append(micro([before[name] for name in drawn]) - micro([after[name] for name in drawn]))
    falls.sort()
    return falls[round(.025 * RESAMPLES)], falls[round(.975 * RESAMPLES) - 1]


def print_tables(results):
    """results: by source, by method, by page (errors, characters)."""
    methods = list(dict.fromkeys(method for of_source in results.values() for method in of_source))
    print("\nMicro error rate of characters on pages not tuned on, in percent; in brackets the 95 % interval of what "
          "it is below raw.\n")
    print("| method | " + " | ".join(f"{name} ({len(of['raw'])})" for name, of in results.items()) + " | mean of sources |")
    print("|---" * (len(results) + 2) + "|")
    for method in methods:
        cells, rates = [], []
        for of_source in results.values():
            if method not in of_source:
                cells.append("")
                continue
            rates.append(micro(of_source[method].values()))
            low, high = interval(of_source["raw"], of_source[method])
            cells.append(f"{100 * rates[-1]:.1f}" + ("" if method == "raw" else f" ({100 * low:+.1f} to {100 * high:+.1f})"))
        print(f"| {method} | " + " | ".join(cells) + f" | {100 * sum(rates) / len(rates):.1f} |")


def print_costs(spent):
    print("\n| CPU minutes of | mean over the searches |\n|---|---|")
    for name, seconds in spent.items():
        print(f"| {name} | {sum(seconds) / len(seconds) / 60:.2f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifest", type=pathlib.Path)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--folds", type=int, default=2)
    parser.add_argument("--methods", default="raw,design_defaults,design_sobol,tesseract_sauvola,unpaper,documents,tuned,truth_reference_quality")
    parser.add_argument("--sources", help="only these, with commas between")
    parser.add_argument("--command", type=pathlib.Path, default=ROOT / "build/release/ocrtune")
    options = parser.parse_args()
    options.work = options.work.resolve()
    results, spent = {}, {}
    for name, (lang, pages) in sources(options.manifest).items():
        if options.sources and name not in options.sources.split(","):
            continue
        for fold in folds_of(options, name, lang, pages):
            for method in options.methods.split(","):
                print(f"{name} {fold.folder.name} {method}", file=sys.stderr)
                rivals.ALL[method](fold)
            for out in sorted((fold.folder / "texts").iterdir()):
                results.setdefault(name, {}).setdefault(out.name, {}).update(errors(fold, out.name))
            for method, seconds in fold.spent.items():
                spent.setdefault(method, []).append(seconds)
    order = {"raw": 0}
    print_tables({name: dict(sorted(of.items(), key=lambda entry: order.get(entry[0], 1))) for name, of in results.items()})
    print_costs(spent)


if __name__ == "__main__":
    main()
