#!/usr/bin/python3
"""The constants with which several OCR engines vote (EngineTrust, LexicalWeights), and their proof: random settings, and what is left of the
best one on the pages of a source if it is chosen without them.

usage: calibrate_engine_trust.py MANIFEST --work DIR [--settings N] [--portfolio NAME|FILE]

MANIFEST lists pages with ground truth, their languages and sources. They and damaged copies of them are recognized once with
every pipeline of the portfolio; copies are kept in DIR. A setting is judged by the mean CER of the originals, and by that of
each kind of copies with a weight of 0.4.
"""
import argparse
import json
import pathlib
import random
import subprocess

from damaged_copies import damaged_pages
from table import mean, pages_of, write_rows

WEIGHTS = {"original": 1, "faint": 0.4, "0.45 of the resolution": 0.4, "right half at 4 %": 0.4}


def setting(rng):
    return {"tesseract": {"exponent": round(rng.uniform(0.9, 3), 2), "most": rng.choice([0.9, 0.95, 0.97, 0.98]),
                          "absence": round(rng.uniform(0, 0.3), 2), "spaces": round(rng.uniform(0.5, 1.6), 2)},
            "other": {"exponent": round(rng.uniform(0.7, 3.5), 2), "most": rng.choice([0.98, 0.99, 0.995, 0.999]),
                      "absence": round(rng.uniform(0.8, 4), 2), "spaces": round(rng.uniform(0.4, 2), 2),
                      "diacritics": rng.choice([0, 0.2, 0.6])},
            "lexicon": {"word": round(rng.uniform(1, 4), 1), "join": round(rng.uniform(1, 6), 1)}}


def by_damage(rows, number):
    """The mean CER of each kind of pages with a setting."""
    return {damage: mean([row["cer"][number] for row in rows if row["damage"] == damage]) for damage in WEIGHTS}


def loss(rows, number):
    return sum(WEIGHTS[damage] * cer for damage, cer in by_damage(rows, number).items())


def line(name, rates):
    print(f"{name:<34}" + "".join(f"{100 * rate:10.2f}" for rate in rates.values()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifest", type=pathlib.Path)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--settings", type=int, default=300)
    parser.add_argument("--portfolio", default="documents_ppocr")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--build", default="build/release")
    options = parser.parse_args()
    options.work = options.work.absolute()
    made = {file: {**row, "truth": options.work / "truths" / f"{pathlib.Path(file).stem}.gt.txt"}
            for file, row in damaged_pages(pages_of(options.manifest), options.work).items() if row["damage"] in WEIGHTS}
    manifest, settings = options.work / "engine_trust.csv", options.work / "engine_trust.json"
    write_rows(manifest, ["file", "lang", "truth"], made.values())
    rng = random.Random(options.seed)
    tried = [{}] + [setting(rng) for _ in range(options.settings)]
    settings.write_text(json.dumps(tried), encoding="utf-8")
    done = subprocess.run([f"{options.build}/engine_trusts", manifest, "--settings", settings, "--portfolio", options.portfolio], check=True,
                          stdout=subprocess.PIPE, text=True).stdout
    rows = [{**made[row["page"]], **row} for row in map(json.loads, done.splitlines())]
    numbers = range(1, len(tried))

    def best(rows):
        return min(numbers, key=lambda number: loss(rows, number))

    for source in {row["source"] for row in rows}:
        chosen = best([row for row in rows if row["source"] != source])
        for row in rows:
            if row["source"] == source:
                row["left_out"] = row["cer"][chosen]
    print(f"{'CER, %':<34}" + "".join(f"{name[:9]:>10}" for name in WEIGHTS))
    line("the constants in use", by_damage(rows, 0))
    line("the best setting", by_damage(rows, best(rows)))
    line("the best of the other sources", {damage: mean([row["left_out"] for row in rows if row["damage"] == damage])
                                           for damage in WEIGHTS})
    print("\nthe best setting:", json.dumps(tried[best(rows)]))


if __name__ == "__main__":
    main()
