"""Which tests need not be run again, because nothing that they read has changed since they passed.

What a test reads of the repository is recorded while it runs: files that it opens, folders that it lists, and files, folders
and working directories of the programs that it starts (sys.addaudithook). The rest is taken as read by all: the built program,
the tests' own modules and pages, the engines, the schemas, and what scripts/machine_key.sh has.
"""
import functools
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import uuid

from support import BUILD, ROOT

KEPT = ROOT / "build" / "e2e_passed.json"
READ_BY_ALL = ["scripts/machine_key.sh", "engines", "examples", "docs/reference/json", "tests/e2e/pages"]

_read = set()


def _note(path):
    if isinstance(path, bytes):
        path = os.fsdecode(path)
    if isinstance(path, (str, os.PathLike)):
        path = os.path.abspath(path)
        if path.startswith(f"{ROOT}/") or path == str(ROOT):
            _read.add(path)


def _heard(event, arguments):
    if event in ("open", "os.listdir", "os.scandir", "os.chdir", "os.symlink", "os.link"):
        _note(arguments[0])
    elif event == "subprocess.Popen":
        _, words, folder, variables = arguments
        folder = folder or os.getcwd()
        if folder != str(ROOT):  # where run.py itself was started
            _note(folder)
        words = [words] if isinstance(words, (str, bytes)) else list(words)
        given = [value for name, value in (variables or {}).items() if name != "PATH" and os.environ.get(name) != value]
        for word in map(os.fsdecode, [*words, *given]):
            for path in re.findall(rf"{re.escape(str(ROOT))}[^\s:'\"]*", word):
                _note(path)
            if word and not word.startswith(("-", "/")) and os.path.exists(inside := os.path.join(folder, word)):
                _note(inside)


@functools.cache  # a hook stays
def record():
    """Begins to record what this process and its forks read."""
    sys.addaudithook(_heard)


def forget():
    """What is read from now on is another test's."""
    _read.clear()


def read():
    """The paths that were read since, those of compiled modules left out."""
    return sorted(path for path in _read if "__pycache__" not in path and path != str(KEPT))


def _hash_of_files(files):
    total = hashlib.sha256()
    for file in files:
        total.update(f"{file}\n".encode())
        if os.path.isfile(file):
            with open(file, "rb") as bytes_of:
                total.update(hashlib.sha256(bytes_of.read()).digest())
    return total.hexdigest()


@functools.cache
def _known_to_git(folder):
    if not (ROOT / ".git").exists():
        return uuid.uuid4().hex  # nothing is known, so nothing is as it was
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", folder], cwd=ROOT,
                            check=True, capture_output=True, text=True).stdout
    return _hash_of_files([ROOT / name for name in sorted(listed.split("\0")) if name])


@functools.cache
def hash_of(path):
    """Of a file its bytes; of a folder what git knows in it, of one of the build's everything that it may be built from."""
    if not os.path.isdir(path):
        return _hash_of_files([path])
    return _known_to_git(str(ROOT) if path.startswith(f"{ROOT}/build") else path)


@functools.cache
def of_all():
    """The hash of what all tests depend on."""
    modules = sorted(path for path in pathlib.Path(__file__).parent.glob("*.py") if not path.name.startswith("test_"))
    program = [BUILD / "ocrtune", *sorted(BUILD.glob("src/ocrtune/libocrtune.so*"))]
    machine = subprocess.run([ROOT / "scripts" / "machine_key.sh"], check=True, capture_output=True, text=True).stdout
    parts = [machine, _hash_of_files([*program, *modules]), *map(_known_to_git, READ_BY_ALL)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def kept():
    """What passed: for each unit of tests how many they were and what they read, with its hash."""
    try:
        found = json.loads(KEPT.read_text())
    except (OSError, ValueError):
        return {}
    return found["units"] if found.get("of_all") == of_all() else {}


def keep(units):
    KEPT.write_text(json.dumps({"of_all": of_all(), "units": units}))


def is_unchanged(unit):
    """Whether what a unit of kept() read is as it was."""
    return all(hash_of(path) == value for path, value in unit["read"].items())
