#!/usr/bin/python3
"""Says what is dear in a build: folders and files by the seconds of their compile jobs, and headers by what they bring along.

  scripts/build_times.py [BUILD]        a built preset's folder [build/release]

A job's seconds are those of the last time it ran (Ninja's log), with whatever else ran beside it. A header's weight is the
size of the project's own and of all other headers that are read because of it, in a file that includes nothing else, times
the number of compile jobs that read it: what is to be had at most by including it less.
"""
import collections
import json
import pathlib
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
MOST = 15


def jobs(build):
    """Seconds of each output of the build, of its last run."""
    seconds = {}
    for line in (build / ".ninja_log").read_text().splitlines()[1:]:
        begin, end, _, output, _ = line.split("\t")
        seconds[output] = (int(end) - int(begin)) / 1000
    return seconds


def headers_of_jobs(build):
    """The headers of the project that each compile job reads."""
    text = subprocess.run(["ninja", "-C", str(build), "-t", "deps"], capture_output=True, text=True, check=True).stdout
    found = collections.defaultdict(set)
    output = None
    for line in text.splitlines():
        if line and not line.startswith(" "):
            output = line.split(":")[0]
        elif line.startswith("    "):
            path = pathlib.Path(build, line.strip()).resolve()
            if path.suffix == ".h" and ROOT / "src" in path.parents:
                found[path].add(output)
    return found


def weight(header, command):
    """MB that the compiler reads of a file with this header alone."""
    text = f'#include "{header}"\n'
    read = subprocess.run([*command, "-E", "-P", "-x", "c++", "-"], input=text, capture_output=True, text=True, check=False)
    return len(read.stdout) / 1e6


def preprocessor(build):
    """The compiler with the include folders of the file that has most of them."""
    commands = json.loads((build / "compile_commands.json").read_text())
    words = max((shlex.split(entry["command"]) for entry in commands if entry["file"].endswith(".cpp")), key=len)
    first = next(i for i, word in enumerate(words) if word.endswith(("c++", "g++", "clang++")) or "++" in pathlib.Path(word).name)
    kept, take = [words[first], "-std=c++20"], False
    for word in words[first + 1 :]:
        if take or word.startswith(("-I", "-D")) or word == "-isystem":
            kept.append(word)
        take = word == "-isystem"
    return kept


def table(title, rows):
    print(f"\n{title}")
    for row in rows[:MOST]:
        print("  " + row)


def main():
    build = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/release").resolve()
    compiled = {out: s for out, s in jobs(build).items() if out.endswith(".o")}
    folders = collections.Counter()
    for output, seconds in compiled.items():
        target, _, inside = output.partition(".dir/")
        folders[f"{target.split('/')[-1]} {pathlib.Path(inside).parent}"] += seconds
    print(f"{sum(compiled.values()):.0f} s in {len(compiled)} compile jobs")
    table("s of a folder's jobs", [f"{s:7.1f}  {name}" for name, s in folders.most_common()])
    table("s of a job", [f"{s:7.1f}  {name}" for name, s in sorted(compiled.items(), key=lambda item: -item[1])])
    command = preprocessor(build)
    rows = []
    for header, outputs in headers_of_jobs(build).items():
        mb = weight(header, command)
        rows.append((mb * len(outputs), f"{mb * len(outputs):7.0f}  {mb:5.2f} x {len(outputs):3}  {header.relative_to(ROOT)}"))
    table("MB of a header and what it brings, times the jobs that read it", [row for _, row in sorted(rows, reverse=True)])


if __name__ == "__main__":
    main()
