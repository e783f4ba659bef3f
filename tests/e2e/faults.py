"""Runs the command with the library of tests/faults, in which one allocation or one system call fails.

A point is one call of malloc and the like ("memory") or of a function that makes a system call ("call"), from main on, numbered
in the order in which they happen. A site is where points are: the function and the innermost frames of the stack that call it.
Points before main are left out: there the dynamic loader and the constructors of libraries run, with no code of ours
around them that could tell.
"""
import collections
import mmap
import os
import pathlib
import struct
import subprocess

from support import BUILD, OCRTUNE, WITHOUT_PPOCR

LIBRARY = BUILD / "libocrtune_fail_once.so"
KINDS = ("memory", "call")
DEPTH = 2  # frames that tell sites apart, those of the C and C++ libraries not counted

# As in tests/faults/points.c.
_FRAMES, _MODULES, _PATH, _SITES = 32, 256, 120, 1 << 16
_HEAD, _SITE, _FRAME = struct.Struct("<QQII"), struct.Struct("<QQII24s"), struct.Struct("<II")

Site = collections.namedtuple("Site", "hash first kind points name")


class Table:
    """What the library wrote: how many points there were of each kind, their sites where nothing failed, and what failed with its stack,
    innermost first, as pairs of a file's path and an offset."""

    def __init__(self, path):
        with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            memory, call, used, modules = _HEAD.unpack_from(data)
            self.counts = {"memory": memory, "call": call}
            at = _HEAD.size
            self.failed = self._site(_SITE.unpack_from(data, at))
            at += _SITE.size
            frames = _FRAME.unpack_from(data, at)[0]
            at += _FRAME.size
            indices = [_FRAME.unpack_from(data, at + _FRAME.size * i) for i in range(frames)]
            at += _FRAME.size * _FRAMES
            paths = [data[at + _PATH * i:at + _PATH * (i + 1)].rstrip(b"\0").decode() for i in range(modules)]
            self.stack = [(paths[module], offset) for module, offset in indices]
            at += _PATH * _MODULES
            found = map(self._site, _SITE.iter_unpack(data[at:at + _SITE.size * _SITES])) if used else ()
            self.sites = sorted((site for site in found if site), key=lambda site: site.first)

    @staticmethod
    def _site(fields):
        code, first, kind, points, name = fields
        return Site(code, first, KINDS[kind], points, name.rstrip(b"\0").decode()) if code else None

    def frames(self, most=12):
        """The stack of what failed, as text."""
        for path, offset in self.stack[:most]:
            place = subprocess.run(["addr2line", "-Cfse", path, hex(offset - 1)], capture_output=True, text=True).stdout.split("\n")
            yield f"{os.path.basename(path)} {' '.join(place[:2])}" if len(place) > 1 else f"{path}+{offset:x}"


def run(arguments, table, program="ocrtune", memory=0, call=0, error=0, env=None, timeout=120):
    """The finished command and its Table, of the processes of `program` alone. The point of number `memory` or `call` fails, with
    `error` or else the function's usual errno; if none is given, sites are listed."""
    table = pathlib.Path(table)
    table.unlink(missing_ok=True)
    variables = {"LD_PRELOAD": LIBRARY, "OCRTUNE_FAULTS_TABLE": table, "OCRTUNE_FAULTS_PROGRAM": program,
                 "OCRTUNE_FAULTS_MEMORY": memory, "OCRTUNE_FAULTS_CALL": call, "OCRTUNE_FAULTS_ERROR": error,
                 "OCRTUNE_FAULTS_SITES": DEPTH}
    done = subprocess.run([OCRTUNE, *map(str, arguments)], capture_output=True, text=True, errors="replace", timeout=timeout,
                          env={**os.environ, **WITHOUT_PPOCR, **(env or {}), **{name: str(value) for name, value in variables.items()}})
    return done, Table(table) if table.exists() else None
