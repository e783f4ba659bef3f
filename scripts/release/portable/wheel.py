"""Packs an installation and the Python package into a wheel for every CPython whose extension is there, and any Linux with
glibc from symbol_versions.OLDEST on.

  wheel.py PREFIX PACKAGE OUT

PREFIX is put where Python is installed (the data of a wheel: bin, lib, share); PACKAGE is the folder `ocrtune` of modules. The same content
gives the same bytes; SOURCE_DATE_EPOCH is the date of its files. The format: https://packaging.python.org/specifications/binary-distribution-format
"""
import argparse
import base64
import hashlib
import os
import pathlib
import re
import stat
import sys
import time
import tomllib
import zipfile

import symbol_versions

PROJECT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(PROJECT / "scripts/release"))
import changelog  # noqa: E402

VERSION = changelog.released()[0]
MACHINE = os.uname().machine


def extensions(package: pathlib.Path) -> list[tuple[int, int]]:
    """The versions of CPython that it has an extension for."""
    found = (re.match(r"_core\.cpython-3(\d+)-", path.name) for path in package.glob("_core.*.so"))
    return sorted((3, int(match[1])) for match in found if match)


def metadata(package: pathlib.Path) -> str:
    project = tomllib.loads((PROJECT / "python/pyproject.toml").read_text())["project"]
    pythons = extensions(package)
    wanted = f">={pythons[0][0]}.{pythons[0][1]},<{pythons[-1][0]}.{pythons[-1][1] + 1}"
    lines = ["Metadata-Version: 2.1", "Name: ocrtune", f"Version: {VERSION}", f"Summary: {project['description']}", "License: Apache-2.0",
             f"Requires-Python: {wanted}", *(f"Requires-Dist: {one}" for one in project["dependencies"]),
             *(f"Classifier: Programming Language :: Python :: {major}.{minor}" for major, minor in pythons),
             "Description-Content-Type: text/markdown", "", (PROJECT / "scripts/release/portable/README-wheel.md").read_text()]
    return "\n".join(lines)


class Wheel:
    def __init__(self, path: pathlib.Path, epoch: int):
        self.zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9)
        self.date = time.gmtime(max(epoch, 315532800))[:6]
        self.record: list[str] = []

    def add(self, name: str, content: bytes, executable: bool = False) -> None:
        entry = zipfile.ZipInfo(name, self.date)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = (stat.S_IFREG | (0o755 if executable else 0o644)) << 16
        self.zip.writestr(entry, content)
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        self.record.append(f"{name},sha256={digest},{len(content)}")

    def add_folder(self, folder: pathlib.Path, below: str) -> None:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                self.add(f"{below}/{path.relative_to(folder)}", path.read_bytes(), bool(path.stat().st_mode & 0o100))

    def close(self, info: str) -> None:
        self.zip.writestr(zipfile.ZipInfo(f"{info}/RECORD", self.date), "\n".join([*self.record, f"{info}/RECORD,,", ""]))
        self.zip.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("prefix", "package", "out"):
        parser.add_argument(name, type=pathlib.Path)
    options = parser.parse_args()
    major, minor = symbol_versions.OLDEST
    tag = f"py3-none-manylinux_{major}_{minor}_{MACHINE}"
    path = options.out / f"ocrtune-{VERSION}-{tag}.whl"
    wheel = Wheel(path, int(os.environ.get("SOURCE_DATE_EPOCH", "0")))
    info, data = f"ocrtune-{VERSION}.dist-info", f"ocrtune-{VERSION}.data"
    wheel.add_folder(options.package, "ocrtune")
    wheel.add_folder(options.prefix / "bin", f"{data}/scripts")
    for folder in ("lib", "share"):
        wheel.add_folder(options.prefix / folder, f"{data}/data/{folder}")
    wheel.add(f"{info}/METADATA", metadata(options.package).encode())
    wheel.add(f"{info}/WHEEL", f"Wheel-Version: 1.0\nGenerator: ocrtune {VERSION}\nRoot-Is-Purelib: false\nTag: {tag}\n".encode())
    wheel.add(f"{info}/licenses/LICENSE", (PROJECT / "LICENSE").read_bytes())
    wheel.close(info)
    print(path)


if __name__ == "__main__":
    main()
