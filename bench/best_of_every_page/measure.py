#!/usr/bin/env python3
"""How well objectives without truth choose pipelines and OCR results: the tables of docs/explanation/best_of_every_page.md.

usage: measure.py MANIFEST --pipelines FOLDER --work FOLDER [--psm 6[,4…]] [--engine ENGINE] [--agreement]
                  [--command ocrtune]

MANIFEST is a CSV file (columns file, lang, source, separated by ;) of pages with truth. Every pipeline of the
folder (NNN.psmMODE.toml, as random_pipelines.py writes them) reads every page once; what it gave is kept in
--work, so that the same command goes on where it was ended. --psm says which of them the tables are of.

Choices that need truth to be made (which pipelines) are made without the source they are judged on. So are, with
--agreement, the pipelines that the OCR results are compared with.
"""
import argparse
import json
import math
import os
import pathlib
import resource
import subprocess
import sys

from references import References
from table import (COMPARING, ENOUGH_LEGIBLE, LARGEST, OBJECTIVES, Table, correlation, cover, left_out_covers, mean,
                   pages_of, rows, wanted, write_rows)

ROOT = pathlib.Path(__file__).resolve().parents[2]
KEPT = ["page", "score_cer", *(column for column, _ in OBJECTIVES.values() if column != "score_quality")]
SIZES = (2, 3, 4, 5, 6, 8)
ENOUGH = (86, 88, 90, 92)  # from which char_confidence on an OCR result is good enough
USUAL_ENOUGH = 90


def score(options, pipeline, mode, out):
    """Reads the pages of the manifest that `out` lacks, and adds them there."""
    kept = rows(out) if out.exists() else []
    there = {row["page"] for row in kept}
    missing = [row for row in pages_of(options.manifest) if row["file"] not in there]
    if not missing:
        return
    asked, made = out.with_name(f"missing-{out.name}"), out.with_suffix(".part")
    write_rows(asked, ["file", "lang"], missing)
    subprocess.run([options.command, "score", asked, "--pipeline", pipeline, "--psm", mode, "--engine", options.engine, "--csv", made,
                    "--quiet"], check=True, stdout=subprocess.DEVNULL)
    write_rows(made, KEPT, kept + rows(made))
    made.rename(out)
    asked.unlink()


def seconds(options, pipeline, mode, out):
    """By page how long one worker takes to read it: by the clock, brought to the processor time of all pages together,
    so that it doesn't matter what else the machine does."""
    if not out.exists():
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([options.command, "apply", options.manifest, "--pipeline", pipeline, "--psm", mode, "--engine",
                               options.engine, "--jobs", "1", "-o", out.with_suffix(""), "--json", "--quiet"], check=True, stdout=subprocess.PIPE, text=True,
                              env={**os.environ, "OMP_THREAD_LIMIT": "1"})
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        of_page = {os.path.abspath(options.manifest.parent / page["page"]): page["seconds"]
                   for page in json.loads(done.stdout)["pages"]}
        busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        factor = busy / sum(of_page.values())
        out.write_text(json.dumps({page: factor * spent for page, spent in of_page.items()}), encoding="utf-8")
    return json.loads(out.read_text(encoding="utf-8"))


def order(table, page, objective, pipelines):
    return correlation([table.value(page, p, objective) for p in pipelines], [-table.cer(page, p) for p in pipelines])


def better_half(table, page):
    return sorted(table.pipelines, key=lambda p: table.cer(page, p))[:len(table.pipelines) // 2]


def objective_table(table, objectives):
    print("## Objectives\n")
    print("Mean over the pages of a source of Spearman's correlation between objective and -CER over the pipelines,\n"
          "and over those that read the page better than the others; CER of the one pipeline it prefers, and of the\n"
          "OCR results it prefers page by page, in percent.\n")
    print("| objective | " + " | ".join(table.sources) + " | all pages | better half | one pipeline | page by page |")
    print("|---" * (len(table.sources) + 5) + "|")
    for objective in objectives:
        of_page = {page: order(table, page, objective, table.pipelines) for page in table.pages}
        among_better = mean(order(table, page, objective, better_half(table, page)) for page in table.pages)
        single, each = [], []
        for source in table.sources:
            pages = table.of([source])
            best = max(table.pipelines, key=lambda p: mean(table.value(page, p, objective) for page in pages))
            single += [table.cer(page, best) for page in pages]
            each += [table.chosen(page, table.pipelines, objective) for page in pages]
        cells = [f"{mean(of_page[page] for page in table.of([source])):.2f}" for source in table.sources]
        print(f"| `{objective}` | " + " | ".join(cells) + f" | {mean(of_page.values()):.2f} | {among_better:.2f} "
              f"| {100 * mean(single):.1f} | {100 * mean(each):.1f} |")
    single = [table.cer(page, min(table.pipelines, key=lambda p: mean(table.cer(q, p) for q in table.of([source]))))
              for source in table.sources for page in table.of([source])]
    each = [min(table.cer(page, p) for p in table.pipelines) for page in table.pages]
    raw = mean(table.cer(page, "raw") for page in table.pages)
    print("| with truth |" + " |" * len(table.sources) + f" | | {100 * mean(single):.1f} | {100 * mean(each):.1f} |")
    print("| raw |" + " |" * len(table.sources) + f" | | {100 * raw:.1f} | {100 * raw:.1f} |\n")


def cost_table(table, left_out, seconds_of):
    """What K pipelines cost and gain; `seconds_of(pipeline)` gives the time of each page."""
    print("\n## Cost\n")
    print("K pipelines chosen on the other sources. All: every page is read by all of them. Until good enough: no\n"
          f"more are tried once the best has a char_confidence of {USUAL_ENOUGH} and {ENOUGH_LEGIBLE} legible characters.\n"
          "CER in percent, processor time.\n")
    print("| K | all: CER | less than raw | s a page | times raw "
          "| good enough: CER | OCR results | s a page | times raw |")
    print("|---" * 9 + "|")
    spent = {pipeline: seconds_of(pipeline) for pipeline in sorted({p for chosen in left_out.values() for p in chosen})}
    raw, raw_seconds = (mean(of(page) for page in table.pages) for of in
                        (lambda page: table.cer(page, "raw"), lambda page: spent["raw"][page]))
    for size in range(1, LARGEST + 1):
        cells = []
        for enough in (math.inf, USUAL_ENOUGH):
            counts, rates, times = [], [], []
            for page in table.pages:
                pipelines = left_out[table.source_of[page]][:size]
                count, rate = table.read_until(page, pipelines, enough)
                counts.append(count)
                rates.append(rate)
                times.append(sum(spent[p][page] for p in pipelines[:count]))
            cells += [f"{100 * mean(rates):.1f}"]
            cells += [f"{100 * (1 - mean(rates) / raw):.0f} %"] if enough == math.inf else [f"{mean(counts):.1f}"]
            cells += [f"{mean(times):.2f}", f"{mean(times) / raw_seconds:.1f}"]
        print(f"| {size} | " + " | ".join(cells) + " |")


def enough_table(table, left_out):
    print("\n## Good enough\n")
    print("CER in percent and OCR results a page by the char_confidence from which on no more are tried.\n")
    sizes = (3, 5, LARGEST)
    print("| good enough from | " + " | ".join(f"K = {size}: CER | OCR results" for size in sizes) + " |")
    print("|---" * (1 + 2 * len(sizes)) + "|")
    for enough in (*ENOUGH, math.inf):
        cells = []
        for size in sizes:
            read = [table.read_until(page, left_out[table.source_of[page]][:size], enough) for page in table.pages]
            cells += [f"{100 * mean(rate for _, rate in read):.2f}", f"{mean(count for count, _ in read):.2f}"]
        print(f"| {'all are read' if enough == math.inf else enough} | " + " | ".join(cells) + " |")


def portfolio_table(table, left_out):
    print("## Best of every page\n")
    print("K pipelines are chosen on the other sources; of their OCR results of a page the one with most `net_legible`\n"
          "is kept. CER in percent.\n")
    print("| K | " + " | ".join(table.sources) + " | all pages | less than raw | best of the K with truth "
          "| share of what they can gain | pages worse than raw |")
    print("|---" * (len(table.sources) + 6) + "|")
    raw = {page: table.cer(page, "raw") for page in table.pages}
    print("| raw | " + " | ".join(f"{100 * mean(raw[page] for page in table.of([s])):.1f}" for s in table.sources)
          + f" | {100 * mean(raw.values()):.1f} | | | | |")
    for size in SIZES:
        kept, best = {}, {}
        for source in table.sources:
            for page in table.of([source]):
                pipelines = left_out[source][:size]
                kept[page] = table.chosen(page, pipelines, "net_legible")
                best[page] = min(table.cer(page, p) for p in pipelines)
        cells = [f"{100 * mean(kept[page] for page in table.of([source])):.1f}" for source in table.sources]
        gained = (mean(raw.values()) - mean(kept.values())) / (mean(raw.values()) - mean(best.values()))
        worse = sum(kept[page] > raw[page] + .005 for page in table.pages)
        print(f"| {size} | " + " | ".join(cells) + f" | {100 * mean(kept.values()):.1f} "
              f"| {100 * (1 - mean(kept.values()) / mean(raw.values())):.0f} % | {100 * mean(best.values()):.1f} "
              f"| {100 * gained:.0f} % | {worse} of {len(table.pages)} |")
    print("\nChosen on all sources: " + ", ".join(cover(table, table.pages, LARGEST, table.pipelines)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifest", type=pathlib.Path)
    parser.add_argument("--pipelines", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--psm", default="6")
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--command", default=ROOT / "build/release/ocrtune")
    parser.add_argument("--times", action="store_true",
                        help="also what portfolios cost, for which their pipelines read every page once more")
    parser.add_argument("--agreement", action="store_true", help="also objectives that compare a page's OCR results, for "
                        "which every pipeline reads every page once more")
    parser.add_argument("--kept-only", action="store_true", help="tables of what --work has, recognizing nothing more")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    asked = wanted(options)
    for read in asked:
        if not options.kept_only:
            score(options, read.pipeline, read.mode, read.out)
            print(read.out.name, file=sys.stderr)
    asked = [read for read in asked if read.out.exists()]
    table = Table(options.manifest, [read.out for read in asked])
    if options.agreement:
        References(options, table, asked).add_agreements()
    print(f"{len(table.pages)} pages, {len(table.sources)} sources, {len(table.pipelines)} pipelines "
          f"with `raw`, --psm {options.psm}\n")
    objective_table(table, [*OBJECTIVES, *(COMPARING if options.agreement else ())])
    left_out = left_out_covers(table, table.pipelines)
    portfolio_table(table, left_out)
    enough_table(table, left_out)
    if options.times:
        files = {read.out.stem: (read.pipeline, read.mode, options.work / f"{read.out.stem}.times.json") for read in asked}
        cost_table(table, left_out, lambda name: seconds(options, *files[name]))


if __name__ == "__main__":
    main()
