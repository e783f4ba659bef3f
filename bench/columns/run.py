#!/usr/bin/env python3
"""Made pages with several columns, and pages whose rows must not be taken for columns, clean and damaged: which share of
characters is wrong in page segmentation modes 3, 4 and 6, with `apply` and with `--effort normal`, and which is expected.

  bench/columns/run.py [PAGE ...]

The texts are articles of the Universal Declaration of Human Rights (bench/languages) and tables made here. Needs Debian's
packages pango1.0-tools, fonts-noto-core, fonts-noto-cjk, python3-pil, python3-numpy and the models of Tesseract for deu, eng,
rus, ara and jpn.
"""
import json
import pathlib
import random
import subprocess
import sys
import tempfile

from PIL import Image, ImageDraw

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "languages"))
from run import FONTS, FROM_RIGHT, OCRTUNE, make_damaged, run  # noqa: E402

TEXTS = pathlib.Path(__file__).resolve().parents[1] / "languages"
SCRIPTS = ("deu", "eng", "rus", "ara", "jpn")
MODES = (3, 4, 6)
DPI = 300


def words_of(language):
    return (TEXTS / f"{language}.txt").read_text(encoding="utf-8").split()


class Sheet:
    """A page: blocks of text at places, and the text in reading order."""

    def __init__(self, width, height):
        self.image = Image.new("L", (width, height), 255)
        self.draw = ImageDraw.Draw(self.image)
        self.blocks = []

    def block(self, text, language, left, top, width, size=10, style=""):
        """Typesets text at a place, `width` px wide, and returns where it ends."""
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "text").write_text(text, encoding="utf-8")
            run("pango-view", "-q", "--no-display", f"--font={FONTS.get(language, 'Noto Serif')} {style} {size}", f"--dpi={DPI}",
                f"--width={width * 72 // DPI}", "--margin=0", "--wrap=word-char", *(["--rtl"] if language in FROM_RIGHT else []),
                f"--output={folder / 'block.png'}", folder / "text")
            made = Image.open(folder / "block.png").convert("L")
        self.image.paste(made, (left, top))
        self.blocks.append(text)
        return top + made.height

    def text(self):
        return "\n\n".join(self.blocks) + "\n"


def running_text(language, count, seed):
    """Articles in another order of sentences, `count` words long, or as many signs where there are no words."""
    rng = random.Random(seed)
    if language == "jpn":
        whole = (TEXTS / f"{language}.txt").read_text(encoding="utf-8").replace("\n", "")
        sentences = [part + "。" for part in whole.split("。") if part]
        text = ""
        while len(text) < 3 * count:
            text += rng.choice(sentences)
        return text
    words = words_of(language)
    text = []
    while len(text) < count:
        start = rng.randrange(len(words) // 2)
        text += words[start:start + rng.randrange(12, 30)]
    return " ".join(text)


def columns(language, number):
    gutter, margin, width = 70, 150, 2480
    column = (width - 2 * margin - (number - 1) * gutter) // number
    sheet = Sheet(width, 2000)
    order = range(number)
    for place in reversed(order) if language in FROM_RIGHT else order:
        text = running_text(language, 360 // number, 10 * number + place)
        sheet.block(text, language, margin + place * (column + gutter), 150 + 3 * place, column)
    return sheet


def double_page():
    sheet = Sheet(3300, 2000)
    for place, left in enumerate((180, 1800)):
        top = sheet.block(str(12 + place), "eng", left + 600, 80, 200)
        sheet.block(running_text("eng", 260, 50 + place), "eng", left, top + 40, 1300)
    return sheet


def newspaper():
    sheet = Sheet(2900, 3200)
    top = sheet.block("The Harbour Gazette", "eng", 700, 80, 1700, 26, "Bold")
    sheet.draw.line((120, top + 20, 2780, top + 20), fill=0, width=4)
    column, gutter = 610, 60
    for place in range(4):
        left = 120 + place * (column + gutter)
        if place:
            sheet.draw.line((left - gutter // 2, top + 60, left - gutter // 2, 3100), fill=0, width=3)
        at = top + 60
        for item in range(2):
            at = sheet.block(" ".join(words_of("eng")[4 * item + place:4 * item + place + 4]).title(), "eng", left, at, column, 13, "Bold") + 20
            at = sheet.block(running_text("eng", 85 + 10 * item, 70 + 2 * place + item), "eng", left, at, column, 9) + 40
    return sheet


def table():
    sheet = Sheet(2480, 1900)
    rng = random.Random(3)
    names = words_of("deu")
    for row in range(22):
        cells = (names[2 * row % len(names)], names[(3 * row + 1) % len(names)] + " " + names[(5 * row) % len(names)],
                 str(rng.randrange(1700, 1950)), f"{rng.randrange(10, 9000)},{rng.randrange(10, 99)}")
        top = 150 + 75 * row
        for left, text in zip((150, 700, 1500, 1900), cells):
            sheet.block(text, "deu", left, top, 750)
        sheet.blocks[-4:] = ["  ".join(cells)]
    return sheet


def form():
    sheet = Sheet(2480, 2000)
    labels = ("Name", "Street and number", "Date of birth", "Place of birth", "Nationality", "Occupation", "Telephone", "Signature")
    answers = ("Helena Brandt", "14 Mill Lane", "3 May 1908", "Bergen, Norway", "Norwegian", "Ship's carpenter", "Harbour 2215", "H. Brandt")
    sheet.block("Application for a place in the harbour", "eng", 150, 120, 2000, 14, "Bold")
    for row, (label, answer) in enumerate(zip(labels, answers)):
        top = 320 + 190 * row
        for left, width, text in ((150, 800, label), (1000, 1300, answer)):
            sheet.draw.rectangle((left, top, left + width, top + 130), outline=0, width=3)
            sheet.block(text, "eng", left + 30, top + 35, width - 60)
        sheet.blocks[-2:] = [f"{label} {answer}"]
    return sheet


PAGES = {f"{language}_{number}": (language, lambda language=language, number=number: columns(language, number))
         for language in SCRIPTS for number in (2, 3)}
PAGES |= {"double_page": ("eng", double_page), "newspaper": ("eng", newspaper), "table": ("deu", table), "form": ("eng", form)}


def evaluated(page, language, truth, folder, *command):
    """The share of wrong characters, in %, and what the command printed."""
    printed = run(OCRTUNE, *command, page, "--lang", language, "-o", folder, "--quiet", "--json")
    (folder / "page.txt").write_bytes((folder / f"{page.stem}.txt").read_bytes())
    (folder / "page.gt.txt").write_text(truth, encoding="utf-8")
    rates = json.loads(run(OCRTUNE, "evaluate", folder / "page.txt", "--truth", folder, "--json", "--quiet"))
    return 100 * rates["mean_of_pages"]["cer"], json.loads(printed)


def main():
    wanted = sys.argv[1:] or list(PAGES)
    print(f"{'':12} {'':8} " + " ".join(f"{f'psm {mode}':>6}" for mode in MODES) + f" {'apply':>6} {'normal':>6} {'expected':>8}   % of characters wrong")
    sums = [0.0, 0.0, 0.0]
    with tempfile.TemporaryDirectory() as name:
        for page in wanted:
            language, make = PAGES[page]
            sheet = make()
            clean, damaged = (pathlib.Path(name) / f"{page}_{kind}.png" for kind in ("clean", "damaged"))
            sheet.image.save(clean, dpi=(DPI, DPI))
            make_damaged(clean, damaged)
            for path in (clean, damaged):
                rates = [evaluated(path, language, sheet.text(), path.with_suffix(f".{mode}"), "read", "--psm", str(mode))[0] for mode in MODES]
                plain, printed = evaluated(path, language, sheet.text(), path.with_suffix(".apply"), "apply")
                normal, _ = evaluated(path, language, sheet.text(), path.with_suffix(".normal"), "apply", "--effort", "normal")
                expected = 100 * printed["pages"][0]["expected_cer"]
                sums = [a + b for a, b in zip(sums, (min(rates), plain, normal))]
                print(f"{page:12} {path.stem.split('_')[-1]:8} " + " ".join(f"{rate:6.1f}" for rate in (*rates, plain, normal))
                      + f" {expected:8.1f}{'   by columns' if printed['pages'][0]['by_columns'] else ''}", flush=True)
    print(f"mean: best mode {sums[0] / len(wanted) / 2:.1f}, apply {sums[1] / len(wanted) / 2:.1f}, normal {sums[2] / len(wanted) / 2:.1f}")


if __name__ == "__main__":
    main()
