#!/usr/bin/python3
"""What two machines with other versions of OpenCV, Tesseract or the image libraries make of the same pages.

  bench/machines.py record OUT.json PAGE...     on each of them, with the same pages
  bench/machines.py compare A.json B.json       the differences, as a table in Markdown

Of every page it records the pixels as read, what each stage by itself and each preset makes of it, and the words and
confidences that Tesseract and ocrtune's LSTM engine give, on the original page and after the preset `standard`, in
two page segmentation modes; and the seconds of each. One worker, so that seconds can be compared.
"""
import argparse
import csv
import hashlib
import json
import pathlib
import subprocess
import tempfile
import time

from PIL import Image

Image.MAX_IMAGE_PIXELS = None
OCRTUNE = pathlib.Path(__file__).resolve().parents[1] / "build" / "release" / "ocrtune"


def run(*arguments):
    """The seconds that a command took."""
    begin = time.monotonic()
    done = subprocess.run([OCRTUNE, *map(str, arguments), "--quiet", "--jobs", "1"], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"ocrtune {arguments[0]}: {done.stderr}")
    return time.monotonic() - begin


def ask(*arguments):
    return json.loads(subprocess.run([OCRTUNE, *arguments, "--json"], check=True, capture_output=True, text=True).stdout)


def pixels_of(path):
    with Image.open(path) as image:
        gray = image.convert("L")
        return hashlib.sha256(repr(gray.size).encode() + gray.tobytes()).hexdigest()[:16]


def cleaned(pages, pipeline, work):
    """Seconds, and a hash of each page's image."""
    out = work / "images"
    seconds = run("clean", *pages, "--pipeline", pipeline, "-o", out)
    images = sorted(out.iterdir())
    assert len(images) == len(pages), (pipeline, images)
    hashes = {path.stem: pixels_of(path) for path in images}
    for path in images:
        path.unlink()
    return {"seconds": seconds, "pages": hashes}


def read(pages, engine, pipeline, psm, work):
    """Seconds, and each page's words with their boxes and confidences."""
    out = work / "texts"
    seconds = run("read", *pages, "--engine", engine, "--pipeline", pipeline, "--psm", psm, "--format", "tsv", "-o", out)
    words = {}
    for path in sorted(out.iterdir()):
        with path.open(newline="") as file:
            rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["level"] == "5"]
        words[path.stem] = [[row["text"], row["conf"], *(int(row[key]) for key in ("left", "top", "width", "height"))] for row in rows]
        path.unlink()
    return {"seconds": seconds, "pages": words}


def record(out, pages):
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        images = {}
        for stage in ask("stages"):
            pipeline = work / f"{stage['name']}.toml"
            pipeline.write_text(f"name = \"{stage['name']}\"\n[[stage]]\nuse = \"{stage['name']}\"\n")
            images[f"stage {stage['name']}"] = cleaned(pages, pipeline, work)
        for preset in ask("presets"):
            if "[[stage]]" in preset.get("toml", "") or preset["name"] == "raw":
                images[f"preset {preset['name']}"] = cleaned(pages, preset["name"], work)
        ocr_results = {f"{engine}, {pipeline}, psm {psm}": read(pages, engine, pipeline, psm, work)
                    for engine in ("tesseract", "lstm") for pipeline in ("raw", "standard") for psm in (6, 3)}
    versions = {name: ask("doctor")[name] for name in ("tesseract", "opencv")}
    pathlib.Path(out).write_text(json.dumps({"versions": versions, "images": images, "readings": ocr_results}))


def seconds_text(a, b):
    return f"{a['seconds']:.1f} | {b['seconds']:.1f}"


def compare(first, second):
    a, b = (json.loads(pathlib.Path(path).read_text()) for path in (first, second))
    names = [", ".join(f"{name} {version}" for name, version in side["versions"].items()) for side in (a, b)]
    print(f"A: {names[0]}; B: {names[1]}\n\n| images | pages | other pages | seconds A | B |\n|---|---|---|---|---|")
    for name, made in a["images"].items():
        other = b["images"][name]
        differ = [page for page, pixels in made["pages"].items() if other["pages"][page] != pixels]
        print(f"| {name} | {len(made['pages'])} | {len(differ)} {' '.join(differ[:3])} | {seconds_text(made, other)} |")
    print("\n| OCR results | words A | B | pages with other words | or boxes | or confidences | seconds A | B |\n|---|---|---|---|---|---|---|---|")
    for name, made in a["readings"].items():
        other = b["readings"][name]
        counts = [sum(map(len, side["pages"].values())) for side in (made, other)]
        differ = [sum([pick(word) for word in words] != [pick(word) for word in other["pages"][page]]
                      for page, words in made["pages"].items())
                  for pick in (lambda word: word[0], lambda word: word[2:], lambda word: word[1])]
        print(f"| {name} | {counts[0]} | {counts[1]} | {' | '.join(map(str, differ))} | {seconds_text(made, other)} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    recording = commands.add_parser("record")
    recording.add_argument("out")
    recording.add_argument("pages", nargs="+")
    comparing = commands.add_parser("compare")
    comparing.add_argument("first")
    comparing.add_argument("second")
    arguments = parser.parse_args()
    if arguments.command == "record":
        record(arguments.out, sorted(arguments.pages))
    else:
        compare(arguments.first, arguments.second)


if __name__ == "__main__":
    main()
