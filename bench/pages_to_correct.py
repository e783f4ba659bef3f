#!/usr/bin/python3
"""What five pages with ground truth are worth: those that tell most against five at random.

  bench/pages_to_correct.py [--ocrtune build/release/ocrtune] [--trials 96] [--random 5] FOLDER...

Each folder is a collection, pages with NAME.gt.txt beside them. `apply --effort low` recognizes its pages without ground truth, the server
names five of them (GET /api/runs/ID/to_correct), and `tune` minimizes the CER on these five, and on five at random, several times. Prints the
CER of the other pages without preprocessing and with the pipeline found, and what that gains.
"""
import argparse
import csv
import io
import random
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path

from web_server import Server

COUNT = 5


def told_most(options, work, pages, lang):
    """The names of the pages that the server names, the first one first."""
    server = Server(options.ocrtune, str(work), str(pages))
    try:
        corpus = server.json("/api/corpora", {"inputs": [str(pages)], "lang": lang})["id"]
        run = server.json("/api/runs", {"method": "apply", "study": "", "corpus": corpus, "pipeline": None, "output": "texts",
                                               "options": {"effort": "low"}})["id"]
        server.wait(f"/api/runs/{run}", "running")
        return [page["name"] for page in server.json(f"/api/runs/{run}/to_correct?count={COUNT}")["pages"]]
    finally:
        server.close()


def cers(options, pages, pipeline, lang):
    """CER of each page, by name."""
    table = subprocess.run([options.ocrtune, "score", "--quiet", "--lang", lang, "--pipeline", pipeline, "--params", options.empty, *pages],
                           check=True, stdout=subprocess.PIPE, text=True).stdout
    return {row["page"]: float(row["score_cer"]) for row in csv.DictReader(io.StringIO(table), delimiter=";")}


def tuned(options, work, pages, lang):
    """The pipeline that `tune` finds on these pages."""
    best = work / "best.toml"
    subprocess.run([options.ocrtune, "tune", "--quiet", "--no-report", "--single", "--lang", lang, "--objective", "cer", "--hold-out", "0", "--trials",
                    str(options.trials), "--study", str(work / "study.db"), "-o", str(best), *pages], check=True, stdout=subprocess.DEVNULL)
    return str(best)


def gain(options, collection, chosen, raw, lang):
    """CER of the pages that were not chosen, without preprocessing and with the pipeline that was tuned on the chosen ones."""
    with tempfile.TemporaryDirectory() as folder:
        best = tuned(options, Path(folder), [collection[name] for name in chosen], lang)
        rest = sorted(set(collection) - set(chosen))
        found = cers(options, [collection[name] for name in rest], best, lang)
    return statistics.mean(raw[name] for name in rest), statistics.mean(found[name] for name in rest)


def measure(options, folder):
    lang = options.lang.get(folder.name, "eng")
    truths = {path.name[:-len(".gt.txt")]: path for path in folder.glob("*.gt.txt")}
    collection = {path.name: str(path) for path in sorted(folder.iterdir()) if path.stem in truths and path.suffix != ".txt"}
    raw = cers(options, collection.values(), "raw", lang)
    with tempfile.TemporaryDirectory() as place:
        bare = Path(place) / "pages"
        bare.mkdir()
        for path in collection.values():
            shutil.copy(path, bare)
        studies = Path(place) / "studies"
        studies.mkdir()
        most = told_most(options, studies, bare, lang)
    print(f"{folder.name}: {len(collection)} pages; tell most: {', '.join(most)}")
    choices = [("tell most", most)]
    choices += [(f"random {seed}", random.Random(seed).sample(sorted(collection), COUNT)) for seed in range(1, options.random + 1)]
    gains = []
    for name, chosen in choices:
        before, after = gain(options, collection, chosen, raw, lang)
        gains.append(100 * (before - after))
        print(f"  {name:<10} {100 * before:6.2f} -> {100 * after:6.2f} % CER, gain {gains[-1]:6.2f}", flush=True)
    at_random = gains[1:]
    print(f"  gain: tell most {gains[0]:.2f}, random {statistics.mean(at_random):.2f} (from {min(at_random):.2f} to {max(at_random):.2f}); "
          f"better than {sum(gains[0] > one for one in at_random)} of {len(at_random)}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ocrtune", default="build/release/ocrtune")
    parser.add_argument("--trials", type=int, default=96)
    parser.add_argument("--random", type=int, default=5)
    parser.add_argument("--lang", action="append", default=[], metavar="FOLDER=LANG")
    parser.add_argument("folders", nargs="+", type=Path)
    options = parser.parse_args()
    options.lang = dict(one.split("=", 1) for one in options.lang)
    with tempfile.NamedTemporaryFile("w", suffix=".json") as points:
        points.write("[{}]")
        points.flush()
        options.empty = points.name
        for folder in options.folders:
            measure(options, folder)


if __name__ == "__main__":
    main()
