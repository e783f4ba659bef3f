"""How the extension is loaded where it has libraries of its own (a wheel with everything)."""

import contextlib
import os
import pathlib
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def own_libraries_first() -> Iterator[None]:
    """Has the extension take its own libraries before those of this process, which may have others of the same names. Without libraries of its own,
    nothing changes."""
    before = sys.getdlopenflags()
    if pathlib.Path(__file__).with_name("_bundled").exists():
        sys.setdlopenflags(before | os.RTLD_DEEPBIND)
    try:
        yield
    finally:
        sys.setdlopenflags(before)
