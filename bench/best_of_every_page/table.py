"""What pipelines gave of pages, as measure.py keeps it, and how pipelines are chosen by it."""
import csv
import math
import os
import pathlib
import typing

OBJECTIVES = {"confidence": ("score_tesseract", 1), "char_confidence": ("score_char_confidence", 1),
              "legible": ("score_legible", 1), "net_legible": ("score_net_legible", 1),
              "quality": ("score_quality", 1),
              "lexicon": ("score_lexicon", 1), "garbage": ("score_garbage", -1)}
COMPARING = {"agreement": ("score_agreement", 1), "reference_quality": ("score_reference_quality", 1)}
LARGEST = 8
ENOUGH_LEGIBLE = 100  # characters that an OCR result needs to be good enough, as `apply` has it


def write_rows(path, columns, table):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, delimiter=";", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=";"))


def pages_of(manifest):
    """Its rows, with absolute paths."""
    return [{**row, "file": os.path.abspath(manifest.parent / row["file"])} for row in rows(manifest)]


class Wanted(typing.NamedTuple):
    """A pipeline (a file, or "raw"), the page segmentation mode it reads in, and the file of what it gave."""
    pipeline: pathlib.Path | str
    mode: str
    out: pathlib.Path


def wanted(options):
    """The original pages and every pipeline of --pipelines of one of the modes --psm."""
    found = [Wanted("raw", "6", options.work / "raw.csv")]
    for file in sorted(options.pipelines.glob("*.psm*.toml")):
        number, mode = file.name.split(".")[:2]
        if mode[3:] in options.psm.split(","):
            found.append(Wanted(file, mode[3:], options.work / f"{number}.csv"))
    return found


def quality(legible, char_confidence):
    """As docs/reference/metrics.md defines it."""
    return 100 * (math.log1p(legible / 10) + 3 * math.log1p(char_confidence / 5))


class Table:
    """By page and pipeline what was read, of pages with the names of their sources."""

    def __init__(self, manifest, files):
        self.source_of = {row["file"]: row["source"] for row in pages_of(manifest)}
        self.pages = list(self.source_of)
        self.sources = sorted(set(self.source_of.values()))
        self.pipelines = [file.name.split(".")[0] for file in files]
        self.values = {}
        for pipeline, file in zip(self.pipelines, files):
            for row in rows(file):
                row["score_quality"] = quality(float(row["score_legible"]), float(row["score_char_confidence"]))
                self.values[row["page"], pipeline] = row

    def add_agreement(self, pipeline, of_page):
        """Also how `reference_quality` values pages whose truth it doesn't know."""
        for page in self.pages:
            row = self.values[page, pipeline]
            row["score_agreement"] = of_page[page]
            row["score_reference_quality"] = row["score_quality"] - 1000 * (1 - of_page[page])

    def cer(self, page, pipeline):
        return float(self.values[page, pipeline]["score_cer"])

    def value(self, page, pipeline, objective):
        column, sign = {**OBJECTIVES, **COMPARING}[objective]
        return sign * float(self.values[page, pipeline][column])

    def of(self, sources):
        return [page for page in self.pages if self.source_of[page] in sources]

    def chosen(self, page, pipelines, objective):
        """The CER of the OCR result that the objective prefers; of equals the first."""
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


def cover(table, pages, size, pipelines):
    """Those of the pipelines that together serve the pages best, `raw` first, one after the other."""
    chosen = ["raw"]
    while len(chosen) < size:
        rest = [p for p in pipelines if p not in chosen]
        chosen.append(min(rest, key=lambda p: mean(min(1, table.chosen(page, chosen + [p], "net_legible"))
                                                   for page in pages)))
    return chosen


def left_out_covers(table, pipelines):
    """For each source those of the pipelines that were found on all others."""
    return {source: cover(table, table.of([s for s in table.sources if s != source]), LARGEST, pipelines)
            for source in table.sources}
