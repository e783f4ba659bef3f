#!/usr/bin/python3
"""What clang-tidy checks, batch by batch, with a hash of all that a batch's result hangs on.

  scripts/tidy_keys.py BUILD TOOLS [COMMITS]    the folder of the configured preset `tidy`; the text of what else results hang on:
                                        the version of clang-tidy, its options, the packages of the system's headers

Prints a line for each batch (cmake/batches.cmake) of src/ and python/, and for each source that is compiled by itself: its
key, the number of sources in it, and its file. The key is of TOOLS, the checks, the command and the text of every
header of ours that is included, directly or by another: a changed header is checked with those batches alone that read it.
With COMMITS, only batches with a source that one of the last so many commits changed, or its header, or that is not committed.
"""
import hashlib
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r'^\s*#\s*include\s+"(.*)"', re.MULTILINE)


class Sources:
    """The files of ours that a file includes, each read once."""

    def __init__(self):
        self._included = {}

    def included(self, path):
        if path not in self._included:
            places = [path.parent, ROOT / "src", ROOT / "python"]
            found = INCLUDE.findall(path.read_text())
            self._included[path] = [file for name in found
                                    if (file := next((p / name for p in places if (p / name).is_file()), None))]
        return self._included[path]

    def reached(self, path):
        """The file and all that it includes, themselves once."""
        reached, open_ = set(), [path]
        while open_:
            file = open_.pop().resolve()
            if file not in reached:
                reached.add(file)
                open_.extend(self.included(file))
        return sorted(reached)


def changed_in(commits):
    """The files that the last commits or none have changed, without extensions; None where there is no history."""
    names = set()
    for command in (["log", "-n", commits, "--name-only", "--pretty="], ["diff", "--name-only", "HEAD"],
                    ["ls-files", "--others", "--exclude-standard"]):
        listed = subprocess.run(["git", *command], cwd=ROOT, capture_output=True, text=True)
        if listed.returncode != 0:
            return None
        names.update(listed.stdout.split())
    return {(ROOT / name).with_suffix("") for name in names}


def main():
    build, tools = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
    changed = changed_in(sys.argv[3]) if len(sys.argv) > 3 else None
    sources = Sources()
    checks = tools + (ROOT / ".clang-tidy").read_text()
    for unit in json.loads((build / "compile_commands.json").read_text()):
        file = pathlib.Path(unit["file"])
        batch = file.is_relative_to(build) and "Unity" in file.parts and file.relative_to(build).parts[0] in ("src", "python")
        # Clang 14 and Boost 1.74 have no coroutines in common.
        if not batch and (not file.is_relative_to(ROOT / "src") or "co_await" in file.read_text()):
            continue
        own = sources.included(file) if batch else [file]
        if changed is not None and not any(source.with_suffix("") in changed for source in own):
            continue
        key = hashlib.sha256((checks + unit["command"].replace(str(ROOT), ".")).encode())
        for path in sources.reached(file):
            key.update(path.read_bytes().replace(str(ROOT).encode(), b"."))
        print(key.hexdigest()[:32], len(own), file)


if __name__ == "__main__":
    main()
