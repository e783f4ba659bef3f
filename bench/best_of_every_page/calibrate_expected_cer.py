#!/usr/bin/python3
"""How well the errors of an OCR result can be expected from its quality: the numbers of expected_cer(), and their proof.

usage: calibrate_expected_cer.py QUALITIES

QUALITIES is what ocr_qualities (built with -DOCRTUNE_BENCH=ON) gave of pages with truth, with a column `source` in
their manifest. A logistic regression is fitted to the OCR results of all original pages, each page weighed the same,
and judged on the pages of a source without that source's OCR results; so are pages that were damaged.
"""
import argparse
import collections
import json
import pathlib

import numpy

FEATURES = ("unsure", "short words", "signs")
LEAST = 0.02  # an error rate below says little: truths have errors too


def features(row):
    coverage = 1 if row["coverage"] is None else row["coverage"]
    return [1 - coverage * row["char_confidence"] / 100, row["short_words"], row["signs"], 1]


def fitted(rows):
    """Weighted least squares of the log-odds."""
    count = collections.Counter(row["page"] for row in rows)
    x = numpy.array([features(row) for row in rows])
    rate = numpy.array([min(max(row["cer"], LEAST), 1 - LEAST) for row in rows])
    weight = numpy.array([1 / count[row["page"]] for row in rows])
    return numpy.linalg.lstsq(x * numpy.sqrt(weight)[:, None], numpy.log(rate / (1 - rate)) * numpy.sqrt(weight),
                              rcond=None)[0]


def expected(rows, numbers):
    return 1 / (1 + numpy.exp(-numpy.array([features(row) for row in rows]) @ numbers))


def ranks(values):
    _, place, count = numpy.unique(values, return_inverse=True, return_counts=True)
    return (numpy.cumsum(count) - (count - 1) / 2)[place]


def spearman(a, b):
    return numpy.corrcoef(ranks(a), ranks(b))[0, 1] if len(set(a)) > 1 and len(set(b)) > 1 else float("nan")


def best_of_every_page(rows):
    best = {}
    for row in rows:
        page = row["page"]
        if page not in best or row["net_legible"] > best[page]["net_legible"]:
            best[page] = row
    return list(best.values())


def line(name, rows):
    true = [row["cer"] for row in rows]
    hoped = [row["expected"] for row in rows]
    covered = [row["coverage"] for row in rows if row["coverage"] is not None]
    missed = sum(1 for row in rows if row["cer"] > .5 and row["expected"] < .25)
    bad = sum(1 for row in rows if row["cer"] > .5)
    before = [.6 * (1 - row["char_confidence"] / 100) for row in rows]
    print(f"{name:<32} {len(rows):5} {numpy.mean(true):8.3f} {numpy.mean(hoped):8.3f} {numpy.mean(covered):8.2f} "
          f"{spearman(before, true):8.2f} {spearman(hoped, true):8.2f} {missed:4} of {bad}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("qualities", type=pathlib.Path)
    rows = [json.loads(text) for text in parser.parse_args().qualities.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if "cer" in row]
    whole = [row for row in rows if row["damage"] == "original"]
    for source in sorted({row["source"] for row in rows}):
        numbers = fitted([row for row in whole if row["source"] != source])
        judged = [row for row in rows if row["source"] == source]
        for row, value in zip(judged, expected(judged, numbers)):
            row["expected"] = value
    print(f"{'':<32} pages      CER expected  covered   before spearman  > 0.5, expected < 0.25")
    line("all OCR results", whole)
    line("as they came", [row for row in whole if row["pipeline"] == "raw"])
    chosen = [row for row in rows if not row["pipeline"].startswith("random")]
    for damage in dict.fromkeys(row["damage"] for row in rows):
        line(f"best of `documents`, {damage}",
             best_of_every_page([row for row in chosen if row["damage"] == damage]))
    everything = [best for damage in dict.fromkeys(row["damage"] for row in rows)
                  for best in best_of_every_page([row for row in chosen if row["damage"] == damage])]
    line("best of `documents`, all of these", everything)
    print("\nof all sources: " + ", ".join(f"{name} {number:.2f}" for name, number in zip((*FEATURES, "at best"),
                                                                                        fitted(whole))))


if __name__ == "__main__":
    main()
