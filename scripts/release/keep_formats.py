#!/usr/bin/env python3
"""Keeps what this version writes: studies, the recipe or portfolio of `tune`, pipelines, and a folder of `apply` with its journal, made of
the small pages of the end-to-end tests. tests/e2e/test_formats.py opens the files of every version with the present command.

  keep_formats.py [--command OCRTUNE] [ARCHIVE]      build/release/ocrtune, tests/e2e/formats/VERSION.tar.xz
"""
import argparse
import json
import os
import pathlib
import subprocess
import tarfile
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = ROOT / "tests/e2e/pages/tiny"
# Without non-local means, which takes the most time.
FAST = ["--set", "denoise_h=0"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--command", type=pathlib.Path, default=ROOT / "build/release/ocrtune")
    parser.add_argument("archive", type=pathlib.Path, nargs="?")
    options = parser.parse_args()
    command = options.command.resolve()
    # Not every machine has this engine, and its results would be part of the studies.
    environment = {**os.environ, "OCRTUNE_PPOCR": "/nonexistent"}

    def output(*arguments):
        return subprocess.run([command, *arguments], check=True, capture_output=True, text=True).stdout

    version = output("--version").split()[1]
    archive = options.archive or ROOT / f"tests/e2e/formats/{version}.tar.xz"
    with tempfile.TemporaryDirectory() as made:
        folder = pathlib.Path(made)

        def run(*arguments):
            subprocess.run([command, *(str(PAGES) if word == "PAGES" else word for word in arguments), "--quiet"], check=True, cwd=folder,
                           stdout=subprocess.DEVNULL, env=environment)
            return arguments

        commands = {
            "screen": run("screen", "PAGES", "--exponent", "1", "--study", "screened.db", *FAST),
            "optimize": run("optimize", "PAGES", "--trials", "4", "--study", "optimized.db", "-o", "optimized.toml", *FAST),
            "tune": run("tune", "PAGES", "--trials", "4", "--study", "tuned.db", "-o", "best.toml", "--no-report",
                        "--pipeline", "standard", *FAST),
        }
        # Before recipes, `tune` wrote the pipelines of which the best result of each page is taken into a file of their own.
        found = ["--portfolio", "best.portfolio.toml"] if (folder / "best.portfolio.toml").exists() else ["--recipe", "best.toml"]
        commands["apply"] = run("apply", "PAGES", *found, "-o", "texts")
        for study in ("screened", "optimized", "tuned"):
            run("export", f"{study}.db", "-o", f"exported/{study}")
        doctor = json.loads(output("doctor", "--json"))
        (folder / "kept.json").write_text(json.dumps(
            {"version": version, "tesseract": doctor["tesseract"], "opencv": doctor["opencv"], "commands": commands}, indent=1) + "\n")
        archive.parent.mkdir(parents=True, exist_ok=True)
        with tarfile.open(archive, "w:xz") as tar:
            for path in sorted(folder.iterdir()):
                tar.add(path, path.name)
    print(f"{archive}: {archive.stat().st_size} bytes")


if __name__ == "__main__":
    main()
