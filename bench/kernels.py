#!/usr/bin/python3
"""Each kernel against OpenCV's, or Leptonica's, on the pages, one thread each, as a table.

  bench/kernels.py [--simd AVX2]... [--repetitions 9] [--filter REGEX] PAGE...

Runs kernel_bench once for the best instruction set of this machine and once for each --simd. The
runs of a kernel and of the library's are interleaved at random; times and ratios are medians of the
repetitions, in CPU time.
"""
import argparse
import json
import pathlib
import statistics
import subprocess

BENCH = pathlib.Path(__file__).resolve().parents[1] / "build" / "release" / "kernel_bench"


def run(a, simd):
    command = [BENCH, *a.pages, f"--benchmark_repetitions={a.repetitions}", "--benchmark_format=json",
               "--benchmark_enable_random_interleaving=true", f"--benchmark_min_time={a.min_time}",
               f"--benchmark_filter={a.filter}", *(["--simd", simd] if simd else [])]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    times = {}
    for row in json.loads(done.stdout)["benchmarks"]:
        if row["run_type"] == "iteration":
            kernel, page, who = row["run_name"].rsplit("/", 2)
            entry = times.setdefault((kernel, page), {"Mpx": row.get("Mpx"), "ocrtune": [], "other": []})
            entry["ocrtune" if who == "ocrtune" else "other"].append(row["cpu_time"])
    return times


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--simd", action="append", default=[], help="also held to this instruction set")
    parser.add_argument("--repetitions", type=int, default=9)
    parser.add_argument("--filter", default=".*")
    parser.add_argument("--min-time", type=float, default=0.05, help="seconds of each repetition at least")
    parser.add_argument("pages", nargs="+")
    a = parser.parse_args()
    print("| kernel | page | Mpx | SIMD | ms | library ms | ratio |\n|---|---|---|---|---|---|---|")
    for simd in [None, *a.simd]:
        for (kernel, page), entry in run(a, simd).items():
            own, theirs = statistics.median(entry["ocrtune"]), statistics.median(entry["other"])
            size = f"{entry['Mpx']:.2f}" if entry["Mpx"] else "-"
            print(f"| {kernel} | {page} | {size} | {simd or 'best'} | {own:.2f} | {theirs:.2f} | {theirs / own:.1f} |")


if __name__ == "__main__":
    main()
