#!/usr/bin/env python3
"""A clean and a damaged page of each language: is what `lstm` reads what Tesseract reads, in which time, and which share of
characters is wrong, raw, with `apply` and with `--effort normal`. At last, of how many pages `--lang auto` finds the language, in which
time. The texts are articles 1 and 3 of the Universal
Declaration of Human Rights.

  bench/languages/run.py [LANGUAGE ...]

Needs Debian's packages pango1.0-tools, fonts-noto-core, fonts-noto-cjk, python3-pil, python3-numpy and the models of Tesseract
(tesseract-ocr-CODE); languages whose model is missing are left out, and named.
"""
import json
import pathlib
import resource
import subprocess
import sys
import tempfile

import numpy
from PIL import Image, ImageFilter

HERE = pathlib.Path(__file__).resolve().parent
OCRTUNE = HERE.parents[1] / "build/release/ocrtune"
FONTS = {"ara": "Noto Naskh Arabic", "fas": "Noto Naskh Arabic", "heb": "Noto Serif Hebrew", "hin": "Noto Serif Devanagari",
         "ben": "Noto Serif Bengali", "tam": "Noto Serif Tamil", "tha": "Noto Serif Thai", "kor": "Noto Serif CJK KR",
         "jpn": "Noto Serif CJK JP", "chi_sim": "Noto Serif CJK SC", "chi_tra": "Noto Serif CJK TC"}
FROM_RIGHT = ("ara", "fas", "heb")


def run(*arguments):
    return subprocess.run([str(argument) for argument in arguments], capture_output=True, text=True, check=True).stdout


def make_clean(language, page):
    run("pango-view", "-q", "--no-display", f"--font={FONTS.get(language, 'Noto Serif')} 11", "--dpi=300", "--width=420", "--margin=40",
        "--wrap=word-char", f"--output={page}", *(["--rtl"] if language in FROM_RIGHT else []), HERE / f"{language}.txt")
    Image.open(page).convert("L").save(page)


def make_damaged(clean, page):
    """Half the resolution, blurred, faint, unevenly lit, with noise."""
    small = Image.open(clean)
    small = small.resize((small.width // 2, small.height // 2), Image.BOX).filter(ImageFilter.GaussianBlur(0.6))
    gray = 255 - (255 - numpy.asarray(small, float)) * 0.6 - numpy.linspace(0, 60, small.width)[None, :]
    gray += numpy.random.default_rng(1).normal(0, 10, gray.shape)
    Image.fromarray(gray.clip(0, 255).astype("uint8")).save(page)


def words(page, language, engine):
    """Texts and confidences, and seconds of a processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    rows = run(OCRTUNE, "read", page, "--lang", language, "--engine", engine, "--format", "tsv", "--quiet").splitlines()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return [row.split("\t")[10:] for row in rows], after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def error_rate(page, language, folder, *command):
    run(OCRTUNE, *command, page, "--lang", language, "-o", folder, "--quiet")
    (folder / "page.txt").write_bytes((folder / f"{page.stem}.txt").read_bytes())
    (folder / "page.gt.txt").write_bytes((HERE / f"{language}.txt").read_bytes())
    evaluated = json.loads(run(OCRTUNE, "evaluate", folder / "page.txt", "--truth", folder, "--json", "--quiet"))
    return 100 * evaluated["mean_of_pages"]["cer"]


def found_languages(folder):
    """Of how many of the pages the language is found, and seconds of a processor for each."""
    pages = sorted(folder.glob("*.png"))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = json.loads(run(OCRTUNE, "read", *pages, "--lang", "auto", "--json", "--quiet"))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    right = sum(pathlib.Path(page["page"]).stem.rsplit("_", 1)[0] == page["lang"] for page in found)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return f"languages found: {right} of {len(pages)}, {seconds / len(pages):.2f} s a page with recognition"


def main():
    installed = run("tesseract", "--list-langs").split()
    wanted = sys.argv[1:] or sorted(path.stem for path in HERE.glob("*.txt"))
    print(f"{'':8} {'':8} {'same':>4} {'s lstm':>7} {'s tess':>7} {'raw':>6} {'apply':>6} {'normal':>6}   % of characters wrong")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for language in wanted:
            if language not in installed:
                print(f"{language:8} not installed: apt install tesseract-ocr-{language.replace('_', '-')}")
                continue
            clean = folder / f"{language}_clean.png"
            damaged = folder / f"{language}_damaged.png"
            make_clean(language, clean)
            make_damaged(clean, damaged)
            for page in (clean, damaged):
                ours, seconds = words(page, language, "lstm")
                theirs, their_seconds = words(page, language, "tesseract")
                rates = [error_rate(page, language, folder / f"{page.stem}_{i}", *command) for i, command in enumerate(
                    (("read",), ("apply",), ("apply", "--effort", "normal")))]
                print(f"{language:8} {page.stem.split('_')[-1]:8} {'yes' if ours == theirs else 'NO':>4} {seconds:7.2f} {their_seconds:7.2f} "
                      + " ".join(f"{rate:6.1f}" for rate in rates), flush=True)
        print(found_languages(folder))


if __name__ == "__main__":
    main()
