#!/usr/bin/python3
"""A scanned PDF through OCRmyPDF, with Tesseract and with the plugin ocrtune.ocrmypdf.

  PYTHONPATH=build/release/python bench/ocrmypdf.py [--lang LANG] PAGE... -- PLUGIN OPTION...

Puts the pages, images with ground truth NAME.gt.txt beside them, into one PDF, and prints seconds, sizes and word error
rates of the text in the PDF files. Example: … scans/*.jpg -- --ocrtune-effort low
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile
import time

from PIL import Image

import ocrtune

DPI = 300


def scanned(pages, target):
    """A PDF of JPEG pages, as scanners make it."""
    images = [Image.open(page).convert("RGB") for page in pages]
    images[0].save(target, save_all=True, append_images=images[1:], resolution=DPI, quality=90)


def texts(pdf, pages, folder):
    """The text of each page of a PDF, beside copies of the ground truth."""
    folder.mkdir()
    for number, page in enumerate(pages, 1):
        text = folder / f"{number:03}.txt"
        subprocess.run(["pdftotext", "-f", str(number), "-l", str(number), pdf, text], check=True)
        text.with_suffix(".gt.txt").write_bytes(page.with_name(page.stem + ".gt.txt").read_bytes())
    return folder


def main():
    arguments = sys.argv[1:]
    options = arguments[arguments.index("--") + 1:] if "--" in arguments else ["--ocrtune-effort", "low"]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lang", default="eng")
    parser.add_argument("pages", nargs="+", type=pathlib.Path)
    given = parser.parse_args(arguments[: arguments.index("--")] if "--" in arguments else arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        scanned(given.pages, folder / "in.pdf")
        print(f"{len(given.pages)} pages, {(folder / 'in.pdf').stat().st_size / 1e6:.1f} MB")
        rates = {}
        for title, plugin in (("Tesseract", []), ("ocrtune", ["--plugin", "ocrtune.ocrmypdf", *options])):
            out = folder / f"{title}.pdf"
            begin = time.monotonic()
            subprocess.run([sys.executable, "-m", "ocrmypdf", "-l", given.lang, "--output-type", "pdf", "-O0", *plugin, folder / "in.pdf", out],
                           check=True, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            seconds = time.monotonic() - begin
            compared = ocrtune.evaluate(texts(out, given.pages, folder / title))["mean_of_pages"]
            rates[title] = compared["wer"]
            print(f"{title:10} {seconds:6.1f} s  WER {100 * compared['wer']:5.2f} %  CER {100 * compared['cer']:5.2f} %  {out.stat().st_size / 1e6:.1f} MB")
        print(f"word errors: {100 * (rates['ocrtune'] / rates['Tesseract'] - 1):+.0f} %")


if __name__ == "__main__":
    main()
