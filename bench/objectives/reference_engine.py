#!/usr/bin/env python3
"""How much better a search for Tesseract chooses if another OCR engine takes part in the references: the table of
docs/reference/metrics.md.

usage: reference_engine.py MANIFEST --pipelines FOLDER --work FOLDER --engine NAME [--psm 6] [--splits 5] [--command ocrtune]

--pipelines are those of bench/best_of_every_page/random_pipelines.py. What was read is kept in --work. References are made
without the source that they judge. In each split, an objective chooses one pipeline on half of the pages, without their
truth; its regret is how far its share of wrong characters on the other half is above that of the best pipeline there, in
percentage points.
"""
import argparse
import pathlib
import random
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench" / "best_of_every_page"))
from measure import score  # noqa: E402
from references import References  # noqa: E402
from table import Table, correlation, mean, wanted  # noqa: E402

SEED = 20261124


def halves(pages, number):
    """Half of the pages, drawn at random, and the others."""
    drawn = random.Random(SEED + number).sample(pages, len(pages) // 2)
    return drawn, [page for page in pages if page not in drawn]


def capped(table, page, pipeline):
    return min(1, table.cer(page, pipeline))


def regrets(table, objective, splits):
    """By split, in percentage points."""
    found = []
    for number in range(splits):
        known, judged = halves(table.pages, number)
        errors = {p: mean([capped(table, page, p) for page in judged]) for p in table.pipelines}
        chosen = max(table.pipelines, key=lambda p: mean([table.value(page, p, objective) for page in known]))
        found.append(100 * (errors[chosen] - min(errors.values())))
    return found


def ranking(table, objective):
    """Spearman's correlation with the share of correct characters over the pipelines of a page, mean over pages."""
    return mean([correlation([table.value(page, p, objective) for p in table.pipelines],
                             [-capped(table, page, p) for p in table.pipelines]) for page in table.pages])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifest", type=pathlib.Path)
    parser.add_argument("--pipelines", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--engine", required=True)
    parser.add_argument("--psm", default="6")
    parser.add_argument("--splits", type=int, default=5)
    parser.add_argument("--command", default=ROOT / "build" / "release" / "ocrtune")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    read = wanted(options)
    for one in read:
        score(options.command, options.manifest, one.pipeline, one.mode, one.out)
    table = Table(options.manifest, [one.out for one in read])
    print(f"| objective | references | ranking | {' | '.join(f'split {n + 1}' for n in range(options.splits))} | mean regret |")
    print("|---" * (options.splits + 4) + "|")

    def row(objective, references):
        found = regrets(table, objective, options.splits)
        shown = " | ".join(f"{regret:.1f}" for regret in found)
        print(f"| `{objective}` | {references} | {ranking(table, objective):.2f} | {shown} | {mean(found):.2f} |", flush=True)

    for objective in ("confidence", "quality"):
        row(objective, "")
    for engine, name in ("", "Tesseract's"), (options.engine, f"with `{options.engine}`"):
        References(options, table, read, engine).add_agreements()
        for objective in ("agreement", "reference_quality"):
            row(objective, name)


if __name__ == "__main__":
    main()
