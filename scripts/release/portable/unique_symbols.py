"""Keeps the variables of a library from those of another version of it in the same process.

Variables of C++ templates and inline functions are of the binding STB_GNU_UNIQUE: the dynamic linker has one of each in a process, whichever
library came first. Those of two versions of libstdc++, such as the numbers of the facets of a locale, do not fit each other.
"""

import pathlib

from elftools.elf.elffile import ELFFile

GLOBAL, GNU_UNIQUE = 1, 10
INFO_OFFSET = 4  # of st_info in Elf64_Sym


def make_global(path: pathlib.Path) -> int:
    """Gives the unique symbols of `path` the binding STB_GLOBAL; returns their number."""
    with path.open("rb") as file:
        table = ELFFile(file).get_section_by_name(".dynsym")
        if table is None:
            return 0
        start, size, entry = table["sh_offset"], table["sh_size"], table["sh_entsize"]
    data = bytearray(path.read_bytes())
    changed = 0
    for place in range(start + INFO_OFFSET, start + size, entry):
        if data[place] >> 4 == GNU_UNIQUE:
            data[place] = GLOBAL << 4 | data[place] & 15
            changed += 1
    if changed:
        path.write_bytes(data)
    return changed
