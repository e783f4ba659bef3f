#!/usr/bin/python3
"""Trains models with pages that have ground truth, and reads other pages of the collection with them and with those of the language.

  bench/training/half.py TRAIN JUDGE --lang fra [--build build/release] [-- OPTIONS OF train]

TRAIN and JUDGE: folders of pages with ground truth beside them. Prints what `train` says and, for the pages of JUDGE, CER, WER
and bag-of-words error rate (micro averages) by `apply --effort normal`, with and without the trained models, and without PP-OCRv6.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time


def main():
    own, separator, further = sys.argv[1:], "--", []
    if separator in own:
        own, further = own[:own.index(separator)], own[own.index(separator) + 1:]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=pathlib.Path)
    parser.add_argument("judge", type=pathlib.Path)
    parser.add_argument("--lang", required=True)
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build/release"))
    options = parser.parse_args(own)
    program = options.build / "ocrtune"

    def run(*words, without_ppocr=False):
        environment = {**os.environ, **({"OCRTUNE_PPOCR": "/nonexistent"} if without_ppocr else {})}
        return subprocess.run([program, *words], check=True, text=True, stdout=subprocess.PIPE, env=environment).stdout

    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        models, start = scratch / "models", time.monotonic()
        print(run("train", options.train, "--lang", options.lang, "-o", models, "--quiet", *further))
        print(f"{time.monotonic() - start:.0f} s\n")
        trained = ["--tessdata", models] if models.exists() else []
        for name, words, without in (("untrained", [], False), ("trained", trained, False),
                                     ("untrained, without PP-OCRv6", [], True), ("trained, without PP-OCRv6", trained, True)):
            texts = scratch / name
            run("apply", options.judge, "--lang", options.lang, "--effort", "normal", "-o", texts, "--quiet", *words,
                without_ppocr=without)
            found = json.loads(run("evaluate", texts, "--truth", options.judge, "--json"))
            print(f"{name:28} CER {100 * found['characters']['error_rate']:6.2f} %   WER {100 * found['words']['error_rate']:6.2f} %   "
                  f"bag of words {100 * found['bag_of_words']['error_rate']:6.2f} %")


if __name__ == "__main__":
    main()
