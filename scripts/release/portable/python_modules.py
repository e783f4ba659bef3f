"""Compiles the extension of the Python package for each version of CPython whose headers are there (python_headers.sh).

  python_modules.py BUILD HEADERS PYBIND11 TO

BUILD is a build folder with the extension for this machine's Python: the others are compiled by the same commands with other
headers, and linked with its libocrtune.so.
"""
import json
import pathlib
import shlex
import subprocess
import sys
import sysconfig


def commands(build: pathlib.Path) -> list[tuple[list[str], str]]:
    """Those that compile the extension's sources, with the folders that they run in."""
    entries = json.loads((build / "compile_commands.json").read_text())
    all_commands = [(shlex.split(entry["command"]), entry["directory"]) for entry in entries]
    return [(words, folder) for words, folder in all_commands if "/ocrtune_python.dir/" in words[words.index("-o") + 1]]


def compiled(words: list[str], folder: str, to: pathlib.Path, include: list[str]) -> pathlib.Path:
    """The object of one, with the headers of `include` instead of this machine's."""
    own = sysconfig.get_paths()["include"]
    place = words.index("-o") + 1
    output = to / pathlib.Path(words[place]).name
    words = [*words[:place], str(output), *words[place + 1:]]
    kept = [word for at, word in enumerate(words) if word not in (own, f"-I{own}") and not (word == "-isystem" and words[at + 1] == own)]
    subprocess.run([kept[0], *include, *kept[1:]], check=True, cwd=folder)
    return output


def main() -> None:
    build, headers, pybind11, to = map(pathlib.Path, sys.argv[1:])
    to.mkdir(parents=True, exist_ok=True)
    machine = sysconfig.get_config_var("MULTIARCH")
    for folder in sorted(headers.iterdir(), key=lambda path: int(path.name.split(".")[1])):
        objects = to / f"objects-{folder.name}"
        objects.mkdir(exist_ok=True)
        # The one header in a folder by architecture is included by that folder's name.
        include = ["-isystem", str(pybind11), "-isystem", str(folder / f"python{folder.name}"), "-idirafter", str(folder)]
        made = [compiled(words, place, objects, include) for words, place in commands(build)]
        tag = folder.name.replace(".", "")
        module = to / f"_core.cpython-{tag}-{machine}.so"
        subprocess.run(["g++", "-shared", "-fPIC", "-s", "-o", module, *made, f"-L{build}/src/ocrtune",
                        "-locrtune", "-lopencv_core", "-lfmt"], check=True)
        print(f"Python {folder.name}: {module.name}", flush=True)


if __name__ == "__main__":
    main()
