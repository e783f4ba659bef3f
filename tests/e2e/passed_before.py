"""Which tests need not be run again, because nothing that they read has changed since they passed.

What a test reads of the repository is recorded while it runs: files that it opens or asks for, folders that it lists, and
files, folders and working directories of the programs that it starts (sys.addaudithook). Modules that it imports are taken
from its text. The rest is taken as read by all: the built program, the tests' own modules and pages, the engines, the schemas,
and what scripts/machine_key.sh has. Not seen: whether a folder exists that is neither listed nor entered, names relative to a
folder's descriptor, and what programs read that they aren't given.
"""
import ast
import functools
import hashlib
import json
import os
import pathlib
import re
import stat
import subprocess
import sys
import time
import uuid

from support import BUILD, ROOT

KEPT = ROOT / "build" / "e2e_passed.json"
READ_BY_ALL = ["scripts/machine_key.sh", "engines", "examples", "docs/reference/json", "tests/e2e/pages"]

BEGIN = time.time()

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


def _mode(path, stat_of=os.stat):
    try:
        return stat_of(path).st_mode
    except (OSError, ValueError):
        return 0


def _asking(call):
    """The function of os, which no hook hears, so that it notes files and what doesn't exist: folders are asked for on the way."""
    @functools.wraps(call)
    def asked(path, *arguments, **named):
        if not isinstance(path, int) and named.get("dir_fd") is None and not stat.S_ISDIR(_mode(path)):
            _note(path)
        return call(path, *arguments, **named)

    for able in (os.supports_dir_fd, os.supports_effective_ids, os.supports_fd, os.supports_follow_symlinks):
        able.update({asked} if call in able else ())
    return asked


@functools.cache  # a hook stays
def record():
    """Begins to record what this process and its forks read."""
    sys.addaudithook(_heard)
    for name in ("stat", "lstat", "access"):
        setattr(os, name, _asking(getattr(os, name)))


def forget():
    """What is read from now on is another test's."""
    _read.clear()


def read():
    """The paths that were read since, those of compiled modules left out."""
    return sorted(path for path in _read if "__pycache__" not in path and path != str(KEPT))


@functools.cache
def _imported(module):
    """The modules of the project that the file of a module imports itself."""
    nodes = list(ast.walk(ast.parse(pathlib.Path(module).read_bytes())))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    files = {getattr(sys.modules.get(name), "__file__", None) or "" for name in names}
    return {file for file in files if file.startswith(f"{ROOT}/")}


def modules_of(module):
    """The file of a loaded module and those of the modules that it imports, itself or through others: who imports them first
    reads them, and only while they aren't compiled."""
    found, open_ = set(), [str(module)]
    while open_:
        file = open_.pop()
        if file not in found:
            found.add(file)
            open_.extend(_imported(file))
    return sorted(found)


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
        return [uuid.uuid4().hex]  # nothing is known, so nothing is as it was
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", folder], cwd=ROOT,
                            check=True, capture_output=True, text=True).stdout
    return [str(ROOT / name) for name in sorted(listed.split("\0")) if name]


def _files_of(path):
    """A file itself; of a folder what git knows in it, of one of the build's everything that it may be built from."""
    if not os.path.isdir(path):
        return [path]
    return _known_to_git(str(ROOT) if path.startswith(f"{ROOT}/build") else path)


@functools.cache
def hash_of(path):
    return _hash_of_files(_files_of(path))


def is_as_begun(path):
    """Whether what hash_of(path) is of has not changed since these tests began; of a deleted file that git knows it isn't known."""
    return all(max(os.stat(file).st_ctime, os.lstat(file).st_ctime) < BEGIN if os.path.exists(file)
               else file not in _known_to_git(str(ROOT)) for file in _files_of(path))


@functools.cache
def of_all():
    """The hash of what all tests depend on."""
    modules = sorted(path for path in pathlib.Path(__file__).parent.glob("*.py") if not path.name.startswith("test_"))
    program = [BUILD / "ocrtune", *sorted(BUILD.glob("ocrtune-*")), *sorted(BUILD.glob("src/ocrtune/libocrtune.so*"))]
    machine = subprocess.run([ROOT / "scripts" / "machine_key.sh"], check=True, capture_output=True, text=True).stdout
    parts = [machine, _hash_of_files([*program, *modules]), *map(hash_of, (str(ROOT / path) for path in READ_BY_ALL))]
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
