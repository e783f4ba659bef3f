#!/usr/bin/python3
"""The factor of expected_cer_of_engines(), and its proof: how well the errors of results that several OCR engines have
in common can be expected.

usage: calibrate_several_engines.py MANIFEST --work DIR [--effort EFFORT]

MANIFEST lists pages with ground truth, their languages and sources. `ocrtune apply` recognizes them and damaged copies
of them; texts and results are kept in DIR. The share of the characters in wrong words, to the power of 1.5, is
multiplied by a factor that gives the mean error rate of the results of several engines, each page weighed the same,
and judged on the pages of a source without that source's. Rotated copies, and those whose right half has 4 % of its
contrast, are only judged. "ours" is what apply expects.
"""
import argparse
import collections
import csv
import json
import pathlib
import shutil
import subprocess

from damaged_copies import DAMAGES, damaged_pages
from table import correlation, mean, pages_of

POWER = 1.5
MARKS_WITHOUT_TEXT = 0.05

# Rotated pages have the results of the original ones.
NOT_FITTED = {"rotated by 90 degrees", "upside down", "right half at 4 %"}


def doubt(page):
    """The mean over the characters of the probability that their word is wrong."""
    sizes = [len(word["text"]) for word in page["words"]]
    wrong = sum(size * (1 - word["confidence"] / 100) for size, word in zip(sizes, page["words"]))
    return wrong / sum(sizes) if sizes else 0


def results(options, made):
    """What apply gives of the pages, with their true error rates."""
    output, texts = options.work / options.effort, options.work / f"{options.effort}-texts"
    done = subprocess.run([options.command, "apply", options.work / "pages.csv", "-o", output, "--effort", options.effort,
                           "--format", "text,json", "--json", "--quiet"], check=True, stdout=subprocess.PIPE).stdout
    words = {file.stem: file for file in output.rglob("*.json")}
    texts.mkdir(exist_ok=True)
    for file in output.rglob("*.txt"):
        shutil.copy(file, texts)
    cers = options.work / f"{options.effort}.csv"
    subprocess.run([options.command, "evaluate", texts, "--truth", options.work / "truths", "--csv", cers, "--quiet"],
                   check=True, stdout=subprocess.DEVNULL)
    with open(cers, encoding="utf-8", newline="") as file:
        rows = {row["page"]: row for row in csv.DictReader(file, delimiter=";")}
    found = []
    for page in json.loads(done)["pages"]:
        row = {**made[page["page"]], **page}
        stem = pathlib.Path(row["file"]).stem
        row["cer"] = float(rows[stem]["cer"])
        row["wrong"] = doubt(json.loads(words[stem].read_text(encoding="utf-8"))) ** POWER
        row["covered"] = 1 if row["coverage"] is None else min(1, row["coverage"] + MARKS_WITHOUT_TEXT)
        row["several"] = "ppocr" in row["pipelines"]
        found.append(row)
    return found


def expected(row, factor):
    return 1 - (1 - min(1, factor * row["wrong"])) * row["covered"]


def fitted(rows):
    """The factor with which the expected error rates have the mean of the true ones (bisection)."""
    count = collections.Counter(row["page"] for row in rows)
    low, high = 0, 100
    for _ in range(60):
        factor = (low + high) / 2
        surplus = sum((expected(row, factor) - min(row["cer"], 1)) / count[row["page"]] for row in rows)
        low, high = (low, factor) if surplus > 0 else (factor, high)
    return factor


def line(name, rows):
    true, ours, hoped = ([row[key] for row in rows] for key in ("cer", "expected_cer", "expected"))
    print(f"{name:<24} {len(rows):5} {100 * mean(true):7.1f} {100 * mean(ours):8.1f} {100 * mean(hoped):9.1f} "
          f"{correlation(ours, true):9.2f} {correlation(hoped, true):9.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifest", type=pathlib.Path)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--effort", default="normal")
    parser.add_argument("--command", default="build/release/ocrtune")
    options = parser.parse_args()
    options.work = options.work.absolute()
    rows = results(options, damaged_pages(pages_of(options.manifest), options.work))
    several = [row for row in rows if row["several"]]
    learnt = [row for row in several if row["damage"] not in NOT_FITTED]
    for source in sorted({row["source"] for row in rows}):
        factor = fitted([row for row in learnt if row["source"] != source])
        for row in several:
            if row["source"] == source:
                row["expected"] = expected(row, factor)
    print(f"{'':<24} pages     CER     ours  expected  Spearman, ours and expected")
    for damage in DAMAGES:
        line(damage, [row for row in several if row["damage"] == damage])
    line("all that were fitted", learnt)
    originals = [row for row in several if row["damage"] == "original"]
    for source in sorted({row["source"] for row in originals}):
        line(f"originals of {source}"[:24], [row for row in originals if row["source"] == source])
    print(f"\nfactor of all sources: {fitted(learnt):.2f}")


if __name__ == "__main__":
    main()
