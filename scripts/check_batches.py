#!/usr/bin/python3
"""Functions that could be taken for another one in a batch of sources (cmake/batches.cmake).

  scripts/check_batches.py [BUILD]        a configured preset's folder [build/release]

Functions of one name in the unnamed namespaces of two sources are overloads of each other where a batch has both, and the
compiler might silently choose the other file's; whatever else clashes doesn't compile. Ends with status 1 where there are
such. Reads the sources by their formatting (.clang-format): what stands at a line's start is at the level of a namespace.
"""
import collections
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FUNCTION = re.compile(r"^(?!using|return|namespace|template|static_assert|[A-Z_]+\()[a-z_:\[][^=;]*?\b(\w+)\(")


def unnamed_functions(source):
    """The names of the functions in the unnamed namespaces of a source."""
    inside, names = False, set()
    for line in source.read_text().splitlines():
        if line == "namespace {":
            inside = True
        elif line == "}  // namespace":
            inside = False
        elif inside and (found := FUNCTION.match(line)) and found[1] != "operator":
            names.add(found[1])
    return names


def main():
    build = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/release")
    batches = sorted(build.glob("**/Unity/*.cxx"))
    if not batches:
        sys.exit(f"{build}: has no batches; configure it with -DOCRTUNE_BATCHES=ON")
    clashes = 0
    for batch in batches:
        files = collections.defaultdict(list)
        for included in re.findall(r'^#include "(.*)"$', batch.read_text(), re.MULTILINE):
            source = pathlib.Path(included)
            # A batch that isn't one any more still lies there.
            if not source.exists():
                continue
            for name in unnamed_functions(source):
                files[name].append(source.relative_to(ROOT))
        for name, twice in sorted(files.items()):
            if len(twice) > 1:
                clashes += 1
                print(f"{' and '.join(map(str, twice))}: both have a function `{name}`, and are compiled in one batch", file=sys.stderr)
    sys.exit(1 if clashes else 0)


if __name__ == "__main__":
    main()
