#!/usr/bin/python3
"""Compares ocrtune.audit with OCR quality audit itself: images to the byte, and scores.

  PYTHONPATH=build/release/python bench/audit.py --original FOLDER [--points 32] PAGE...

FOLDER has the package ocr_quality_audit (its repository's src/). Needs python3-opencv, pytesseract and python3-scipy. Ends with status 1 if
an image or a score differs.
"""
import argparse
import contextlib
import io
import sys
import time

import numpy
from scipy.stats import qmc

import ocrtune
from ocrtune import audit

STANDARD = {"line_h": (30, 70), "line_v": (40, 120), "norm_kernel_base": (40, 100), "denoise_h": (2, 20),
            "noise_threshold": (20, 500), "bin_block_base": (30, 100), "bin_c": (10, 25)}
BLUR_CLAHE = {"inp_line_h": (20, 100), "inp_line_v": (20, 100), "denoise_h": (5, 20), "bg_dilate": (3, 31),
              "bg_blur": (11, 103), "clahe_clip": (1, 5), "clahe_tile": (4, 16)}
WHOLE = {"inp_line_h", "inp_line_v", "bg_dilate", "bg_blur", "clahe_tile"}


def points(ranges, count):
    """Sobol points as keyword arguments."""
    low, high = zip(*ranges.values())
    for row in qmc.scale(qmc.Sobol(len(ranges), seed=1).random(count), low, high):
        yield {name: int(value) if name in WHOLE else float(value) for name, value in zip(ranges, row)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--original", required=True)
    parser.add_argument("--points", type=int, default=32)
    parser.add_argument("pages", nargs="+")
    options = parser.parse_args()
    sys.path.insert(0, options.original)
    with contextlib.redirect_stdout(io.StringIO()):
        from ocr_quality_audit import pipeline as original

    seconds = {"original": 0.0, "ocrtune": 0.0}
    images = scores = different_images = different_scores = 0
    worst = 0.0

    def timed(name, work, *arguments):
        begin = time.perf_counter()
        result = work(*arguments)
        seconds[name] += time.perf_counter() - begin
        return result

    for path in options.pages:
        page = ocrtune.load_page(path)
        for name, ranges in (("pipeline_complet", STANDARD), ("pipeline_blur_clahe", BLUR_CLAHE)):
            for number, point in enumerate(points(ranges, options.points)):
                params = audit.build_params(**point) if name == "pipeline_complet" else point
                theirs = timed("original", getattr(original, name), page, dict(params))
                ours = timed("ocrtune", getattr(audit, name), page, params)
                images += 1
                different_images += not numpy.array_equal(ours, theirs)
                if number % 8:
                    continue
                before, after = original.evaluer_toutes_metriques(theirs)[:3], audit.evaluer_toutes_metriques(ours)[:3]
                scores += 3
                apart = [abs(a - b) / max(1, abs(b)) for a, b in zip(after, before)]
                worst = max(worst, *apart)
                different_scores += sum(distance > 1e-9 for distance in apart)
    print(f"{images} images, {different_images} different; {scores} scores, {different_scores} different, by at most {worst:.3g}")
    print(f"pipelines: {seconds['original']:.1f} s, with ocrtune {seconds['ocrtune']:.1f} s: {seconds['original'] / seconds['ocrtune']:.1f} times")
    sys.exit(different_images + different_scores > 0)


if __name__ == "__main__":
    main()
