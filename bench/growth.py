#!/usr/bin/python3
"""How time and memory grow with pages, points and megapixels, as Markdown tables.

  bench/growth.py [--ocrtune build/release/ocrtune] [--only points,simd,size,apply] [--pages 8,24] [--points 512,1024] [--jobs N]
                  [--sizes 1,2,4,8,16,26] [--rounds 3] PAGE…

  points   the original pages alone, and screenings of `standard` by the number of pages and points: seconds with start-up and confirmation
  simd     a screening of 4 points, our code held to each instruction set (libsimd_preload.so of -DOCRTUNE_BENCH=ON), in turns
  size     4 points on the first page, enlarged or reduced to each number of megapixels: the steps of a page
  apply    pages per second of `apply`, text only

Each number of pages takes the first ones; with fewer pages than that, all are taken. Memory is the peak resident size of a command.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image

from million_trials import used
from screening import run_screen, spread

SIMD = ("AVX2", "AVX3", "AVX3_DL", "AVX3_ZEN4")


def run(command, cwd):
    """Seconds, and the peak resident size in MB."""
    begun = time.time()
    seconds, _, memory, status = used(subprocess.Popen([str(part) for part in command], cwd=cwd, stdout=subprocess.DEVNULL), begun)
    if status != 0:
        sys.exit(f"growth.py: {command[1]} ended with status {status}")
    return seconds, memory


def timings(options, study):
    done = subprocess.run([options.ocrtune, "timings", study, "--json"], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def screen(options, pages, points, study, place):
    """Evaluates further points up to their number."""
    return run([options.ocrtune, "screen", *pages, "--exponent", points.bit_length() - 1, "--study", study, "--quiet", *options.workers], place)


def numbers_of(text):
    return [int(part) for part in text.split(",")]


def measure_points(options, place):
    print("| pages | megapixels | original pages alone, s | " + " | ".join(f"{points} points, s | MB" for points in options.points) + " |")
    print("|---:|---:|---:|" + "---:|---:|" * len(options.points))
    for count in options.pages:
        pages = options.files[:count]
        megapixels = sum(width * height for width, height in (Image.open(page).size for page in pages)) / 1e6
        alone, _ = run([options.ocrtune, "read", *pages, "-o", place / f"texts{count}", "--quiet", *options.workers], place)
        row = f"| {len(pages)} | {megapixels:.1f} | {alone:.2f} |"
        whole = most = 0
        for points in options.points:
            seconds, memory = screen(options, pages, points, f"points{count}.db", place)
            whole += seconds
            most = max(most, memory)
            row += f" {whole:.0f} | {most:.0f} |"
        print(row, flush=True)


def measure_simd(options, place):
    held = {"LD_PRELOAD": str(options.ocrtune.parent / "bench/libsimd_preload.so")}
    kinds = [kind for kind in SIMD if run_quietly([options.ocrtune, "--version"], **held, OCRTUNE_BENCH_SIMD=kind)]
    taken = {kind: [] for kind in kinds}
    for _ in range(options.rounds):
        for kind in kinds:
            seconds, _ = run_screen(options.ocrtune, options.files[: options.pages[0]], 2, "auto", place, **held, OCRTUNE_BENCH_SIMD=kind)
            taken[kind].append(seconds)
    print("| our code held to | seconds per point, median (range) |\n|---|---:|")
    for kind, seconds in taken.items():
        print(f"| {kind} | {spread(seconds)} |", flush=True)


def run_quietly(command, **environment):
    return subprocess.run(command, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def measure_size(options, place):
    rows = []
    for size in options.sizes:
        page = Image.open(options.files[0]).convert("L")
        factor = (size * 1e6 / (page.width * page.height)) ** 0.5
        file = place / f"{size}.png"
        page.resize((round(page.width * factor), round(page.height * factor)), Image.Resampling.LANCZOS).save(file)
        study = f"size{size}.db"
        _, memory = run([options.ocrtune, "screen", file, "--exponent", 2, "--jobs", 1, "--study", study, "--quiet"], place)
        found = timings(options, place / study)
        means = {step["name"]: step["mean_ms"] for step in found["columns"][:1] + found["steps"] if step["mean_ms"]}
        rows.append((size, means, memory))
    names = [name for name, ms in rows[-1][1].items() if ms >= 1 and name not in ("wait", "load", "total")]
    names.sort(key=lambda name: -rows[-1][1][name])
    print("| megapixels | " + " | ".join(f"{name}, ms" for name in names) + " | total, ms | MB |\n|---:|" + "---:|" * (len(names) + 2))
    for size, means, memory in rows:
        print(f"| {size} | " + " | ".join(f"{means.get(name, 0):.1f}" for name in names) + f" | {means['total']:.0f} | {memory:.0f} |", flush=True)


def measure_apply(options, place):
    print("| `apply` | pages per second |\n|---|---:|")
    ways = (["--pipeline", "raw"], ["--pipeline", "standard"], [], ["--effort", "low"], ["--effort", "normal"], ["--effort", "high"])
    for number, way in enumerate(ways):
        seconds, _ = run([options.ocrtune, "apply", *options.files, "-o", place / f"applied{number}", "--quiet", *way, *options.workers], place)
        print(f"| `{' '.join(way) or '(default)'}` | {len(options.files) / seconds:.2f} |", flush=True)


KINDS = {"points": measure_points, "simd": measure_simd, "size": measure_size, "apply": measure_apply}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ocrtune", type=lambda text: Path(text).resolve(), default=Path(__file__).resolve().parents[1] / "build/release/ocrtune")
    parser.add_argument("--only", type=lambda text: text.split(","), default=list(KINDS))
    parser.add_argument("--pages", type=numbers_of, default=[8, 24])
    parser.add_argument("--points", type=numbers_of, default=[512, 1024])
    parser.add_argument("--sizes", type=numbers_of, default=[1, 2, 4, 8, 16, 26])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int)
    parser.add_argument("files", metavar="PAGE", nargs="+", type=lambda text: Path(text).resolve())
    options = parser.parse_args()
    if unknown := set(options.only) - set(KINDS):
        sys.exit(f"growth.py: --only takes {', '.join(KINDS)}, not {', '.join(sorted(unknown))}")
    if any(points < 1 or points & (points - 1) for points in options.points):
        sys.exit("growth.py: --points takes powers of 2")
    options.workers = ["--jobs", options.jobs] if options.jobs else []
    with tempfile.TemporaryDirectory() as name:
        for kind, measure in KINDS.items():
            if kind in options.only:
                print(f"\n## {kind}\n")
                measure(options, Path(name))


if __name__ == "__main__":
    main()
