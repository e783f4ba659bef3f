#!/usr/bin/env python3
"""How well objectives without truth choose pipelines and readings: the tables of docs/best_of_every_page.md.

usage: measure.py MANIFEST --pipelines FOLDER --work FOLDER [--psm 6[,4…]] [--command ocrtune]

MANIFEST is a CSV file (columns file, lang, source, separated by ;) of pages with truth. Every pipeline of the
folder (NNN.psmMODE.toml, as random_pipelines.py writes them) reads every page once; what it gave is kept in
--work, so that the same command goes on where it was ended. --psm says which of them the tables are of.

Choices that need truth to be made (which pipelines) are made without the source they are judged on.
"""
import argparse
import csv
import json
import math
import os
import pathlib
import resource
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
OBJECTIVES = {"confidence": ("score_tesseract", 1), "char_confidence": ("score_char_confidence", 1),
              "legible": ("score_legible", 1), "net_legible": ("score_net_legible", 1),
              "clarity": ("score_clarity", 1),
              "lexicon": ("score_lexicon", 1), "garbage": ("score_garbage", -1)}
KEPT = ["page", "score_cer", *(column for column, _ in OBJECTIVES.values() if column != "score_clarity")]
SIZES = (2, 3, 4, 5, 6, 8)
LARGEST = 8
# From which char_confidence on a reading is good enough, and how many legible characters it needs (as `apply`).
ENOUGH = (86, 88, 90, 92)
USUAL_ENOUGH = 90
ENOUGH_LEGIBLE = 100


def score(command, manifest, pipeline, mode, out):
    """Reads the pages of the manifest that `out` lacks, and adds them there."""
    kept = rows(out) if out.exists() else []
    there = {row["page"] for row in kept}
    missing = [row for row in rows(manifest) if row["file"] not in there]
    if not missing:
        return
    asked, made = out.with_name(f"missing-{out.name}"), out.with_suffix(".part")
    write_rows(asked, ["file", "lang"], missing)
    subprocess.run([command, "score", asked, "--pipeline", pipeline, "--psm", mode, "--csv", made, "--quiet"],
                   check=True, stdout=subprocess.DEVNULL)
    write_rows(made, KEPT, kept + rows(made))
    made.rename(out)
    asked.unlink()


def seconds(command, manifest, pipeline, mode, out):
    """By page how long one worker takes to read it: by the clock, brought to the processor time of all pages together,
    so that it doesn't matter what else the machine does."""
    if not out.exists():
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([command, "apply", manifest, "--pipeline", pipeline, "--psm", mode, "--jobs", "1", "-o",
                               out.with_suffix(""), "--json", "--quiet"], check=True, stdout=subprocess.PIPE, text=True,
                              env={**os.environ, "OMP_THREAD_LIMIT": "1"})
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        of_page = {page["page"]: page["seconds"] for page in json.loads(done.stdout)["pages"]}
        busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        factor = busy / sum(of_page.values())
        out.write_text(json.dumps({page: factor * spent for page, spent in of_page.items()}), encoding="utf-8")
    return json.loads(out.read_text(encoding="utf-8"))


def write_rows(path, columns, table):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, delimiter=";", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=";"))


def clarity(legible, char_confidence):
    """As docs/metrics.md defines it."""
    return 100 * (math.log1p(legible / 10) + 3 * math.log1p(char_confidence / 5))


class Table:
    """By page and pipeline what was read, of pages with the names of their sources."""

    def __init__(self, manifest, files):
        self.source_of = {row["file"]: row["source"] for row in rows(manifest)}
        self.pages = list(self.source_of)
        self.sources = sorted(set(self.source_of.values()))
        self.pipelines = [file.name.split(".")[0] for file in files]
        self.values = {}
        for pipeline, file in zip(self.pipelines, files):
            for row in rows(file):
                row["score_clarity"] = clarity(float(row["score_legible"]), float(row["score_char_confidence"]))
                self.values[row["page"], pipeline] = row

    def cer(self, page, pipeline):
        return float(self.values[page, pipeline]["score_cer"])

    def value(self, page, pipeline, objective):
        column, sign = OBJECTIVES[objective]
        return sign * float(self.values[page, pipeline][column])

    def of(self, sources):
        return [page for page in self.pages if self.source_of[page] in sources]

    def chosen(self, page, pipelines, objective):
        """The CER of the reading that the objective prefers; of equals the first."""
        best = max(pipelines, key=lambda pipeline: self.value(page, pipeline, objective))
        return self.cer(page, best)

    def read_until(self, page, pipelines, enough):
        """How many are tried in this order until the best is good enough, and the CER of what is kept then."""
        best = pipelines[0]
        for count, pipeline in enumerate(pipelines, 1):
            best = max(best, pipeline, key=lambda each: self.value(page, each, "net_legible"))
            if (self.value(page, best, "char_confidence") >= enough
                    and self.value(page, best, "legible") >= ENOUGH_LEGIBLE):
                break
        return count, self.cer(page, best)


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def ranks(values):
    order = sorted(range(len(values)), key=values.__getitem__)
    result = [0.0] * len(values)
    first = 0
    while first < len(order):
        last = first
        while last + 1 < len(order) and values[order[last + 1]] == values[order[first]]:
            last += 1
        for place in range(first, last + 1):
            result[order[place]] = (first + last) / 2
        first = last + 1
    return result


def correlation(a, b):
    """Spearman's; 0 where one doesn't vary."""
    a, b = ranks(a), ranks(b)
    mean_a, mean_b = mean(a), mean(b)
    covariance = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b))
    norm = (sum((x - mean_a) ** 2 for x in a) * sum((y - mean_b) ** 2 for y in b)) ** .5
    return covariance / norm if norm > 0 else 0


def objective_table(table):
    print("## Objectives\n")
    print("Mean over the pages of a source of Spearman's correlation between objective and -CER over the pipelines;\n"
          "CER of the one pipeline it prefers, and of the readings it prefers page by page, in percent.\n")
    print("| objective | " + " | ".join(table.sources) + " | all pages | one pipeline | page by page |")
    print("|---" * (len(table.sources) + 4) + "|")
    for objective in OBJECTIVES:
        of_page = {page: correlation([table.value(page, p, objective) for p in table.pipelines],
                                     [-table.cer(page, p) for p in table.pipelines]) for page in table.pages}
        single, each = [], []
        for source in table.sources:
            pages = table.of([source])
            best = max(table.pipelines, key=lambda p: mean(table.value(page, p, objective) for page in pages))
            single += [table.cer(page, best) for page in pages]
            each += [table.chosen(page, table.pipelines, objective) for page in pages]
        cells = [f"{mean(of_page[page] for page in table.of([source])):.2f}" for source in table.sources]
        print(f"| `{objective}` | " + " | ".join(cells) + f" | {mean(of_page.values()):.2f} | {100 * mean(single):.1f} "
              f"| {100 * mean(each):.1f} |")
    single = [table.cer(page, min(table.pipelines, key=lambda p: mean(table.cer(q, p) for q in table.of([source]))))
              for source in table.sources for page in table.of([source])]
    each = [min(table.cer(page, p) for p in table.pipelines) for page in table.pages]
    raw = mean(table.cer(page, "raw") for page in table.pages)
    print("| with truth |" + " |" * len(table.sources) + f" | {100 * mean(single):.1f} | {100 * mean(each):.1f} |")
    print("| raw |" + " |" * len(table.sources) + f" | {100 * raw:.1f} | {100 * raw:.1f} |\n")


def cover(table, pages, size):
    """Pipelines that together serve the pages best, `raw` first, one after the other."""
    chosen = ["raw"]
    while len(chosen) < size:
        rest = [p for p in table.pipelines if p not in chosen]
        chosen.append(min(rest, key=lambda p: mean(min(1, table.chosen(page, chosen + [p], "net_legible"))
                                                   for page in pages)))
    return chosen


def left_out_covers(table):
    """For each source the pipelines found on all others."""
    return {source: cover(table, table.of([s for s in table.sources if s != source]), LARGEST)
            for source in table.sources}


def cost_table(table, left_out, seconds_of):
    """What K pipelines cost and gain; `seconds_of(pipeline)` gives the time of each page."""
    print("\n## Cost\n")
    print("K pipelines chosen on the other sources. All: every page is read by all of them. Until good enough: no\n"
          f"more are tried once the best has a char_confidence of {USUAL_ENOUGH} and {ENOUGH_LEGIBLE} legible characters.\n"
          "CER in percent, processor time.\n")
    print("| K | all: CER | less than raw | s a page | times raw "
          "| good enough: CER | readings | s a page | times raw |")
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
    print("CER in percent and readings a page by the char_confidence from which on no more are tried.\n")
    sizes = (3, 5, LARGEST)
    print("| good enough from | " + " | ".join(f"K = {size}: CER | readings" for size in sizes) + " |")
    print("|---" * (1 + 2 * len(sizes)) + "|")
    for enough in (*ENOUGH, math.inf):
        cells = []
        for size in sizes:
            read = [table.read_until(page, left_out[table.source_of[page]][:size], enough) for page in table.pages]
            cells += [f"{100 * mean(rate for _, rate in read):.2f}", f"{mean(count for count, _ in read):.2f}"]
        print(f"| {'all are read' if enough == math.inf else enough} | " + " | ".join(cells) + " |")


def portfolio_table(table, left_out):
    print("## Best of every page\n")
    print("K pipelines are chosen on the other sources; of their readings of a page the one with most `net_legible`\n"
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
    print("\nChosen on all sources: " + ", ".join(cover(table, table.pages, LARGEST)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifest", type=pathlib.Path)
    parser.add_argument("--pipelines", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--psm", default="6")
    parser.add_argument("--command", default=ROOT / "build/release/ocrtune")
    parser.add_argument("--times", action="store_true",
                        help="also what portfolios cost, for which their pipelines read every page once more")
    parser.add_argument("--kept-only", action="store_true", help="tables of what --work has, reading nothing more")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    wanted = [("raw", "6", options.work / "raw.csv")]
    for file in sorted(options.pipelines.glob("*.psm*.toml")):
        number, mode = file.name.split(".")[:2]
        if mode[3:] in options.psm.split(","):
            wanted.append((file, mode[3:], options.work / f"{number}.csv"))
    for pipeline, mode, out in wanted:
        if not options.kept_only:
            score(options.command, options.manifest, pipeline, mode, out)
            print(out.name, file=sys.stderr)
    table = Table(options.manifest, [out for _, _, out in wanted if out.exists()])
    print(f"{len(table.pages)} pages, {len(table.sources)} sources, {len(table.pipelines)} pipelines "
          f"with `raw`, --psm {options.psm}\n")
    objective_table(table)
    left_out = left_out_covers(table)
    portfolio_table(table, left_out)
    enough_table(table, left_out)
    if options.times:
        files = {out.stem: (pipeline, mode, options.work / f"{out.stem}.times.json") for pipeline, mode, out in wanted}
        cost_table(table, left_out, lambda name: seconds(options.command, options.manifest, *files[name]))


if __name__ == "__main__":
    main()
