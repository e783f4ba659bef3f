"""Lets libraries of a newer glibc run with an older one.

A library that is linked on Debian 12 asks for `pthread_create` of GLIBC_2.34, although nothing but its place changed there, and does
not load where glibc is older. Symbols of versions after OLDEST are asked for without a version here: the dynamic linker takes the default
one then. What OLDEST lacks, glibc.c has.
"""

import dataclasses
import pathlib
import re
import struct

from elftools.elf.elffile import ELFFile
from elftools.elf.gnuversions import GNUVerSymSection

OLDEST = (2, 31)  # Debian 11's, with which the packages are tested
FIRST = b"GLIBC_2.2.5"  # that of x86-64 on the day it began
WITHOUT_VERSION = 1


@dataclasses.dataclass(frozen=True)
class Need:
    """A version that a file asks for: where it says so, and by which index its symbols refer to it."""

    offset: int
    index: int
    library: str
    name: str

    def is_newer(self) -> bool:
        match = re.fullmatch(r"GLIBC_([0-9]+)\.([0-9]+)(?:\.[0-9]+)?", self.name)
        return match is not None and (int(match[1]), int(match[2])) > OLDEST


def elf_hash(name: bytes) -> int:
    """The hash of the System V ABI."""
    value = 0
    for byte in name:
        value = (value << 4) + byte
        high = value & 0xF0000000
        value = (value ^ (high >> 24)) & ~high
    return value


def needs(elf: ELFFile, data: bytes) -> list[Need]:
    """All that `.gnu.version_r` lists."""
    section = elf.get_section_by_name(".gnu.version_r")
    if section is None:
        return []
    strings = elf.get_section_by_name(".dynstr")
    found = []
    file_offset = section["sh_offset"]
    for _ in range(section["sh_info"]):
        _, count, library, first, following = struct.unpack_from("<HHIII", data, file_offset)
        offset = file_offset + first
        for _ in range(count):
            _, _, index, name, next_one = struct.unpack_from("<IHHII", data, offset)
            found.append(Need(offset, index, strings.get_string(library), strings.get_string(name)))
            offset += next_one
        file_offset += following
    return found


def newer_symbols(path: pathlib.Path) -> dict[str, str]:
    """The symbols that `path` asks for in a version after OLDEST, each with that version."""
    with path.open("rb") as file:
        elf = ELFFile(file)
        versions = {need.index: need.name for need in needs(elf, path.read_bytes()) if need.is_newer()}
        indices = elf.get_section_by_name(".gnu.version")
        if not versions or not isinstance(indices, GNUVerSymSection):
            return {}
        symbols = elf.get_section_by_name(".dynsym")
        return {
            symbols.get_symbol(place).name: versions[index.entry["ndx"]]
            for place, index in enumerate(indices.iter_symbols())
            if index.entry["ndx"] in versions
        }


def lower(path: pathlib.Path) -> list[str]:
    """Has `path` ask for its newer symbols without a version; returns their names. What is there already stays as it is."""
    symbols = newer_symbols(path)
    if not symbols:
        return []
    data = bytearray(path.read_bytes())
    with path.open("rb") as file:
        elf = ELFFile(file)
        newer = [need for need in needs(elf, data) if need.is_newer()]
        indices = elf.get_section_by_name(".gnu.version")
        offset, size = indices["sh_offset"], indices["sh_size"]
        strings = elf.get_section_by_name(".dynstr")
        text = strings["sh_offset"], strings.data().find(b"\0" + FIRST + b"\0") + 1
    if text[1] == 0:
        raise SystemExit(f"symbol_versions.py: {path} asks for nothing of {FIRST.decode()}")
    dropped = {need.index for need in newer}
    for place in range(offset, offset + size, 2):
        if struct.unpack_from("<H", data, place)[0] in dropped:
            struct.pack_into("<H", data, place, WITHOUT_VERSION)
    for need in newer:
        struct.pack_into("<I", data, need.offset, elf_hash(FIRST))
        struct.pack_into("<I", data, need.offset + 8, text[1])
    path.write_bytes(data)
    return sorted(symbols)
