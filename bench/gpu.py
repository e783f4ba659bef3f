#!/usr/bin/python3
"""What a device takes and gives, beside the same machine's processors: a step of bench/gpu.sh.

  bench/gpu.py --device cuda:0 [--page FILE] [--points 16] [--rounds 3] [--keep] PAGE...

Prints tables in Markdown and writes them into docs/explanation/performance-gpu.md, between its two marks, unless --keep says not to.
"""
import argparse
import datetime
import json
import math
import os
import pathlib
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parents[1]
PAGE = HERE / "docs" / "explanation" / "performance-gpu.md"
MARKS = ("<!-- figures: begin -->", "<!-- figures: end -->")
CPU = "cpu"


def run(command, *arguments):
    return subprocess.run([command, *map(str, arguments)], check=True, capture_output=True, text=True)


def operations(command, device, page):
    """Of the processors and the device, what each operation takes."""
    found = json.loads(run(command, "doctor", "--bench", "--json", *(["--page", page] if page else [])).stdout)
    by_device = {entry["device"]: entry for entry in found["devices"]}
    if device not in by_device:
        sys.exit(f"gpu.py: {device} could not be measured")
    return f"{found['width']} x {found['height']} px", by_device[CPU], by_device[device]


def screening(command, pages, exponent, options, folder):
    """Screens afresh; points a second, and how busy the processors and the device were, in percent."""
    study = folder / "study.db"
    for path in folder.glob("study.db*"):
        path.unlink()
    said = run(command, "screen", *pages, "--exponent", exponent, "--study", study, *options).stderr
    with sqlite3.connect(study) as database:
        start, end, count = database.execute(
            "SELECT MIN(started_us), MAX(finished_us), COUNT(*) FROM ocrtune_trials WHERE number > 0").fetchone()
    busy = re.search(r"load: CPU (\d+) %, \S+ (\d+) %", said)
    return count / ((end - start) / 1e6), tuple(map(int, busy.groups())) if busy else None


def operations_table(size, cpu, card):
    lines = [f"A page of {size}; medians, one after the other from one thread:", "",
             "| operation | processor, ms | device, ms | with transfers, ms | ratio |", "|---|---|---|---|---|"]
    for ours, theirs in zip(cpu["operations"], card["operations"]):
        lines.append(f"| {ours['operation']} | {ours['ms']:.2f} | {theirs['ms']:.2f} | {theirs['with_transfers_ms']:.2f} | "
                     f"{ours['ms'] / theirs['ms']:.1f} |")
    return lines


def screening_table(ways, page_count, points, rounds):
    lines = [f"A screening of {points} points on {page_count} pages, {rounds} interleaved rounds; medians:", "",
             "| on | points/s | ratio | processors busy | device in use | together |", "|---|---|---|---|---|---|"]
    base = statistics.median(rate for rate, _ in ways[CPU])
    for name, results in ways.items():
        rate = statistics.median(rate for rate, _ in results)
        busy = [shares for _, shares in results if shares]
        shares = [statistics.median(share) for share in zip(*busy)] if busy else None
        shown = f"{shares[0]:.0f} % | {shares[1]:.0f} % | {sum(shares):.0f} %" if shares else "- | - | -"
        lines.append(f"| {name} | {rate:.2f} | {rate / base:.2f} | {shown} |")
    return lines


def processors():
    name = re.search(r"model name\s*:\s*(.*)", pathlib.Path("/proc/cpuinfo").read_text())
    return f"{name.group(1) if name else 'unknown'}, {os.cpu_count()} threads"


def write(device, lines):
    """Puts the device's section in the place of its last one; sections of other devices stay."""
    before, rest = PAGE.read_text().split(MARKS[0])
    written, after = rest.split(MARKS[1])
    sections = dict(re.findall(r"^## (\S+)\n+(.*?)\n*(?=^## |\Z)", written, re.S | re.M))
    sections[device] = "\n".join(lines)
    text = "\n\n".join(f"## {name}\n\n{section}" for name, section in sorted(sections.items()))
    PAGE.write_text(f"{before}{MARKS[0]}\n\n{text}\n{MARKS[1]}{after}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ocrtune", default=str(HERE / "build" / "release" / "ocrtune"))
    parser.add_argument("--device", default="cuda:0")
    parser.add_argument("--checked", default="not run", help="what compute-sanitizer said")
    parser.add_argument("--page", help="to time operations on; by default one of 8.7 Mpx")
    parser.add_argument("--recognition", default="not run", help="what ocr_device printed")
    parser.add_argument("--points", type=int, default=16, help="a power of 2")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keep", action="store_true", help="only print")
    parser.add_argument("pages", nargs="+")
    a = parser.parse_args()
    if a.points < 1 or a.points & (a.points - 1):
        sys.exit("gpu.py: --points must be a power of 2")
    size, cpu, card = operations(a.ocrtune, a.device, a.page)
    ways = {CPU: ["--device", CPU], a.device: ["--device", a.device],
            f"{a.device}, recognition too": ["--device", a.device, "--ocr-device", a.device]}
    results = {name: [] for name in ways}
    with tempfile.TemporaryDirectory() as name:
        for _ in range(a.rounds):
            for way, options in ways.items():
                results[way].append(screening(a.ocrtune, a.pages, int(math.log2(a.points)), options, pathlib.Path(name)))
    lines = [f"{card['description']}; {processors()}; {datetime.date.today().isoformat()}. compute-sanitizer: {a.checked}.", "",
             *operations_table(size, cpu, card), "", *screening_table(results, len(a.pages), a.points, a.rounds),
             "", "The LSTM engine's network alone, and whole pages recognized, by all threads at a time:", "", "```text", a.recognition, "```"]
    print("\n".join(lines))
    if not a.keep:
        write(a.device, lines)


if __name__ == "__main__":
    main()
